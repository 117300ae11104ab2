using System.Globalization;
using System.Text;
using Marketplace.Application.Banking;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Payments.Bank;

namespace Marketplace.Payments.Tests.Bank;

/// <summary>Files as banks send them, both passes over one, and a line as a sentence.</summary>
internal static class Statements
{
    public static readonly StatementReader Reader = new();

    public static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static async Task<Result<CheckedStatement>> Check(byte[] file, CsvMapping? mapping = null) => await Reader.Check(new MemoryStream(file), mapping);

    public static Task<Result<CheckedStatement>> Check(string file, CsvMapping? mapping = null) => Check(Bytes(file), mapping);

    /// <summary>Both passes, as an import makes them.</summary>
    public static async Task<List<StatementLine>> Read(byte[] file, CsvMapping? mapping = null)
    {
        var check = await Check(file, mapping);
        Assert.Null(check.Refusal);
        var lines = new List<StatementLine>();
        await foreach (var line in Reader.Read(new MemoryStream(file), mapping))
        {
            lines.Add(line);
        }

        Assert.Equal(check.Value.Entries, lines.Count);
        return lines;
    }

    public static Task<List<StatementLine>> Read(string file, CsvMapping? mapping = null) => Read(Bytes(file), mapping);

    /// <summary>The code of the refusal and the line at fault.</summary>
    public static async Task<string> RefusalOf(byte[] file, CsvMapping? mapping = null)
    {
        var refusal = (await Check(file, mapping)).Refusal;
        return refusal is null ? "read" : $"{refusal.Code} {Assert.Single(refusal.Rows!).Row}";
    }

    public static Task<string> RefusalOf(string file, CsvMapping? mapping = null) => RefusalOf(Bytes(file), mapping);

    public static string Text(StatementLine line)
    {
        var e = line.Entry;
        string?[] parts =
        [
            e.Line.ToString(CultureInfo.InvariantCulture), e.BookedOn.ToString("MM-dd", CultureInfo.InvariantCulture), $"{(e.IsCredit ? '+' : '-')}{e.Amount}",
            e.IsReversal ? "reversal" : null, e.ServicerReference, e.EndToEndId, e.CounterpartyName, e.CounterpartyAccount, e.Remittance.Length > 0 ? $"'{e.Remittance}'" : null,
            e.StructuredReference, e.OriginalAmount is { } o ? $"of {o}" : null, e.Batch is { } b ? $"{b.BatchId}#{b.Ordinal}" : null,
        ];
        return string.Join(' ', parts.Where(p => p is not null));
    }

    public static string Text(StatementTotals s) =>
        $"{s.Account.Number} {s.StatementId} {s.From:MM-dd}..{s.To:MM-dd} {s.Opening} +{s.Credits} -{s.Debits} = {s.Closing} ({s.Entries}, {s.Skipped} skipped)";

    /// <summary>One statement; elements of the entries from line 11 on.</summary>
    public static string Camt(string entries, string opening = "0.00", string closing = "0.00", string version = "08", string currency = "CNY", string more = "") => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>
        <GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-01-31T20:00:00</CreDtTm></GrpHdr>
        <Stmt>
        <Id>S1</Id>
        <CreDtTm>2026-01-31T20:00:00</CreDtTm>
        <Acct><Id><Othr><Id>6222 0001</Id></Othr></Id><Ccy>{currency}</Ccy></Acct>
        <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{opening}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-01</Dt></Dt></Bal>
        <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{closing}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-31</Dt></Dt></Bal>
        {more}
        {entries}
        </Stmt>
        </BkToCstmrStmt></Document>
        """;

    /// <summary>On one line of the file.</summary>
    public static string Entry(string amount, string rest = "", string direction = "CRDT", string day = "2026-01-05", string currency = "CNY") =>
        $"<Ntry><Amt Ccy=\"{currency}\">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt>{rest}</Ntry>";
}
