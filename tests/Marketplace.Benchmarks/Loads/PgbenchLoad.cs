using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Marketplace.Benchmarks.Loads;

/// <summary>One transaction per command, as nearly every program does it: PostgreSQL's own load generator with prepared statements.</summary>
internal sealed class PgbenchLoad : ILoad
{
    private const int Clients = 16;

    private const string Stream = ":prefix || :client_id || '/' || :account";

    private const string ChargedEvent =
        $"({Stream}, :version, :charged_type, :charged, gen_random_uuid(), 0, :last, :hash, :actor, now(), :hash, :hash)";

    private const string RemindedEvent =
        $"({Stream}, :last, :reminded_type, :reminded, gen_random_uuid(), 1, :last, :hash, :actor, now(), :hash, :hash)";

    private readonly NpgsqlConnectionStringBuilder database;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("marketplace-pgbench-");
    private readonly string pgbench;
    private int runs;

    /// <param name="connectionString">A database with the journal's tables, without a password.</param>
    public PgbenchLoad(string connectionString)
    {
        database = new NpgsqlConnectionStringBuilder(connectionString);
        pgbench = Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin", "pgbench")).Where(File.Exists).Order().Last();
        File.WriteAllText(ScriptOf(1), Script(1, ChargedEvent));
        File.WriteAllText(ScriptOf(2), Script(2, $"{ChargedEvent}, {RemindedEvent}"));
    }

    public string Name => $"pgbench, a transaction per command, {Clients} clients";

    public async Task<double> Run(TimeSpan duration)
    {
        Dictionary<string, string> variables = new()
        {
            ["prefix"] = string.Create(CultureInfo.InvariantCulture, $"pgbench/{++runs}/"),
            ["version"] = "1",
            ["charged"] = Sample.Charged,
            ["charged_type"] = Sample.ChargedType,
            ["reminded"] = Sample.Reminded,
            ["reminded_type"] = Sample.RemindedType,
            ["actor"] = Sample.Actor,
            ["hash"] = $"\\x{Convert.ToHexStringLower(Sample.Hash)}",
        };
        string[] arguments =
        [
            "-h", database.Host!, "-p", database.Port.ToString(CultureInfo.InvariantCulture), "-U", database.Username!,
            "-n", "-M", "prepared", "-c", $"{Clients}", "-j", "2", "-T", $"{Math.Max(1, (int)duration.TotalSeconds)}",
            "-f", ScriptOf(1), "-f", ScriptOf(2), .. variables.SelectMany(v => new[] { "-D", $"{v.Key}={v.Value}" }), database.Database!,
        ];
        using var process = Process.Start(new ProcessStartInfo(pgbench, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? double.Parse(output.Split("tps = ")[1].Split(' ')[0], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench failed: {await errors}");
    }

    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private string ScriptOf(int events) => Path.Combine(folder.FullName, $"{events}.sql");

    // Every client has streams of its own, and no version comes twice.
    private static string Script(int events, string rows) => $"""
        \set account random(1, 256)
        \set version :version + 2
        \set last :version + {events - 1}
        begin;
        insert into events (stream, version, type, body, command_id, command_ordinal, command_last_version, request_hash, actor, recorded_at_utc, previous_hash, hash) values {rows};
        insert into postings (stream, version, entry, leg, account, currency, amount_minor, balance_after_minor) values ({Stream}, :version, 0, 0, 'receivable.principal', 'CNY', 12345, 12345), ({Stream}, :version, 0, 1, 'lab.uncollected', 'CNY', -12345, -12345);
        insert into charged_accounts (account, kind, status, due_on, currency, charges, owed_minor) values ({Stream}, 'royalty', 'due', '2026-09-30', 'CNY', 1, 12345) on conflict (account) do update set kind = excluded.kind, status = excluded.status, due_on = excluded.due_on, currency = excluded.currency, charges = excluded.charges, owed_minor = excluded.owed_minor;
        commit;

        """;
}
