using System.Globalization;
using System.Security;
using System.Text;

namespace Marketplace.Browser.Tests;

/// <summary>A bank's statement of one day.</summary>
internal static class BankFile
{
    public const string Account = "62220001";

    /// <param name="openingMinor">What was there before.</param>
    /// <param name="bookings">What arrived, from whom, and what they wrote; below zero what left, to whom, and our own reference of it.</param>
    public static byte[] Of(DateOnly on, long openingMinor, params IReadOnlyList<(long AmountMinor, string Other, string Remark)> bookings)
    {
        static string Yuan(long minor) => (minor / 100m).ToString("F2", CultureInfo.InvariantCulture);
        var day = on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string Balance(string code, long minor) =>
            $"""<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">{Yuan(minor)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>""";
        static string Reference(long minor, string remark) => minor < 0 ? $"<Refs><EndToEndId>{SecurityElement.Escape(remark)}</EndToEndId></Refs>" : "";
        var entries = string.Join('\n', bookings.Select((b, i) => $"""
            <Ntry><Amt Ccy="CNY">{Yuan(Math.Abs(b.AmountMinor))}</Amt><CdtDbtInd>{(b.AmountMinor < 0 ? "DBIT" : "CRDT")}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><AcctSvcrRef>{day}-{openingMinor}-{i}</AcctSvcrRef>
            <NtryDtls><TxDtls>{Reference(b.AmountMinor, b.Remark)}<RltdPties><{(b.AmountMinor < 0 ? "Cdtr" : "Dbtr")}><Pty><Nm>{SecurityElement.Escape(b.Other)}</Nm></Pty></{(b.AmountMinor < 0 ? "Cdtr" : "Dbtr")}></RltdPties><RmtInf><Ustrd>{SecurityElement.Escape(b.Remark)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
            """));
        return Encoding.UTF8.GetBytes($"""
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M</MsgId><CreDtTm>{day}T20:00:00</CreDtTm></GrpHdr><Stmt><Id>S{openingMinor}</Id>
            <Acct><Id><Othr><Id>{Account}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>{Balance("OPBD", openingMinor)}{Balance("CLBD", openingMinor + bookings.Sum(b => b.AmountMinor))}
            {entries}
            </Stmt></BkToCstmrStmt></Document>
            """);
    }
}
