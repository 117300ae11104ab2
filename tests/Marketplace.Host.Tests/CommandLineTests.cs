using System.Data.Common;
using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using Marketplace.Application.Tests.Invariants;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Domain;
using Marketplace.Host.Composition;
using Marketplace.Journal;
using Marketplace.Storage.Sqlite;
using Marketplace.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>The command line as scripts and people meet it: exit codes, one sentence, rows by name.</summary>
public sealed partial class CommandLineTests : IDisposable
{
    private const string English = "en_US.UTF-8";
    private const string Chinese = "zh_CN.UTF-8";
    private const string Plain = "C";

    /// <summary>Converted, due a year later, and paid with something to spare.</summary>
    private static readonly AgreementStory Story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-03").Pay(150_000);

    private readonly string folder = Directory.CreateTempSubdirectory("marketplace-command-line-").FullName;

    private string File => Path.Combine(folder, "marketplace.db");

    private string OnFile => $"Data Source={File}";

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Help_speaks_both_languages_to_everybody_and_lists_the_exit_codes()
    {
        var help = await HostProgram.Run(folder, Plain, "--help");
        Assert.Equal(ExitCode.Ok, help.ExitCode);
        Assert.Empty(help.Error);
        Assert.Contains(help.Output, l => l.Contains("先使用后付费", StringComparison.Ordinal));
        Assert.Contains(help.Output, l => l.Contains("used first and paid for later", StringComparison.Ordinal));
        foreach (var word in new[] { "check", "--urls <URLS>", "--database <CONNECTION>", "--help, -h, -?", "--version" })
        {
            Assert.Contains($"  {word}", help.Output);
        }

        foreach (var (code, meaning) in ExitCode.All)
        {
            Assert.Contains($"  {code}", help.Output);
            Assert.Contains($"      {meaning.Zh}", help.Output);
            Assert.Contains($"      {meaning.En}", help.Output);
        }
    }

