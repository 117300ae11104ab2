using static Marketplace.Payments.Tests.Bank.Statements;

namespace Marketplace.Payments.Tests.Bank;

public sealed class Camt053ReaderTests
{
    [Fact]
    public async Task An_old_file_is_read_as_the_bank_meant_it()
    {
        var check = (await Check(CamtFiles.Old)).Value;
        Assert.Equal("camt.053.001.02", check.Format);
        Assert.Equal(["CH9300762011623852957 2026-005 01-05..01-05 -50.00 CHF +1500.00 CHF -310.00 CHF = 1140.00 CHF (5, 0 skipped)"], check.Statements.Select(Text));
        Assert.Equal(
            [
                "21 01-05 +400.00 CHF R-1 Müller & Söhne DE89370400440532013000 RF18539007547034 B-7#1",
                "27 01-05 +600.00 CHF R-1 E2 Acme 'Invoice 1 Invoice 2' B-7#2",
                "37 01-05 -300.00 CHF reversal R-0 Acme 'Rückbuchung'",
                "46 01-05 +500.00 CHF 'LSV'",
                "52 01-05 -10.00 CHF",
            ],
            (await Read(CamtFiles.Old)).Select(Text));
    }

    [Fact]
    public async Task A_new_file_in_several_currencies_is_read_as_the_bank_meant_it()
    {
        var check = (await Check(CamtFiles.New)).Value;
        Assert.Equal("camt.053.001.08", check.Format);
        Assert.Equal(
            [
                "1234567 J .. 1000 JPY +16200 JPY -200 JPY = 17000 JPY (3, 1 skipped)",
                "1234567 K .. 0.000 KWD +0.000 KWD -1.235 KWD = -1.235 KWD (1, 0 skipped)",
            ],
            check.Statements.Select(Text));
        Assert.Equal(
            [
                "9 02-01 +15000 JPY T1 E1 日本株式会社 77-1 of 100.00 USD",
                "26 02-02 +1200 JPY R2 R2#1",
                "27 02-02 -200 JPY R2 R2#2",
                "36 02-03 -1.235 KWD Gulf",
            ],
            (await Read(CamtFiles.New)).Select(Text));
    }

    [Theory]
    [InlineData("02")]
    [InlineData("04")]
    [InlineData("06")]
    [InlineData("08")]
    [InlineData("10")]
    [InlineData("12")]
    [InlineData("13")]
    public async Task Every_version_is_known_by_its_name(string version)
    {
        var file = Camt(Entry("5.00"), closing: "5.00", version: version);
        Assert.Equal($"camt.053.001.{version}", (await Check(file)).Value.Format);
        Assert.Equal(["11 01-05 +5.00 CNY"], (await Read(file)).Select(Text));
    }

    [Fact]
    public async Task Pages_of_one_statement_follow_each_other()
    {
        var first = Camt(Entry("5.00"), closing: "5.00").Replace("CLBD", "ITBD").Replace("<Id>S1</Id>", "<Id>S1</Id><StmtPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>");
        var second = Camt(Entry("5.00"), opening: "5.00", closing: "10.00").Replace("OPBD", "ITBD").Replace("<Id>S1</Id>", "<Id>S1</Id><StmtPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></StmtPgntn>");
        var whole = Together(first, second);
        Assert.Equal(2, (await Read(whole)).Select(l => l.Key).Distinct().Count()); // twins, one on each page
        Assert.Equal("statement-twice 13", await RefusalOf(Together(first, first)));
    }

    [Fact]
    public async Task Statements_of_one_account_that_overlap_are_refused()
    {
        static string Of(string id, string from, string to) => Camt(Entry("5.00"), closing: "5.00").Replace("<Id>S1</Id>", $"<Id>{id}</Id><FrToDt><FrDtTm>{from}</FrDtTm><ToDtTm>{to}</ToDtTm></FrToDt>");
        var days = Of("A", "2026-01-05T00:00:00", "2026-01-06T00:00:00");
        Assert.Equal("read", await RefusalOf(Together(days, Of("B", "2026-01-06T00:00:00", "2026-01-07T00:00:00"))));
        Assert.Equal("read", await RefusalOf(Together(days, Of("B", "2026-01-04T00:00:00", "2026-01-04T23:59:59"))));
        Assert.Equal("statement-twice 13", await RefusalOf(Together(days, Of("B", "2026-01-05T12:00:00", "2026-01-07T00:00:00"))));
        Assert.Equal("read", await RefusalOf(Together(days, Of("B", "2026-01-05T12:00:00", "2026-01-07T00:00:00").Replace("6222 0001", "6222 0002"))));
    }

    [Fact]
    public async Task What_moves_nothing_or_is_not_booked_is_passed_over()
    {
        var file = Camt(string.Join('\n', Entry("0.00"), Entry("5.00").Replace("BOOK", "INFO"), Entry("5.00").Replace("BOOK", "FUTR"), Entry("5.00")), closing: "5.00");
        Assert.Equal((1, 3), ((await Check(file)).Value.Entries, (await Check(file)).Value.Statements[0].Skipped));
    }

    [Theory]
    [InlineData("<Refs><AcctSvcrRef>0000</AcctSvcrRef></Refs>")]
    [InlineData("<Refs><AcctSvcrRef>NONREF</AcctSvcrRef></Refs>")]
    public async Task A_reference_that_says_nothing_is_none(string refs)
    {
        var line = Assert.Single(await Read(Camt(Entry("5.00", $"<NtryDtls><TxDtls>{refs}</TxDtls></NtryDtls>"), closing: "5.00")));
        Assert.Null(line.Entry.ServicerReference);
        Assert.StartsWith("sum-", line.Key.Value);
    }

    [Fact]
    public async Task A_single_detail_may_tell_another_sum_than_was_booked()
    {
        // Charges were kept back: what was booked is what arrived.
        var line = Assert.Single(await Read(Camt(Entry("4.00", "<NtryDtls><TxDtls><Amt Ccy=\"CNY\">5.00</Amt></TxDtls></NtryDtls>"), closing: "4.00")));
        Assert.Equal(400, line.Entry.Amount.AmountMinor);
    }

    /// <summary>Both statements in the first one's file.</summary>
    internal static string Together(string first, string second)
    {
        var statement = second[second.IndexOf("<Stmt>", StringComparison.Ordinal)..(second.IndexOf("</Stmt>", StringComparison.Ordinal) + "</Stmt>".Length)];
        return first.Replace("</BkToCstmrStmt>", $"{statement}\n</BkToCstmrStmt>");
    }
}
