using static Marketplace.Payments.Tests.Bank.Statements;

namespace Marketplace.Payments.Tests.Bank;

/// <summary>Whatever is wrong with a camt.053 is said with its line.</summary>
public sealed class CamtRefusalTests
{
    private const string Good = "<Ntry><Amt Ccy=\"CNY\">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-01-05</Dt></BookgDt></Ntry>";

    /// <summary>The first entry stands on line 11 and is right; the second on line 12.</summary>
    [Theory]
    [InlineData("5.00</Amt>", "-5.00</Amt>", "statement-amount-negative 12")]
    [InlineData("5.00</Amt>", "5.001</Amt>", "statement-amount-not-representable 12")]
    [InlineData("5.00</Amt>", "99999999999999999999</Amt>", "statement-amount-not-representable 12")]
    [InlineData("5.00</Amt>", "five</Amt>", "statement-amount-malformed 12")]
    [InlineData("5.00</Amt>", "1,000.00</Amt>", "statement-amount-malformed 12")]
    [InlineData("5.00</Amt>", "5.0000000000000000000000000001</Amt>", "statement-amount-malformed 12")]
    [InlineData("5.00</Amt>", "</Amt>", "statement-amount-malformed 12")]
    [InlineData("<Amt Ccy=\"CNY\">5.00</Amt>", "", "statement-element-missing 12")]
    [InlineData(" Ccy=\"CNY\"", "", "statement-currency-unknown 12")]
    [InlineData(" Ccy=\"CNY\"", " Ccy=\"XXX\"", "statement-currency-unknown 12")]
    [InlineData(" Ccy=\"CNY\"", " Ccy=\"USD\"", "statement-entry-currency 12")]
    [InlineData("<CdtDbtInd>CRDT</CdtDbtInd>", "", "statement-element-missing 12")]
    [InlineData("<CdtDbtInd>CRDT</CdtDbtInd>", "<CdtDbtInd>IN</CdtDbtInd>", "statement-direction-unknown 12")]
    [InlineData("<Sts><Cd>BOOK</Cd></Sts>", "", "statement-element-missing 12")]
    [InlineData("<Sts><Cd>BOOK</Cd></Sts>", "<Sts><Prtry>DONE</Prtry></Sts>", "statement-status-unknown 12")]
    [InlineData("<Sts>", "<RvslInd>maybe</RvslInd><Sts>", "statement-flag-malformed 12")]
    [InlineData("<BookgDt><Dt>2026-01-05</Dt></BookgDt>", "", "statement-element-missing 12")]
    [InlineData("2026-01-05", "2026-02-30", "statement-date-malformed 12")]
    [InlineData("2026-01-05", "05.01.2026", "statement-date-malformed 12")]
    [InlineData("2026-01-05", "0001-01-01", "statement-date-malformed 12")]
    [InlineData("2026-01-05", "2026-01-05x", "statement-date-malformed 12")]
    [InlineData("2026-01-05", "", "statement-date-malformed 12")]
    [InlineData("5.00</Amt>", "6.00</Amt>", "statement-does-not-add-up 4")]
    [InlineData("</Ntry>", "<NtryDtls><TxDtls><Amt Ccy=\"CNY\">2.00</Amt></TxDtls><TxDtls><Amt Ccy=\"CNY\">2.99</Amt></TxDtls></NtryDtls></Ntry>", "statement-batch-does-not-add-up 12")]
    [InlineData("</Ntry>", "<NtryDtls><TxDtls><Amt Ccy=\"CNY\">5.00</Amt></TxDtls><TxDtls></TxDtls></NtryDtls></Ntry>", "statement-batch-amount-missing 12")]
    [InlineData("</Ntry>", "<NtryDtls><TxDtls/><TxDtls><Amt Ccy=\"CNY\">5.00</Amt></TxDtls></NtryDtls></Ntry>", "statement-batch-amount-missing 12")]
    [InlineData("</Ntry>", "</Entry>", "statement-not-readable 12")]
    [InlineData("5.00</Amt>", "&five;</Amt>", "statement-not-readable 12")]
    public async Task An_entry_that_means_nothing_is_refused(string from, string to, string refusal)
    {
        Assert.Equal("read", await RefusalOf(Camt($"{Good}\n{Good}", closing: "10.00")));
        Assert.Equal(refusal, await RefusalOf(Camt($"{Good}\n{Good.Replace(from, to)}", closing: "10.00")));
    }

