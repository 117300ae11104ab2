using Marketplace.Application.Banking;
using Marketplace.Application.Door;
using Marketplace.Application.Reads;

namespace Marketplace.Host.Api;

public static class BankEndpoints
{
    private static readonly TakesFile StatementFile = new(
        "file", IStatementReader.MaxBytes, ["application/xml", "text/xml", "text/csv", "application/octet-stream"]);

    public static void MapBanking(this IEndpointRouteBuilder api)
    {
        api.MapCommand<RegisterBankAccount>("/bank-accounts");
        api.MapQuery<ListBankAccounts, Page<BankAccountRow>>("/bank-accounts");
        api.MapCommand<CloseBankAccount>("/bank-accounts/{account}/close");
        api.MapCommand<SaveCsvMapping>("/csv-mappings");
        api.MapQuery<ListCsvMappings, Page<CsvMappingRow>>("/csv-mappings");
        api.MapQuery<GetCsvMapping, Domain.Banking.CsvMapping>("/csv-mappings/{mapping}");
        api.MapUpload<UploadStatement>("/bank-statements", StatementFile, (request, file) => request with { File = file });
        api.MapQuery<ListBankStatements, Page<BankStatementRow>>("/bank-statements");
        api.MapQuery<GetBankStatement, BankStatementView>("/bank-statements/{statement}");
        api.MapQuery<ListBankLines, Page<BankLineRow>>("/bank-lines");
        api.MapQuery<GetBankLine, BankLineView>("/bank-lines/{line}");
        api.MapCommand<PostBankLine>("/bank-lines/{line}/post");
        api.MapCommand<IgnoreBankLine>("/bank-lines/{line}/ignore");
        api.MapCommand<MarkBankLineOther>("/bank-lines/{line}/other");
        api.MapCommand<ReopenBankLine>("/bank-lines/{line}/reopen");
    }
}
