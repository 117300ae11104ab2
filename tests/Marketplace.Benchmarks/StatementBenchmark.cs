using System.Diagnostics;
using System.Globalization;
using System.Text;
using Marketplace.Application.Banking;
using Marketplace.Application.Door;
using Marketplace.Benchmarks.Loads;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Benchmarks;

/// <summary>A statement of a large company's account, from the upload to its last line.</summary>
internal static class StatementBenchmark
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(30);
    private static readonly BankAccount Account = new("示例平台", "62220001");
    private static readonly Principal Administrator = Principal.Whole(ActorRole.Administrator, null, "benchmark");

    public static async Task<bool> Run(int entries)
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-benchmark-");
        try
        {
            var file = Path.Combine(folder.FullName, "statement.xml");
            await Write(file, entries);
            await using var cluster = await PostgresCluster.Start(durable: true);
            var onPostgres = await Measure("PostgreSQL, fsync on", await cluster.CreateDatabase(), file, entries);
            var onSqlite = await Measure("SQLite, synchronous=FULL", $"Data Source={Path.Combine(folder.FullName, "statement.db")}", file, entries);
            return Report.Ratio("statement-within-budget-postgres", Budget / onPostgres, 1) & Report.Ratio("statement-within-budget-sqlite", Budget / onSqlite, 1);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<TimeSpan> Measure(string database, string connectionString, string file, int entries)
    {
        await using var engine = await EngineHost.Start(connectionString);
        var door = engine.Services.GetRequiredService<MarketplaceDoor>();
        await door.Send(Administrator, new Application.Banking.RegisterBankAccount(Guid.NewGuid(), Account, Currency.Cny));
        using var memory = new PeakMemory();
        var watch = Stopwatch.StartNew();
        await using var statement = File.OpenRead(file);
        if (await door.Send(Administrator, new UploadStatement(Guid.NewGuid()) { File = statement }) is not Accepted accepted)
        {
            throw new InvalidOperationException("The statement was not accepted.");
        }

        var uploaded = watch.Elapsed;
        await engine.Services.GetRequiredService<ImportStatements>().Import($"bank-statement/{accepted.Id}");
        var elapsed = watch.Elapsed;
        if (await engine.Count("select count(*) from bank_lines") != entries)
        {
            throw new InvalidOperationException("Not every line is there.");
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{database}: {entries:n0} lines, {statement.Length / 1e6:n0} MB: checked and kept in {uploaded.TotalSeconds:n1} s, imported in {(elapsed - uploaded).TotalSeconds:n1} s; at most {memory.Bytes() / 1e6:n0} MB of memory"));
        return elapsed;
    }

    /// <summary>Credits with parties, references and remittance, as a bank writes them: some 900 bytes each.</summary>
    private static async Task Write(string file, int entries)
    {
        static string Yuan(long minor) => (minor / 100m).ToString("F2", CultureInfo.InvariantCulture);
        long AmountMinor(int i) => (i * 37L % 1_000_000) + 1;
        await using var text = new StreamWriter(file, append: false, new UTF8Encoding(false));
        await text.WriteAsync($"""
            <?xml version="1.0" encoding="UTF-8"?>
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2025-12-31T20:00:00</CreDtTm></GrpHdr><Stmt><Id>S1</Id>
            <Acct><Id><Othr><Id>{Account.Number}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>
            <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">0.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-01-01</Dt></Dt></Bal>
            <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">{Yuan(Enumerable.Range(1, entries).Sum(AmountMinor))}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-12-31</Dt></Dt></Bal>

            """);
        for (var i = 1; i <= entries; i++)
        {
            await text.WriteLineAsync($"""
                <Ntry><Amt Ccy="CNY">{Yuan(AmountMinor(i))}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2025-{1 + (i * 12L / (entries + 1)):D2}-{1 + (i % 28):D2}</Dt></BookgDt>
                <AcctSvcrRef>SVC{i:D12}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
                <NtryDtls><TxDtls><Refs><EndToEndId>E2E-{i:D12}</EndToEndId></Refs><Amt Ccy="CNY">{Yuan(AmountMinor(i))}</Amt>
                <RltdPties><Dbtr><Pty><Nm>上海第{i}技术有限公司</Nm><PstlAdr><TwnNm>上海</TwnNm><Ctry>CN</Ctry></PstlAdr></Pty></Dbtr><DbtrAcct><Id><Othr><Id>622200{i:D13}</Id></Othr></Id></DbtrAcct></RltdPties>
                <RltdAgts><DbtrAgt><FinInstnId><ClrSysMmbId><MmbId>102290000000</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt></RltdAgts>
                <RmtInf><Ustrd>许可费 第 {i} 期</Ustrd></RmtInf></TxDtls></NtryDtls><AddtlNtryInf>跨行转账收入</AddtlNtryInf></Ntry>
                """);
        }

        await text.WriteLineAsync("</Stmt></BkToCstmrStmt></Document>");
    }

    /// <summary>The most memory that this process holds while somebody looks.</summary>
    private sealed class PeakMemory : IDisposable
    {
        private readonly Timer timer;
        private long bytes;

        public PeakMemory() => timer = new Timer(_ => bytes = Math.Max(bytes, Environment.WorkingSet), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));

        public long Bytes() => bytes;

        public void Dispose() => timer.Dispose();
    }
}
