using Marketplace.Application.Agreements;
using Marketplace.Application.Ledger;
using Marketplace.Documents.Sheets;

namespace Marketplace.Host.Api;

public static class StatementEndpoints
{
    public static void MapStatements(this IEndpointRouteBuilder api)
    {
        api.MapQuery<GetPartyStatement, PartyStatementView, StatementInWords>("/statements/{month}", StatementInWords.Of);
        api.MapFile<GetPartyStatement, PartyStatementView>("/statements/{month}/statement.csv", "Csv", "text/csv", StatementFiles.Csv);
        api.MapFile<GetPartyStatement, PartyStatementView>("/statements/{month}/statement.xlsx", "Xlsx", XlsxWorkbook.MediaType, StatementFiles.Xlsx);
        api.MapQuery<ListLedgerMonths, IReadOnlyList<LedgerMonthCard>>("/ledger-months");
        api.MapQuery<GetTrialBalance, TrialBalanceView>("/ledger-months/{month}/trial-balance");
        api.MapFile<GetTrialBalance, TrialBalanceView>("/ledger-months/{month}/trial-balance.csv", "Csv", "text/csv", StatementFiles.Csv);
        api.MapFile<GetTrialBalance, TrialBalanceView>("/ledger-months/{month}/trial-balance.xlsx", "Xlsx", XlsxWorkbook.MediaType, StatementFiles.Xlsx);
        api.MapCommand<CloseMonth>("/ledger-months/{month}/close");
    }
}