    [Fact]
    public async Task A_command_has_a_help_of_its_own()
    {
        var help = await HostProgram.Run(folder, Plain, "check", "--help");
        Assert.Equal(ExitCode.Ok, help.ExitCode);
        Assert.Contains("  --database <CONNECTION>", help.Output);
        Assert.DoesNotContain(help.Output, l => l.Contains("--urls", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        var version = await HostProgram.Run(folder, Plain, "--version");
        Assert.Equal(ExitCode.Ok, version.ExitCode);
        Assert.Matches(VersionLine(), Assert.Single(version.Output));
    }

    [Theory]
    [InlineData("--bogus", "--bogus")]
    [InlineData("chek", "chek")]
    [InlineData("check --bogus", "--bogus")]
    [InlineData("check --urls=http://localhost:1", "--urls")]
    [InlineData("check more", "more")]
    [InlineData("--database", "--database")]
    [InlineData("--Storage:ConnectionString", "--Storage:ConnectionString")]
    public async Task What_is_not_understood_is_said_in_both_languages(string typed, string named)
    {
        var ended = await HostProgram.Run(folder, Plain, typed.Split(' '));
        Assert.Equal(ExitCode.Usage, ended.ExitCode);
        Assert.Empty(ended.Output);
        Assert.Equal(2, ended.Error.Length);
        Assert.StartsWith("命令行无法理解", ended.Error[0], StringComparison.Ordinal);
        Assert.StartsWith("The command line was not understood", ended.Error[1], StringComparison.Ordinal);
        Assert.All(ended.Error, l => Assert.Contains(named, l, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public async Task A_sound_database_is_said_to_be_sound_invariant_by_invariant()
    {
        await WriteAgreement(OnFile);
        var check = await Check(OnFile);
        Assert.Equal(ExitCode.Ok, check.ExitCode);
        Assert.Equal(Invariant.Names.Count, check.Output.Count(l => SoundLine().IsMatch(l)));

        var inChinese = await HostProgram.Run(folder, Chinese, "check", "--database", OnFile);
        Assert.Contains("invariant 1 ok (每笔分录按币种平衡)", inChinese.Output);
    }

    [Fact]
    public async Task A_check_runs_beside_the_host_that_has_the_database_open()
    {
        await using var storage = new SqliteStorage(OnFile, TimeProvider.System);
        await storage.Open();
        await WriteAgreement(storage.Journal);
        Assert.Equal(ExitCode.Ok, (await Check(OnFile)).ExitCode);
    }

    [Fact]
    public async Task The_configuration_says_which_database_is_checked_when_the_command_does_not()
    {
        await WriteAgreement($"Data Source={Path.Combine(folder, "data", "marketplace.db")}");
        Assert.Equal(ExitCode.Ok, (await HostProgram.Run(folder, English, "check")).ExitCode);
    }

    [Fact]
    public async Task A_changed_posting_on_sqlite_is_named()
    {
        await WriteAgreement(OnFile);
        await Vandalise(new SqliteConnection(OnFile + ";Pooling=False"), "drop trigger postings_no_update; update postings set amount_minor = amount_minor + 1 where account = 'cash';");
        NamesThePosting(await Check(OnFile));
    }

    [Fact]
    public async Task A_changed_posting_on_postgres_is_named()
    {
        var cluster = await PostgresCluster.Shared;
        var database = await cluster.CreateDatabase();
        await WriteAgreement(database);
        await Vandalise(new NpgsqlConnection(database + ";Pooling=False"), "alter table postings disable trigger postings_append_only; update postings set amount_minor = amount_minor + 1 where account = 'cash';");
        NamesThePosting(await Check(database));
        await cluster.DropDatabase(database);
    }

    [Fact]
    public async Task A_missing_file_is_refused_and_not_made()
    {
        var check = await Check(OnFile);
        Assert.Equal(ExitCode.StorageRefused, check.ExitCode);
        Assert.Contains("does not exist", Assert.Single(check.Error), StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        await System.IO.File.WriteAllTextAsync(File, string.Join('\n', Enumerable.Repeat("这不是数据库", 1000)));
        var check = await Check(OnFile);
        Assert.Equal(ExitCode.StorageRefused, check.ExitCode);
        Assert.Contains("cannot be opened", Assert.Single(check.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("--urls=http://127.0.0.1:0")]
    public async Task A_newer_schema_is_refused(string command)
    {
        await WriteAgreement(OnFile);
        await Vandalise(new SqliteConnection(OnFile + ";Pooling=False"), "insert into schema_version values ('marketplace', 999, 0)");
        var ended = await HostProgram.Run(folder, English, command, "--database", OnFile);
        Assert.Equal(ExitCode.StorageRefused, ended.ExitCode);
        Assert.Contains("999", Assert.Single(ended.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("--urls=http://127.0.0.1:0")]
    public async Task A_server_that_nobody_runs_is_refused_at_once(string command)
    {
        var ended = await HostProgram.Run(folder, Chinese, command, "--database", "Host=127.0.0.1;Port=1;Database=marketplace;Username=marketplace;Password=secret");
        Assert.Equal(ExitCode.StorageRefused, ended.ExitCode);
        Assert.Contains("无法使用", Assert.Single(ended.Error), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", ended.Error[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_listens_where_it_is_told_and_ends_with_Ctrl_C()
    {
        using var process = HostProgram.Start(folder, English, "--urls", "http://127.0.0.1:0", "--database", OnFile);
        string? line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync(new CancellationTokenSource(TimeSpan.FromSeconds(120)).Token);
        }
        while (line is not null && !line.Contains("Now listening on: ", StringComparison.Ordinal));

        using var client = new HttpClient { BaseAddress = new Uri(line!.Split("Now listening on: ")[1]) };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/v1/catalog", UriKind.Relative))).StatusCode);
        Assert.True(System.IO.File.Exists(File));

        using var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(120)).Token);
        Assert.Equal(ExitCode.Ok, process.ExitCode);
        Assert.Empty(await process.StandardError.ReadToEndAsync());
    }

    [Fact]
    public async Task A_simulation_ends_with_Ctrl_C_in_good_order_and_leaves_a_sound_database()
    {
        using (var process = HostProgram.Start(folder, English, "simulate", "--agreements", "3", "--years", "20", "--database", OnFile))
        {
            var error = new char[1];
            await process.StandardError.ReadAsync(error, new CancellationTokenSource(TimeSpan.FromSeconds(120)).Token); // the first sign of progress
            using var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]);
            await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(120)).Token);
            Assert.Equal(ExitCode.Interrupted, process.ExitCode);
            Assert.Empty(await process.StandardOutput.ReadToEndAsync());
        }

        Assert.Equal(ExitCode.Ok, (await Check(OnFile)).ExitCode);
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+")]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"^invariant \d+ ok \(.+\)$")]
    private static partial Regex SoundLine();

    private static void NamesThePosting(Ended check)
    {
        var receipt = Story.Events.ToList().FindIndex(e => e is ReceiptRecorded) + 1;
        Assert.Equal(ExitCode.CheckFailed, check.ExitCode);
        Assert.Contains(check.Output, l => l.StartsWith($"invariant 3 BROKEN postings agreement/{Story.State.Id} version {receipt} entry 0 leg 0: ", StringComparison.Ordinal));
        Assert.Contains(check.Output, l => l.StartsWith("invariant 5 ok", StringComparison.Ordinal));
    }

    private Task<Ended> Check(string connectionString) => HostProgram.Run(folder, English, "check", "--database", connectionString);

    private static async Task WriteAgreement(string connectionString)
    {
        await using var storage = Engine.StorageOf(connectionString);
        await storage.Open();
        await WriteAgreement(storage.Journal);
    }

    private static async Task WriteAgreement(IJournal journal)
    {
        var scribe = new Scribe(journal);
        await scribe.WriteCatalog(Story.State.Terms);
        await scribe.WriteAgreement(Story.Told);
    }

    /// <summary>As somebody would who has the database and no scruples.</summary>
    private static async Task Vandalise(DbConnection connection, string sql)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }
}
