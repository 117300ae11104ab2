using Marketplace.Application.Banking;
using Marketplace.Application.Door;
using Marketplace.Host.Exports;
using Marketplace.Payments.Bank;

namespace Marketplace.Host.Api;

public static class BankEndpoints
{
    private static readonly TakesFile StatementFile = new(
        "file", IStatementReader.MaxBytes, ["application/xml", "text/xml", "text/csv", "application/octet-stream"]);

    public static void MapBanking(this IEndpointRouteBuilder api)
    {
        api.MapTable(Tables.BankAccounts);
        api.MapCommand<RegisterBankAccount>("/bank-accounts");
        api.MapQuery<ListBankAccounts, Page<BankAccountRow>>("/bank-accounts");
        api.MapCommand<CloseBankAccount>("/bank-accounts/{account}/close");
        api.MapCommand<SaveCsvMapping>("/csv-mappings");
        api.MapQuery<ListCsvMappings, Page<CsvMappingRow>>("/csv-mappings");
        api.MapQuery<GetCsvMapping, Domain.Banking.CsvMapping>("/csv-mappings/{mapping}");
        api.MapQuestion<PreviewCsvMapping, StatementPreview>("/csv-mappings/preview");
        api.MapUpload<UploadStatement>("/bank-statements", StatementFile, (request, file) => request with { File = file });
        api.MapTable(Tables.BankStatements);
        api.MapQuery<GetBankStatement, BankStatementView>("/bank-statements/{statement}");
        api.MapTable(Tables.BankLines);
        api.MapQuery<GetBankLine, BankLineView>("/bank-lines/{line}");
        api.MapCommand<PostBankLine>("/bank-lines/{line}/post");
        api.MapCommand<IgnoreBankLine>("/bank-lines/{line}/ignore");
        api.MapCommand<MarkBankLineOther>("/bank-lines/{line}/other");
        api.MapCommand<ReopenBankLine>("/bank-lines/{line}/reopen");
        api.MapCommand<RegisterPayoutAccount>("/payout-accounts");
        api.MapTable(Tables.PayoutAccounts);
        api.MapQuery<ListPayeeAccounts, IReadOnlyList<PayeeAccount>>("/agreements/{agreement}/payee-accounts");
        api.MapCommand<VerifyPayoutAccount>("/payout-accounts/{account}/verify");
        api.MapCommand<RejectPayoutAccount>("/payout-accounts/{account}/reject");
        api.MapCommand<ClosePayoutAccount>("/payout-accounts/{account}/close");
        api.MapQuestion<GetPaymentSheet, PaymentSheet>("/agreements/{agreement}/payment-sheet");
        api.MapQuery<GetRefundAccounts, IReadOnlyList<PayoutAccountRow>>("/agreements/{agreement}/refund-accounts");
        api.MapTable(Tables.BankPayments);
        api.MapCommand<ApproveBankPayment>("/bank-payments/{payment}/approve");
        api.MapCommand<RejectBankPayment>("/bank-payments/{payment}/reject");
        api.MapCommand<CreatePaymentBatch>("/payment-batches");
        api.MapTable(Tables.PaymentBatches);
        api.MapDownload<GetPaymentBatchFile, PaymentBatchFile>("/payment-batches/{batch}/file", "application/octet-stream", FileOf);
    }

    /// <summary>What cannot be written was refused before it was ordered: here it is a bug.</summary>
    private static IResult FileOf(PaymentBatchFile file)
    {
        var (written, extension, mediaType) = file.Format == PaymentFileFormat.Csv
            ? (PaymentCsv.Write(file.Orders), "csv", "text/csv")
            : (Pain001.Write(file.Orders), "xml", "application/xml");
        return Results.File(written.Value, mediaType, $"{file.Batch}.{extension}");
    }
}
