using System.IO.Compression;
using System.Text;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Exports;
using Marketplace.Application.Ledger;
using Marketplace.Application.Reads;
using Marketplace.Documents.Sheets;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Host.Tests.Exports;

/// <summary>What is in the file of a month: all of the month's books for administrators, an organisation's own share for it, and not a line more.</summary>
public sealed class CycleTests(DemoMarket market) : IClassFixture<DemoMarket>
{
    [Fact]
    public async Task The_postings_of_a_month_are_those_of_its_trial_balance()
    {
        var month = await BusyMonth();
        var files = await Made(DemoMarket.Administrator, month, SheetFormat.Csv);
        var balance = (await market.Ask(DemoMarket.Administrator, new GetTrialBalance(month))).Balance;
        var rows = files["ledger.csv"];
        foreach (var line in balance.Lines)
        {
            Assert.Equal((new Money(line.DebitMinor, line.Currency).ToDecimal(), new Money(line.CreditMinor, line.Currency).ToDecimal()), (Sum("借"), Sum("贷")));

            string Sum(string column) => rows.Where(r => ChartOfAccounts.OfAllAgreements(r["科目代码"]) == line.Account && r["币种"] == line.Currency.Code && r[column].Length > 0)
                .Sum(r => decimal.Parse(r[column], System.Globalization.CultureInfo.InvariantCulture)).ToString("F" + line.Currency.Exponent, System.Globalization.CultureInfo.InvariantCulture);
        }

        // Each with the hash that the agreement's own page shows.
        foreach (var row in rows.Take(20))
        {
            var timeline = await market.Ask(DemoMarket.Administrator, new GetAgreementTimeline(AgreementId.Wrap(row["协议编号"])));
            Assert.Equal(row["事件哈希"], timeline.Single(e => e.Version.ToString(System.Globalization.CultureInfo.InvariantCulture) == row["事件"]).Hash);
            Assert.StartsWith(month.Value, row["记录时间"], StringComparison.Ordinal);
        }

        string[] expected = ["sums-due.csv", "payments-and-payouts.csv", "events.csv", "fapiao.csv", "bank-lines.csv", "reconciliations.csv", "reconciliation-differences.csv", $"trial-balance-{month}.csv"];
        Assert.Empty(expected.Except(files.Keys));
        Assert.Contains(files.Keys, f => f.StartsWith("statements/statement-", StringComparison.Ordinal));
        Assert.All(files["sums-due.csv"], r => Assert.StartsWith(month.Value, r["到期日"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_organisation_gets_its_own_share_and_nothing_of_the_others()
    {
        var month = await BusyMonth();
        var finance = market.Company with { Duties = Duty.Read | Duty.Finance, IsProven = false };
        var files = await Made(finance, month, SheetFormat.Csv);
        string[] own = [.. (await market.Ask(finance, new ListAgreements(Limit: Paging.MaxLimit))).Items.Select(a => a.Agreement.Value)];
        Assert.DoesNotContain(files.Keys, f => f.StartsWith("bank", StringComparison.Ordinal) || f.StartsWith("trial", StringComparison.Ordinal) || f.StartsWith("reconciliation", StringComparison.Ordinal));
        Assert.Single(files.Keys, f => f.StartsWith("statements/", StringComparison.Ordinal));
        Assert.All(files.Where(f => !f.Key.StartsWith("statements/", StringComparison.Ordinal)).SelectMany(f => f.Value), r => Assert.Contains(r["协议编号"], own));
        Assert.NotEmpty(files["ledger.csv"]);
        Assert.DoesNotContain(files["ledger.csv"], r => r["科目代码"].StartsWith(ChartOfAccounts.LabUndistributed, StringComparison.Ordinal) || r["科目代码"].StartsWith("inventor", StringComparison.Ordinal));
        Assert.DoesNotContain(files["payments-and-payouts.csv"], r => r["种类"] == "付款"); // what the lab is paid is its own affair
    }

    [Fact]
    public async Task Spreadsheets_in_english_are_asked_for_just_so()
    {
        var zip = await Zip(DemoMarket.Administrator, await BusyMonth(), SheetFormat.Xlsx, inEnglish: true);
        using var ledger = new MemoryStream();
        await zip.GetEntry("ledger.xlsx")!.Open().CopyToAsync(ledger);
        Assert.Equal(["Agreement", "Event", "Recorded", "What happened"], new SalesSheetReader().Read(ledger.ToArray()).Value.Rows[0].Cells.Take(4).Select(c => c.Text));
    }

    /// <summary>The month of the agreement's latest posting.</summary>
    private async Task<LedgerMonth> BusyMonth() => LedgerMonth.Of(
        (await market.Ask(DemoMarket.Administrator, new GetAgreementTimeline(market.Agreement.Agreement))).Last(e => e.Postings.Any(p => p.Account.StartsWith(ChartOfAccounts.LabUndistributed, StringComparison.Ordinal))).RecordedAtUtc);

    private async Task<Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>>> Made(Principal by, LedgerMonth month, SheetFormat format)
    {
        using var zip = await Zip(by, month, format, inEnglish: false);
        var files = new Dictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>>();
        foreach (var entry in zip.Entries.Where(e => e.Name != "manifest.json"))
        {
            using var content = new MemoryStream();
            await entry.Open().CopyToAsync(content);
            var rows = new SalesSheetReader().Read(content.ToArray()).Value.Rows;
            string[] head = [.. rows[0].Cells.Select(c => c.Text)];
            files.Add(entry.FullName, [.. rows.Skip(1).Select(r => (IReadOnlyDictionary<string, string>)head.Zip(r.Cells).ToDictionary(c => c.First, c => c.Second.Text))]);
        }

        return files;
    }

    private async Task<ZipArchive> Zip(Principal by, LedgerMonth month, SheetFormat format, bool inEnglish)
    {
        var export = ExportId.Wrap(((Accepted)await market.Door.Send(by, new StartExport(Guid.NewGuid(), month, format, inEnglish))).Id);
        await market.Host.App.Services.GetRequiredService<MakeExports>().Run();
        Assert.Equal(ExportState.Finished, (await market.Ask(by, new GetExport(export))).Card.State);
        return new ZipArchive((await market.Ask(by, new GetExportFile(export))).Content);
    }
}
