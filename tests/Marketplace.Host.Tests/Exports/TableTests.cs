using System.Net;
using System.Text;
using Marketplace.Application.Agreements;
using Marketplace.Application.Inventors;
using Marketplace.Application.Banking;
using Marketplace.Application.Catalog;
using Marketplace.Application.Disclosures;
using Marketplace.Application.Door;
using Marketplace.Application.Exports;
using Marketplace.Application.Needs;
using Marketplace.Application.Organisations;
using Marketplace.Application.Payments;
using Marketplace.Application.Policy;
using Marketplace.Application.Reconciliations;
using Marketplace.Application.Records;
using Marketplace.Application.Sweeps;
using Marketplace.Documents.Sheets;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Ledger;
using Marketplace.Host.Exports;

namespace Marketplace.Host.Tests.Exports;

/// <summary>Every table over REST: whoever sees the page gets all of its rows, with its filter, and nobody else gets anything.</summary>
public sealed class TableTests(DemoMarket market) : IClassFixture<DemoMarket>
{
    /// <summary>What is asked of each table, by the name of its file: as a page would, with and without filters.</summary>
    private static readonly Dictionary<string, Func<AgreementCard, object[]>> Asked = new()
    {
        ["agreements"] = _ => [new ListAgreements(), new ListAgreements(AgreementState.Closed)],
        ["sums-owed"] = a =>
        [
            new ListObligations(), new ListObligations(ObligationStatus.Paid), new ListObligations(DueFrom: new DateOnly(2026, 6, 1), DueBefore: new DateOnly(2027, 1, 1)),
            new ListObligations(Agreement: a.Agreement, Currency: Currency.Cny, Company: a.Company), new ListObligations(IsOpen: true), new ListObligations(IsOpen: false, WasInvoiced: true),
            new ListObligations(WaitsForApproval: true), new ListObligations(LacksFapiao: true),
        ],
        ["payments"] = _ => [new ListPaymentIntents(), new ListPaymentIntents(IntentStatus.Succeeded, IsOpen: false, Kind: IntentKind.Payout, Currency: Currency.Cny)],
        ["fapiao"] = a => [new ListIssuedFapiao(), new ListIssuedFapiao(a.Agreement, new DateOnly(2026, 1, 1), new DateOnly(2026, 2, 1))],
        ["ledger"] = a => [new GetAgreementTimeline(a.Agreement), new ListPostings(a.Agreement, ChartOfAccounts.Cash, Currency.Cny)],
        ["payments-and-payouts"] = a => [new GetAgreementTimeline(a.Agreement)],
        ["events"] = a => [new GetAgreementTimeline(a.Agreement)],
        ["reports-at-risk"] = _ => [new ListReportsAtRisk()],
        ["bank-accounts"] = _ => [new GetBankOverview()],
        ["bank-lines"] = _ => [new ListBankLines(), new ListBankLines(IsWaiting: true), new ListBankLines(BookedFrom: new DateOnly(2026, 1, 1), BookedBefore: new DateOnly(2026, 1, 2))],
        ["bank-statements"] = _ => [new ListBankStatements()],
        ["bank-payments"] = _ => [new ListBankPayments()],
        ["payment-batches"] = _ => [new ListPaymentBatches()],
        ["payout-accounts"] = _ => [new ListPayoutAccounts()],
        ["account-balances"] = _ => [new ListAccountBalances(ChartOfAccounts.Cash, Currency.Cny)],
        ["settlement-figure"] = _ => [new GetSettlementFigure(SettlementFigure.Received, Currency.Cny)],
        ["provider-notices"] = _ => [new ListProviderNotices(), new ListProviderNotices(Type: "nothing.such")],
        ["quarantine"] = _ => [new ListQuarantine()],
        ["reconciliations"] = _ => [new ListReconciliations()],
        ["differences"] = _ => [new GetReconciliation("bank")],
        ["cohorts-by-quarter"] = _ => [new GetPolicyStatistics(), new GetPolicyStatistics(2025)],
        ["cohorts-by-field"] = _ => [new GetPolicyStatistics(), new GetPolicyStatistics(2025)],
        ["cohorts-by-lab"] = _ => [new GetPolicyStatistics(), new GetPolicyStatistics(2025)],
        ["anomalies"] = _ => [new ListAnomalyFlags(), new ListAnomalyFlags(Domain.Policy.AnomalyKind.SameBody)],
        ["subsidies"] = _ => [new GetSubsidies(2026)],
        ["own-shares"] = _ => [new ListOwnShares()],
        ["records"] = _ => [new SearchRecords(), new SearchRecords("agreement/", "receipt-recorded", "org_", new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31))],
        ["organisations"] = _ => [new ListOrganisations(), new ListOrganisations(Kind: Domain.Organisations.OrganisationKind.Lab)],
        ["file-accesses"] = agreement => [new ListFileAccesses(agreement.Result)],
        ["confidentiality-agreements"] = agreement => [new ListConfidentiality(agreement.Result)],
        ["our-results"] = _ => [new Application.LabResults.ListResults(), new Application.LabResults.ListResults(Domain.LabResults.ResultStatus.Listed)],
        ["needs"] = _ => [new SearchNeeds(), new SearchNeeds("电源", [TechnologyField.NewEnergy, TechnologyField.Aerospace]), new SearchNeeds(Ended: true)],
        ["own-needs"] = _ => [new ListOwnNeeds()],
        ["suggestions"] = _ => [new ListSuggestions(), new ListSuggestions(Waiting: true)],
        ["results"] = _ => [new SearchResults(), new SearchResults("电池 源", [TechnologyField.NewEnergy, TechnologyField.NewMaterials], Region: ["12"], Order: CatalogOrder.TitleFirst)],
    };

    public static TheoryData<string, string> TableNames => new(Tables.All.Select(t => (t.Name, t.Request.Name)));

    [Fact]
    public void Every_table_is_asked_for_here() => Assert.Equal(Tables.All.Select(t => t.Name).Distinct().Order(), Asked.Keys.Order());

    [Theory]
    [MemberData(nameof(TableNames))]
    public async Task A_file_has_all_rows_that_fit_the_filter(string name, string request)
    {
        var table = TableOf(name, request);
        var reader = table == Tables.OwnShares ? market.Inventor : DemoMarket.Administrator; // what is one's own nobody else has
        foreach (var asked in RequestsOf(table))
        {
            var csv = await market.Get(market.AddressOf(table, asked), reader);
            Assert.Equal(HttpStatusCode.OK, csv.Status);
            var rows = new SalesSheetReader().Read(Encoding.UTF8.GetBytes(csv.Text)).Value.Rows;
            Assert.Equal(await market.RowsOf(table, reader, asked) + 1, rows.Count);
            Assert.All(rows, r => Assert.Equal(rows[0].Cells.Count, r.Cells.Count));
            Assert.Equal(rows[0].Cells.Count, rows[0].Cells.Select(c => c.Text).Distinct().Count()); // no two columns are called the same

            var english = await market.Get(market.AddressOf(table, asked, language: "en"), reader);
            Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", new SalesSheetReader().Read(Encoding.UTF8.GetBytes(english.Text)).Value.Rows[0].Cells.Aggregate("", (all, c) => all + c.Text));
            Assert.Equal((HttpStatusCode.OK, XlsxWorkbook.MediaType), await Xlsx(table, asked, reader));
        }
    }

    [Theory]
    [MemberData(nameof(TableNames))]
    public async Task Whoever_may_not_ask_for_the_page_gets_no_file_of_it(string name, string request)
    {
        var table = TableOf(name, request);
        Principal?[] everybody =
        [
            null, market.Lab, market.Company, market.OtherLab, market.OtherCompany, Principal.Whole(ActorRole.Guarantor, market.OtherCompany.Organisation, "bao"),
            Principal.Whole(ActorRole.Broker, market.OtherCompany.Organisation, "jing"), DemoMarket.Administrator,
        ];
        foreach (var asked in RequestsOf(table))
        {
            foreach (var by in everybody)
            {
                var refusal = (await table.Open(market.Door, by ?? Principal.Visitor, Components.Reader.OfApi(isEnglish: false), asked, CancellationToken.None)).Refusal;
                var file = await market.Get(market.AddressOf(table, asked), by);
                Assert.Equal(refusal is null ? 200 : Api.Problem.Of(refusal).Status, (int)file.Status);
                Assert.Equal(refusal?.Code, refusal is null ? null : file.Code);
            }
        }
    }

    [Fact]
    public async Task What_belongs_to_others_is_not_there_in_files_either()
    {
        foreach (var address in new[] { "ledger", "events", "payment-events" })
        {
            var path = $"/api/v1/agreements/{market.Agreement.Agreement}/{address}?format=csv";
            Assert.Equal(HttpStatusCode.OK, (await market.Get(path, market.Company)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await market.Get(path, market.OtherCompany)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await market.Get(path, market.OtherLab)).Status);
            Assert.Equal(HttpStatusCode.Unauthorized, (await market.Get(path, null)).Status);
        }

        // Lists hold one's own only, and what is the lab's alone is not in the company's.
        var own = await market.Get("/api/v1/obligations?format=csv", market.OtherCompany);
        Assert.DoesNotContain(market.Agreement.Agreement.Value, own.Text, StringComparison.Ordinal);
        Assert.Contains(ChartOfAccounts.LabUndistributed, (await market.Get($"/api/v1/agreements/{market.Agreement.Agreement}/ledger", market.Lab)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(ChartOfAccounts.LabUndistributed, (await market.Get($"/api/v1/agreements/{market.Agreement.Agreement}/ledger", market.Company)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_to_be_saved_under_a_name_of_ours_and_kept_by_nobody()
    {
        var csv = await market.Get("/api/v1/obligations?format=csv&lang=zh", DemoMarket.Administrator);
        var disposition = csv.ContentHeaders.ContentDisposition!;
        Assert.Equal(("attachment", "sums-owed.csv", "应付款项.csv"), (disposition.DispositionType, disposition.FileName, disposition.FileNameStar));
        Assert.Equal("Sums owed.xlsx", (await market.Get("/api/v1/obligations?format=xlsx&lang=en", DemoMarket.Administrator)).ContentHeaders.ContentDisposition!.FileNameStar);
        Assert.Equal(("no-store, private", "nosniff"), (csv.Headers.CacheControl!.ToString(), csv.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Contains("sandbox", csv.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?format=pdf", "value-malformed", "format")]
    [InlineData("?format=", "value-malformed", "format")]
    [InlineData("?format=csv&format=xlsx", "value-malformed", "format")]
    [InlineData("?format=csv&after=20260101", "member-unknown", "after")]
    [InlineData("?format=csv&limit=10", "member-unknown", "limit")]
    [InlineData("?format=csv&colour=red", "member-unknown", "colour")]
    public async Task What_cannot_be_made_a_file_of_is_said(string query, string code, string field)
    {
        var reply = await market.Get($"/api/v1/obligations{query}", DemoMarket.Administrator);
        Assert.Equal((HttpStatusCode.BadRequest, code, field), (reply.Status, reply.Code, reply.Field));
    }

    [Theory]
    [InlineData("text/csv", "text/csv")]
    [InlineData(XlsxWorkbook.MediaType, XlsxWorkbook.MediaType)]
    [InlineData("application/json;q=0.5, text/csv", "text/csv")]
    [InlineData("application/json, text/csv;q=0.5", "application/json")]
    [InlineData("*/*", "application/json")]
    public async Task The_media_type_that_is_liked_best_asks_for_a_file_too(string accept, string answered)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/organisations");
        request.Headers.Accept.ParseAdd(accept);
        var reply = await market.Host.Send(request, RunningHost.Administrator);
        Assert.Equal((HttpStatusCode.OK, answered), (reply.Status, reply.ContentHeaders.ContentType?.MediaType));
    }

    [Fact]
    public async Task The_description_of_the_api_knows_every_file()
    {
        var paths = (await market.Host.Get("/openapi/v1.json")).Json["paths"]!;
        foreach (var table in Tables.All)
        {
            var get = paths[ExportedTable.ApiRoot + table.Pattern]!["get"]!;
            Assert.Contains(get["parameters"]!.AsArray(), p => (string?)p!["name"] == "format");
            Assert.NotNull(get["responses"]!["200"]!["content"]!["text/csv"]);
            Assert.NotNull(get["responses"]!["200"]!["content"]![XlsxWorkbook.MediaType]);
        }
    }

    private static ExportedTable TableOf(string name, string request) => Tables.All.Single(t => t.Name == name && t.Request.Name == request);

    private IEnumerable<object> RequestsOf(ExportedTable table) => Asked[table.Name](market.Agreement).Where(r => r.GetType() == table.Request);

    private async Task<(HttpStatusCode, string?)> Xlsx(ExportedTable table, object asked, Principal reader)
    {
        var reply = await market.Get(market.AddressOf(table, asked, SheetFormat.Xlsx), reader);
        return (reply.Status, reply.ContentHeaders.ContentType?.MediaType);
    }
}
