using System.Globalization;
using System.Security;
using System.Text;

namespace Marketplace.Browser.Tests;

/// <summary>A bank's statement of one day.</summary>
internal static class BankFile
{
    public const string Account = "62220001";

    /// <param name="openingMinor">What was there before.</param>
    /// <param name="credits">What arrived, from whom, and what they wrote.</param>
    public static byte[] Of(DateOnly on, long openingMinor, params IReadOnlyList<(long AmountMinor, string Payer, string Remark)> credits)
    {
        static string Yuan(long minor) => (minor / 100m).ToString("F2", CultureInfo.InvariantCulture);
        var day = on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string Balance(string code, long minor) =>
            $"""<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">{Yuan(minor)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>""";
        var entries = string.Join('\n', credits.Select((c, i) => $"""
            <Ntry><Amt Ccy="CNY">{Yuan(c.AmountMinor)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>{day}-{openingMinor}-{i}</AcctSvcrRef>
            <NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>{SecurityElement.Escape(c.Payer)}</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>{SecurityElement.Escape(c.Remark)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
            """));
        return Encoding.UTF8.GetBytes($"""
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId><CreDtTm>{day}T20:00:00</CreDtTm></GrpHdr><Stmt><Id>S{openingMinor}</Id>
            <Acct><Id><Othr><Id>{Account}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>{Balance("OPBD", openingMinor)}{Balance("CLBD", openingMinor + credits.Sum(c => c.AmountMinor))}
            {entries}
            </Stmt></BkToCstmrStmt></Document>
            """);
    }
}
