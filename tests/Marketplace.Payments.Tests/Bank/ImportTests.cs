using System.Text;
using CsCheck;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Host.Tests.Seeds;
using Marketplace.Journal;
using Marketplace.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Payments.Tests.Bank;

// Inside the namespace, so that a use case hides the rule of the same name.
using Marketplace.Application.Banking;

/// <summary>Statements become lines, each booking once. Derived once per database.</summary>
public abstract class ImportTests(bool onPostgres) : BankTest(onPostgres)
{
    /// <summary>
    /// Days of bookings, some of them twins; statements of any ranges of days, in any order, again and again. Afterwards there is each booking of a
    /// day that was ever sent, twins as many as the day has.
    /// </summary>
    [Fact]
    public async Task F31_A_resent_or_overlapping_statement_changes_nothing_and_twins_are_kept()
    {
        var year = 2000;
        var days = Gen.Select(Gen.Int[1, 3], Gen.Int[0, 2]).Array[0, 5].Array[5];
        var ranges = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4]).Array[3, 6];
        await Gen.Select(days, ranges).SampleAsync(async (days, ranges) =>
        {
            year++; // so that no two rounds have a booking in common
            var bookings = days.Select((day, d) => day.Select(b => new Booking(
                b.Item1 * 100, $"in {year}", Servicer: b.Item2 == 0 ? null : $"S{b.Item2}", Day: $"{year}-01-0{d + 1}")).ToList()).ToList();
            var sent = new HashSet<int>();
            foreach (var (a, b) in ranges)
            {
                int[] range = [.. Enumerable.Range(Math.Min(a, b), Math.Abs(a - b) + 1)];
                var known = (await Books.Lines()).Count;
                await Books.Import(BankBooks.File(range.SelectMany(d => bookings[d])));
                Assert.Equal(range.Where(d => sent.Add(d)).Sum(d => bookings[d].Count), (await Books.Lines()).Count - known);
            }

            var expected = sent.SelectMany(d => bookings[d]).Select(b => $"{b.Day} {b.AmountMinor} {b.Servicer}").Order(StringComparer.Ordinal);
            var lines = (await Books.Lines()).Where(l => l.Remittance == $"in {year}");
            Assert.Equal(expected, lines.Select(l => $"{l.BookedOn:yyyy-MM-dd} {l.AmountMinor} {l.ServicerReference}").Order(StringComparer.Ordinal));
        }, iter: 5, threads: 1);

        var all = await Books.Lines();
        Assert.Equal(all.Sum(l => l.AmountMinor), await Books.OnAccount());
        Assert.Equal(-all.Sum(l => l.AmountMinor), await Books.Unmatched());
    }

    /// <summary>Whatever commit is the last before the host dies, the next host ends with the same lines, receipts and books.</summary>
    [Fact]
    public async Task F22_A_partial_batch_is_finished_by_a_rerun()
    {
        var agreement = await Engine.Converted("partial batch");
        var reference = RemittanceReference.Of(agreement, 1).Value;
        byte[] FileOf(int run) => BankBooks.File(
        [
            new(10_00, $"run {run} {reference}"), new(20_00, $"run {run}"), new(20_00, $"run {run}"), new(-5_00, $"run {run} fee"), new(30_00, $"run {run} {reference}"),
        ]);

        const int Commits = 1 + 1 + 5 + 1 + 5 + 2 + 2; // piece, acceptance, lines, end, decisions, receipts, posted
        for (var kill = 1; kill <= Commits; kill++)
        {
            var mortal = await RestartMortal();
            var file = FileOf(kill);
            mortal.LiveFor(kill);
            try
            {
                await Books.Upload(file);
                await Books.Sweep();
            }
            catch (Exception killed) when (killed is JournalUnavailableException or AggregateException or Xunit.Sdk.XunitException)
            {
                // The answer of the last commit is lost with the host.
            }

            await Restart();
            var statement = await Books.Import(file);
            Assert.Equal((StatementStatus.Imported, 5, 5), (statement.Status, statement.Done, statement.New));
            var lines = (await Books.Lines()).Where(l => l.Remittance.StartsWith($"run {kill}", StringComparison.Ordinal)).ToList();
            Assert.Equal((5, 2), (lines.Count, lines.Count(l => l.Status == BankLineStatus.Posted)));
        }

        var state = await Engine.StateOf(agreement);
        Assert.Equal(Commits * 40_00, state.Receipts.Sum(r => r.Amount.AmountMinor));
        Assert.Equal(Commits * 2, state.Receipts.Select(r => r.Reference).Distinct().Count());
        Assert.Equal(Commits * 75_00, await Books.OnAccount());
        Assert.Equal(-Commits * 35_00, await Books.Unmatched());
    }

    [Fact]
    public async Task A_file_of_several_pieces_goes_on_where_its_upload_was_cut_off()
    {
        var file = LargeStatement.Of(1_200).ToArray();
        var cut = new CutOff(file, file.Length - 10);
        await Assert.ThrowsAsync<IOException>(() => Engine.Door.Send(BankBooks.Zhang, new UploadStatement(Guid.NewGuid()) { File = cut }));
        Assert.Empty(await Books.Rows<BankStatementRow>());

        Engine.Pass(TimeSpan.FromDays(365)); // its bookings are of a later year
        Engine.Pass(TimeSpan.FromDays(365));
        var statement = await Books.Import(file);
        Assert.Equal((StatementStatus.Imported, 1_200, 1_200), (statement.Status, statement.Done, statement.New));
        Assert.Equal(LargeStatement.SumMinor(1_200), await Books.OnAccount());
        Assert.Equal(0, (await Books.Import(BankBooks.File([]))).Entries);
    }

    [Theory]
    [InlineData("wrong account", "statement-account-unknown")]
    [InlineData("wrong currency", "statement-account-unknown")]
    [InlineData("does not add up", "statement-does-not-add-up")]
    [InlineData("DTD", "statement-not-readable")]
    [InlineData("cut off", "statement-not-readable")]
    [InlineData("too large", "statement-too-large")]
    [InlineData("a CSV without a mapping", "statement-not-readable")]
    [InlineData("unknown columns", "statement-column")]
    public async Task What_cannot_be_believed_leaves_no_row(string what, string code)
    {
        var good = Encoding.UTF8.GetString(BankBooks.File([new(10_00, "good"), new(20_00, "good")]));
        byte[] file = what switch
        {
            "wrong account" => Encoding.UTF8.GetBytes(good.Replace("6222 0001", "6222 0002", StringComparison.Ordinal)),
            "wrong currency" => BankBooks.File([new(10_00)], "EUR"),
            "does not add up" => Encoding.UTF8.GetBytes(good.Replace(">30.00<", ">30.01<", StringComparison.Ordinal)),
            "DTD" => Encoding.UTF8.GetBytes(good.Replace("<Document", "<!DOCTYPE x [<!ENTITY c SYSTEM \"file:///etc/passwd\">]><Document", StringComparison.Ordinal)),
            "cut off" => Encoding.UTF8.GetBytes(good[..^40]),
            "too large" => new byte[IStatementReader.MaxBytes + 1],
            _ => "日期,金额\n2025-03-03,10.00\n"u8.ToArray(),
        };
        CsvMappingId? mapping = null;
        if (what == "unknown columns")
        {
            var saved = await Books.Accept(BankBooks.Zhang, new SaveCsvMapping(Guid.NewGuid(), CsvMappingPresets.Of("ICBC", "62220001", "CNY")));
            mapping = CsvMappingId.Wrap(saved.Id);
        }

        var refusal = Assert.IsType<Refused>(await Books.Upload(file, mapping: mapping)).Refusal;
        Assert.StartsWith(code, refusal.Code, StringComparison.Ordinal);
        Assert.Equal("file", refusal.Field);
        Assert.True(refusal.Rows is { Count: > 0 } || code is "statement-account-unknown" or "statement-too-large");
        Assert.Empty(await Books.Rows<BankStatementRow>());
        Assert.Empty(await Books.Lines());
    }

    [Fact]
    public async Task Only_administrators_see_and_send_statements()
    {
        var file = BankBooks.File([new(10_00)]);
        var lab = Principal.Whole(ActorRole.Lab, DerivedId.From<OrganisationId>("lab"), "wang");
        Assert.Equal("role-not-allowed", await Books.Refuse(lab, new UploadStatement(Guid.NewGuid()) { File = new MemoryStream(file) }));
        Assert.Equal("role-not-allowed", (await Engine.Door.Ask(lab, new ListBankLines())).Refusal?.Code);
        Assert.Equal("sign-in-required", (await Engine.Door.Ask(Principal.Visitor, new ListBankStatements())).Refusal?.Code);
    }

    [Fact]
    public async Task The_same_file_is_the_same_statement_and_another_file_needs_another_command()
    {
        var (one, other, command) = (BankBooks.File([new(10_00, "one")]), BankBooks.File([new(10_00, "other")]), Guid.NewGuid());
        var first = await Books.Upload(one, command);
        Assert.Equal(first, await Books.Upload(one, command));
        Assert.Equal(((Accepted)first).Id, ((Accepted)await Books.Upload(one)).Id);
        Assert.Equal("command-id-reused", Assert.IsType<Refused>(await Books.Upload(other, command)).Refusal.Code);
    }

    /// <summary>A connection that is lost.</summary>
    private sealed class CutOff(byte[] file, int at) : MemoryStream(file)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position >= at ? throw new IOException("The connection was lost.") : base.ReadAsync(buffer[..(int)Math.Min(buffer.Length, at - Position)], cancellationToken);
    }
}

public sealed class SqliteImportTests() : ImportTests(onPostgres: false);

public sealed class PostgresImportTests() : ImportTests(onPostgres: true);