    [Theory]
    [InlineData("<Acct><Id><Othr><Id>6222 0001</Id></Othr></Id><Ccy>CNY</Ccy></Acct>", "", "statement-account-missing 11")]
    [InlineData("6222 0001", " ", "statement-account-missing 11")]
    [InlineData("6222 0001", "01234567890123456789012345678901234567890", "statement-account-missing 11")]
    [InlineData("<Ccy>CNY</Ccy>", "<Ccy>XYZ</Ccy>", "statement-currency-unknown 7")]
    [InlineData("<Ccy>CNY</Ccy>", "<Ccy>USD</Ccy>", "statement-entry-currency 11")]
    [InlineData("OPBD", "OPAV", "statement-balance-missing 4")]
    [InlineData("CLBD", "ITBD", "statement-balance-missing 4")]
    [InlineData("<Cd>CLBD</Cd>", "<Cd>OPBD</Cd>", "statement-balance-twice 9")]
    [InlineData("<Amt Ccy=\"CNY\">0.00</Amt>", "", "statement-balance-malformed 8")]
    [InlineData("<Amt Ccy=\"CNY\">0.00</Amt>", "<Amt Ccy=\"USD\">0.00</Amt>", "statement-balance-currency 4")]
    [InlineData("<Amt Ccy=\"CNY\">0.00</Amt>", "<Amt Ccy=\"CNY\">1.00</Amt>", "statement-does-not-add-up 4")]
    [InlineData("<Amt Ccy=\"CNY\">0.00</Amt>", "<Amt Ccy=\"CNY\">0.001</Amt>", "statement-amount-not-representable 8")]
    [InlineData("camt.053.001.08", "camt.053.001.99", "statement-version-unknown 2")]
    [InlineData("camt.053.001.08", "camt.054.001.08", "statement-version-unknown 2")]
    [InlineData("urn:iso:std:iso:20022:tech:xsd:camt.053.001.08", "urn:x", "statement-not-camt 2")]
    [InlineData("encoding=\"UTF-8\"", "encoding=\"utf-7\"", "statement-not-readable 1")]
    [InlineData("encoding=\"UTF-8\"", "encoding=\"nothing\"", "statement-not-readable 1")]
    public async Task A_statement_that_means_nothing_is_refused(string from, string to, string refusal) =>
        Assert.Equal(refusal, await RefusalOf(Camt(Good, closing: "5.00").Replace(from, to)));

    [Theory]
    [InlineData("<TtlNtries><NbOfNtries>1</NbOfNtries></TtlNtries>", "read")]
    [InlineData("<TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries>", "statement-count-differs 4")]
    [InlineData("<TtlCdtNtries><NbOfNtries>0</NbOfNtries></TtlCdtNtries>", "statement-count-differs 4")]
    [InlineData("<TtlDbtNtries><NbOfNtries>1</NbOfNtries></TtlDbtNtries>", "statement-count-differs 4")]
    [InlineData("<TtlNtries><NbOfNtries>many</NbOfNtries></TtlNtries>", "statement-count-malformed 10")]
    public async Task Counts_of_the_summary_are_held_against_the_entries(string summary, string refusal) =>
        Assert.Equal(refusal, await RefusalOf(Camt(Good, closing: "5.00", more: $"<TxsSummry>{summary}</TxsSummry>")));

    [Theory]
    [InlineData("", "statement-not-readable 1")]
    [InlineData("hello", "statement-not-readable 1")]
    [InlineData("<html><body/></html>", "statement-not-camt 1")]
    [InlineData("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"/>", "statement-empty 1")]
    [InlineData("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">\n<BkToCstmrStmt/>\n</Document>", "statement-empty 3")]
    [InlineData("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt>\n<Stmt/></BkToCstmrStmt></Document>", "statement-account-missing 2")]
    public async Task A_file_that_is_no_statement_is_refused(string file, string refusal) => Assert.Equal(refusal, await RefusalOf(file));

    [Fact]
    public async Task Sums_beyond_all_numbers_are_refused_and_nothing_overflows()
    {
        const string Most = "92233720368547758.07";
        Assert.Equal("read", await RefusalOf(Camt(Entry(Most), closing: Most)));
        Assert.Equal("statement-does-not-add-up 4", await RefusalOf(Camt($"{Entry(Most)}\n{Entry(Most)}", closing: Most)));
        Assert.Equal("statement-amount-not-representable 4", await RefusalOf(Camt($"{Entry(Most)}\n{Entry(Most)}\n{Entry(Most, direction: "DBIT")}", closing: Most)));
    }

    [Fact]
    public async Task The_refusal_names_the_version_and_speaks_both_languages()
    {
        var refusal = (await Check(Camt(Good).Replace("camt.053", "camt.052"))).Refusal!;
        Assert.Contains("camt.052.001.08", refusal.En);
        Assert.StartsWith("第 2 行：不支持 camt.052.001.08；", refusal.Zh);
        Assert.Equal("file", refusal.Field);
    }
}
