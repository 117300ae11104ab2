using System.Globalization;
using System.Text;

namespace Marketplace.Payments.Tests.Bank;

/// <summary>A generated camt.053 of credits, each with its parties, its references and its remittance, some 900 bytes.</summary>
internal static class LargeStatement
{
    public static long SumMinor(int entries) => Enumerable.Range(1, entries).Sum(i => AmountMinor(i));

    public static MemoryStream Of(int entries)
    {
        var (bytes, sum) = (new MemoryStream(entries * 950), (SumMinor(entries) / 100m).ToString("F2", CultureInfo.InvariantCulture));
        var frame = Statements.Camt("@", closing: sum).Split('@');
        using (var text = new StreamWriter(bytes, new UTF8Encoding(false), leaveOpen: true))
        {
            text.Write(frame[0]);
            for (var i = 1; i <= entries; i++)
            {
                text.Write(Statements.Entry(
                    (AmountMinor(i) / 100m).ToString("F2", CultureInfo.InvariantCulture),
                    $"""
                    <ValDt><Dt>2026-01-05</Dt></ValDt>{(i % 2 == 0 ? $"<AcctSvcrRef>SVC{i:D12}</AcctSvcrRef>" : "")}
                    <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
                    <NtryDtls><TxDtls><Refs><EndToEndId>E2E-{i:D12}</EndToEndId></Refs><Amt Ccy="CNY">{(AmountMinor(i) / 100m).ToString("F2", CultureInfo.InvariantCulture)}</Amt>
                    <RltdPties><Dbtr><Pty><Nm>上海第{i}技术有限公司</Nm><PstlAdr><TwnNm>上海</TwnNm><Ctry>CN</Ctry></PstlAdr></Pty></Dbtr>
                    <DbtrAcct><Id><Othr><Id>622200{i:D13}</Id></Othr></Id></DbtrAcct></RltdPties>
                    <RltdAgts><DbtrAgt><FinInstnId><ClrSysMmbId><MmbId>102290000000</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt></RltdAgts>
                    <RmtInf><Ustrd>许可费 第 {i} 期 AGR-2026-{i:D8}</Ustrd></RmtInf></TxDtls></NtryDtls><AddtlNtryInf>跨行转账收入</AddtlNtryInf>
                    """,
                    day: $"2026-{1 + (i * 12L / (entries + 1)):D2}-{1 + (i % 28):D2}"));
                text.Write('\n');
            }

            text.Write(frame[1]);
        }

        bytes.Position = 0;
        return bytes;
    }

    private static long AmountMinor(int i) => (i * 37L % 1_000_000) + 1;
}
