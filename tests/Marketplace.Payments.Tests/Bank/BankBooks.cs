using System.Globalization;
using System.Security;
using System.Text;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Application.Sweeps;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Ledger;
using Marketplace.Journal;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Payments.Tests.Bank;

// Inside the namespace, so that a use case hides the rule of the same name.
using Marketplace.Application.Banking;

/// <summary>A booking as a bank writes it.</summary>
/// <param name="AmountMinor">Positive: it arrived.</param>
internal sealed record Booking(
    long AmountMinor, string Remark = "", string? Payer = null, string? Account = null, string? Servicer = null, string? EndToEnd = null, bool IsReversal = false, string Day = "2025-03-03");

/// <summary>The platform's bank accounts as an administrator works with them.</summary>
internal sealed class BankBooks(PaymentEngine engine)
{
    public static readonly Principal Zhang = Principal.Whole(ActorRole.Administrator, null, "zhang");
    public static readonly Principal Li = Principal.Whole(ActorRole.Administrator, null, "li");
    public static readonly BankAccount Own = new("示例平台", "6222 0001", "示例银行天津分行", Cnaps: "102110000000");

    public static BankAccountId OwnId(string currency = "CNY") => BankAccountId.For(new StatementAccount("62220001", Currency.Parse(currency).Value));

    public Task Open(string currency = "CNY") => Accept(Zhang, new RegisterBankAccount(Guid.NewGuid(), Own, Currency.Parse(currency).Value));

    /// <summary>One statement whose balances add up, beginning with nothing.</summary>
    public static byte[] File(IEnumerable<Booking> bookings, string currency = "CNY")
    {
        var all = bookings.ToList();
        var exponent = Currency.Parse(currency).Value.Exponent;
        string Text(long minor) => (minor / (decimal)Math.Pow(10, exponent)).ToString($"F{exponent}", CultureInfo.InvariantCulture);
        var (openingMinor, sumMinor) = (Math.Max(0, -all.Sum(b => b.AmountMinor)), all.Sum(b => b.AmountMinor));
        return Encoding.UTF8.GetBytes(Statements.Camt(
            string.Join('\n', all.Select(b => Statements.Entry(
                Text(Math.Abs(b.AmountMinor)), Details(b), b.AmountMinor > 0 ? "CRDT" : "DBIT", b.Day, currency).Replace(
                    "<Sts>", b.IsReversal ? "<RvslInd>true</RvslInd><Sts>" : "<Sts>", StringComparison.Ordinal))),
            Text(openingMinor), Text(openingMinor + sumMinor), currency: currency));
    }

    public async Task<Answer> Upload(byte[] file, Guid? commandId = null, CsvMappingId? mapping = null) =>
        await engine.Door.Send(Zhang, new UploadStatement(commandId ?? Guid.NewGuid(), mapping) { File = new MemoryStream(file) });

    /// <summary>Uploads, imports and matches, as sweeps do.</summary>
    public async Task<BankStatementRow> Import(byte[] file)
    {
        var accepted = Assert.IsType<Accepted>(await Upload(file));
        await Sweep();
        return Assert.Single(await Rows<BankStatementRow>(), s => s.Statement == accepted.Id);
    }

    public async Task Sweep()
    {
        var sweep = engine.Services.GetRequiredService<DueWorkSweep>();
        foreach (var (purpose, action) in new (string, Func<string, Task<Answer>>)[]
        {
            (DueWork.Statement, s => engine.Services.GetRequiredService<ImportStatements>().Import(s)),
            (DueWork.BankLine, s => engine.Services.GetRequiredService<MatchBankLines>().WorkOff(s)),
            (DueWork.BankLine, s => engine.Services.GetRequiredService<MatchBankLines>().WorkOff(s)), // those that waited for others
            (DueWork.PaymentBatch, s => engine.Services.GetRequiredService<SealPaymentBatches>().Seal(s)),
            (DueWork.Intent, s => engine.Services.GetRequiredService<WorkOffIntents>().WorkOff(s)),
            (DueWork.Obligations, s => engine.Grains.GrainOf(s).Wake(DueWork.Obligations)),
        })
        {
            var report = await sweep.Run(purpose, action);
            Assert.Equal((0, 0), (report.Failed, report.Postponed));
        }
    }

    public async Task<IReadOnlyList<TRow>> Rows<TRow>() where TRow : class, IReadRow
    {
        await using var database = await engine.Services.GetRequiredService<IDbContextFactory<MarketplaceReads>>().CreateDbContextAsync();
        return await database.Of<TRow>().ToListAsync();
    }

    public async Task<IReadOnlyList<BankLineRow>> Lines() => [.. (await Rows<BankLineRow>()).OrderBy(l => l.Line, StringComparer.Ordinal)];

    /// <summary>The one line whose remark begins so.</summary>
    public async Task<BankLineRow> Line(string remark) => Assert.Single(await Rows<BankLineRow>(), l => l.Remittance.StartsWith(remark, StringComparison.Ordinal));

    public async Task<Accepted> Accept(Principal principal, ICommandRequest command) => await engine.Door.Send(principal, command) switch
    {
        Accepted accepted => accepted,
        var other => throw new InvalidOperationException($"{command} was not accepted: {other}"),
    };

    public async Task<string> Refuse(Principal principal, ICommandRequest command) => Assert.IsType<Refused>(await engine.Door.Send(principal, command)).Refusal.Code;

    /// <summary>Balance of an account over all streams.</summary>
    public async Task<long> BalanceMinor(string account, string currency = "CNY")
    {
        var journal = engine.Services.GetRequiredService<IJournal>();
        long sum = 0;
        var at = JournalPosition.Start;
        while (await journal.ReadAll(at, 1_000) is [.., var last] page)
        {
            sum += page.SelectMany(e => e.Postings).Where(p => p.Account == account && p.Currency == currency).Sum(p => p.AmountMinor);
            at = last.Position;
        }

        return sum;
    }

    public Task<long> OnAccount(string currency = "CNY") => BalanceMinor(ChartOfAccounts.BankAccount(OwnId(currency).Value), currency);

    public Task<long> Unmatched(string currency = "CNY") => BalanceMinor(ChartOfAccounts.CashAt("bank"), currency);

    private static string Details(Booking b)
    {
        static string Tag(string name, string? text) => text is null ? "" : $"<{name}>{SecurityElement.Escape(text)}</{name}>";
        var party = b.AmountMinor > 0 != b.IsReversal ? "Dbtr" : "Cdtr";
        var parties = b.Payer is null && b.Account is null ? ""
            : $"<RltdPties>{(b.Payer is null ? "" : $"<{party}><Pty>{Tag("Nm", b.Payer)}</Pty></{party}>")}{(b.Account is null ? "" : $"<{party}Acct><Id><Othr>{Tag("Id", b.Account)}</Othr></Id></{party}Acct>")}</RltdPties>";
        return $"{Tag("AcctSvcrRef", b.Servicer)}<NtryDtls><TxDtls>{(b.EndToEnd is null ? "" : $"<Refs>{Tag("EndToEndId", b.EndToEnd)}</Refs>")}{parties}{(b.Remark == "" ? "" : $"<RmtInf>{Tag("Ustrd", b.Remark)}</RmtInf>")}</TxDtls></NtryDtls>";
    }
}
