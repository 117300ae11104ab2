using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Application.Reads;
using Marketplace.Domain.Licensing;
using Marketplace.Host.Exports;

namespace Marketplace.Host.Api;

public static class AgreementEndpoints
{
    private static readonly TakesFile SalesFile = new(
        "file", ISalesSheetReader.MaxBytes, ["text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]);

    private static readonly TakesFile FapiaoFile = new(
        "file", RecordFapiao.MaxBytes, ["application/pdf", "application/ofd", "application/xml", "text/xml", "application/octet-stream"]);

    public static void MapAgreements(this IEndpointRouteBuilder api)
    {
        api.MapCommand<ApplyForTrial>("/agreements");
        api.MapTable(Tables.Agreements);
        api.MapQuery<GetAgreement, AgreementView>("/agreements/{agreement}");
        api.MapQuery<GetAgreementTimeline, IReadOnlyList<TimelineEntry>>("/agreements/{agreement}/timeline");
        api.MapQuery<GetContract, ContractView>("/agreements/{agreement}/contract");
        api.MapQuery<ExplainAgreement, IReadOnlyList<ExplainedSum>, IReadOnlyList<SumInWords>>("/agreements/{agreement}/explain", sums => [.. sums.Select(SumInWords.Of)]);
        api.MapQuestion<QuoteTerms, Domain.Agreements.QuoteView>("/quotes");
        api.MapQuestion<CompareTerms, IReadOnlyList<Domain.Agreements.QuoteView>>("/quotes/compare");
        api.MapQuestion<QuoteAgreement, AgreementQuote>("/agreements/{agreement}/quote");
        api.MapQuery<CheckRights, RightsCheckView>("/agreements/{agreement}/rights-check");
        api.MapCommand<AcceptApplication>("/agreements/{agreement}/accept-application");
        api.MapCommand<DeclineApplication>("/agreements/{agreement}/decline");
        api.MapCommand<WithdrawApplication>("/agreements/{agreement}/withdraw");
        api.MapCommand<ProposeTerms>("/agreements/{agreement}/terms");
        api.MapCommand<AcceptTerms>("/agreements/{agreement}/terms/{version}/accept");
        api.MapCommand<WithdrawProposal>("/agreements/{agreement}/terms/{version}/withdraw");
        api.MapCommand<AcceptTerm>("/agreements/{agreement}/terms/{version}/accept-term");
        api.MapCommand<ContestTerm>("/agreements/{agreement}/terms/{version}/contest-term");
        api.MapQuery<GetNegotiation, NegotiationView, NegotiationInWords>("/agreements/{agreement}/negotiation", NegotiationInWords.Of);
        api.MapQuery<GetTermsDifference, TermsDifferenceView, TermsDifferenceInWords>("/agreements/{agreement}/terms/difference", TermsDifferenceInWords.Of);
        api.MapQuery<GetNegotiationFacts, NegotiationFacts>("/negotiation-facts");
        api.MapCommand<SignAgreement>("/agreements/{agreement}/sign");
        api.MapCommand<FileAgreement>("/agreements/{agreement}/file");
        api.MapCommand<DeliverResult>("/agreements/{agreement}/deliver");
        api.MapCommand<AcceptDelivery>("/agreements/{agreement}/accept-delivery");
        api.MapCommand<RequestExtension>("/agreements/{agreement}/extension");
        api.MapCommand<AnswerExtension>("/agreements/{agreement}/extension/answer");
        api.MapCommand<ConvertLicence>("/agreements/{agreement}/convert");
        api.MapCommand<ReturnResult>("/agreements/{agreement}/return");
        api.MapQuery<GetTrial, TrialView>("/agreements/{agreement}/trial");
        api.MapCommand<RecordTrialEntry>("/agreements/{agreement}/trial/entries");
        api.MapCommand<RetractTrialEntry>("/agreements/{agreement}/trial/entries/{entry}/retract");
        api.MapCommand<RequestSignOff>("/agreements/{agreement}/trial/sign-off");
        api.MapCommand<ConfirmSignOff>("/agreements/{agreement}/trial/sign-off/confirm");
        api.MapCommand<ObjectToSignOff>("/agreements/{agreement}/trial/sign-off/object");
        api.MapCommand<ReportSales>("/agreements/{agreement}/sales-reports");
        api.MapFileCommand<ReportSalesFromSheet>("/agreements/{agreement}/sales-reports/file", SalesFile);
        api.MapFileQuestion<CheckSalesSheet, SalesSheetCheck>("/agreements/{agreement}/sales-reports/file/check", SalesFile);
        api.MapDownload<GetSalesTemplate, SalesTemplate>("/agreements/{agreement}/sales-reports/template.csv", "text/csv", SalesTemplateCsv.Download);
        api.MapQuery<GetReportDraft, Domain.Agreements.ReportDraftState>("/agreements/{agreement}/sales-reports/draft");
        api.MapCommand<SaveReportDraft>("/agreements/{agreement}/sales-reports/draft");
        api.MapCommand<CorrectSales>("/agreements/{agreement}/sales-reports/{period}/correct");
        api.MapCommand<AssessSales>("/agreements/{agreement}/sales-reports/{period}/assess");
        api.MapQuery<GetReportRisk, Domain.Agreements.ReportRisk>("/agreements/{agreement}/report-risk");
        api.MapTable(Tables.ReportsAtRisk);
        api.MapCommand<RecordSalesEvidence>("/agreements/{agreement}/sales-evidence");
        api.MapUpload<RecordFapiao>("/agreements/{agreement}/obligations/{obligation}/fapiao", FapiaoFile, (request, file) => request with { File = file });
        api.MapUpload<RecordRedFapiao>("/agreements/{agreement}/fapiao/{blue}/red", FapiaoFile, (request, file) => request with { File = file });
        api.MapCommand<WithdrawFapiaoRecord>("/agreements/{agreement}/fapiao/{record}/withdraw");
        api.MapQuery<ListFapiao, IReadOnlyList<Domain.Agreements.FapiaoRecord>>("/agreements/{agreement}/fapiao");
        api.MapDownload<GetFapiaoFile, OpenedFile>("/agreements/{agreement}/fapiao/{record}/file", "application/octet-stream", FileDelivery.Of);
        api.MapCommand<ForecastSales>("/agreements/{agreement}/sales-forecast");
        api.MapCommand<ElectBuyOut>("/agreements/{agreement}/buy-out");
        api.MapCommand<SettleInKind>("/agreements/{agreement}/obligations/{obligation}/settle-in-kind");
        api.MapCommand<ClaimTrigger>("/agreements/{agreement}/triggers/{trigger}/claim");
        api.MapCommand<AppointExpert>("/agreements/{agreement}/triggers/{trigger}/expert");
        api.MapCommand<RecordExpertOpinion>("/agreements/{agreement}/triggers/{trigger}/expert/opinion");
        api.MapCommand<RecordProofOfService>("/agreements/{agreement}/obligations/{obligation}/service");
        api.MapCommand<ContestTrigger>("/agreements/{agreement}/triggers/{trigger}/contest");
        api.MapCommand<DecideTrigger>("/agreements/{agreement}/triggers/{trigger}/decide");
        api.MapCommand<InvoiceObligation>("/agreements/{agreement}/obligations/{obligation}/invoice");
        api.MapCommand<ChargeEnforcementCost>("/agreements/{agreement}/obligations/{obligation}/costs");
        api.MapCommand<RecordReceipt>("/agreements/{agreement}/receipts");
        api.MapCommand<ProposeAmendment>("/agreements/{agreement}/amendments");
        api.MapCommand<SignAmendment>("/agreements/{agreement}/amendments/{number}/sign");
        api.MapCommand<WithdrawAmendment>("/agreements/{agreement}/amendments/{number}/withdraw");
        api.MapCommand<RecordGuaranteePayment>("/agreements/{agreement}/guarantee-claims/{claim}/payments");
        api.MapCommand<RecordRecourse>("/agreements/{agreement}/guarantee-claims/{claim}/recourse");
        api.MapCommand<WaiveObligation>("/agreements/{agreement}/obligations/{obligation}/waive");
        api.MapCommand<RequestHardship>("/agreements/{agreement}/obligations/{obligation}/hardship");
        api.MapCommand<AnswerHardship>("/agreements/{agreement}/hardship/answer");
        api.MapCommand<DecideHardship>("/agreements/{agreement}/hardship/decide");
        api.MapCommand<AllocateUnapplied>("/agreements/{agreement}/allocate");
        api.MapCommand<RefundUnapplied>("/agreements/{agreement}/receipts/{receipt}/refund");
        api.MapCommand<AuthoriseCollection>("/agreements/{agreement}/collection-mandate");
        api.MapCommand<EndCollection>("/agreements/{agreement}/collection-mandate/end");
        api.MapCommand<PayObligations>("/agreements/{agreement}/payments");
        api.MapCommand<WithdrawPayment>("/agreements/{agreement}/payments/{intent}/withdraw");
        api.MapCommand<RecoverPayout>("/agreements/{agreement}/payments/{intent}/recover");
        api.MapCommand<RefundPaid>("/agreements/{agreement}/receipts/{receipt}/refund-paid");
        api.MapCommand<RecordReversal>("/agreements/{agreement}/reversals");
        api.MapCommand<CollectObligation>("/agreements/{agreement}/obligations/{obligation}/collect");
        api.MapCommand<ChangeInventorSplit>("/agreements/{agreement}/inventor-split");
        api.MapCommand<ObjectToDistribution>("/agreements/{agreement}/distribution-objections");
        api.MapCommand<AnswerDistributionObjection>("/agreements/{agreement}/distribution-objections/{number}/answer");
        api.MapQuery<GetInventorStatement, Domain.Agreements.InventorStatement>("/agreements/{agreement}/inventor-statement");
        api.MapCommand<DistributeIncome>("/agreements/{agreement}/distribute");
        api.MapCommand<PayLab>("/agreements/{agreement}/pay-lab");
        api.MapCommand<PayBroker>("/agreements/{agreement}/pay-broker");
        api.MapCommand<RecordTaxRemittance>("/agreements/{agreement}/tax-remittances");
        api.MapCommand<PayInventor>("/agreements/{agreement}/pay-inventor");
        api.MapCommand<OpenDispute>("/agreements/{agreement}/disputes");
        api.MapCommand<DecideDispute>("/agreements/{agreement}/disputes/{dispute}/decide");
        api.MapCommand<ApproveEnforcementStep>("/agreements/{agreement}/obligations/{obligation}/approve-step");
        api.MapCommand<CloseAgreement>("/agreements/{agreement}/close");
        api.MapTable(Tables.Obligations);
        api.MapTable(Tables.Fapiao);
        api.MapTableFile(Tables.Ledger);
        api.MapTableFile(Tables.PaymentEvents);
        api.MapTableFile(Tables.Events);
        api.MapTable(Tables.PaymentIntents);
        api.MapTable(Tables.Postings);
        api.MapQuery<GetSettlementOverview, SettlementOverview>("/settlement");
        api.MapTable(Tables.Figure);
        api.MapQuery<GetExposures, ExposuresView>("/settlement/exposures");
        api.MapTable(Tables.AccountBalances);
    }
}
