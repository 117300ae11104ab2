using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Marketplace.Application.Door;
using Marketplace.Application.Exports;
using Marketplace.Application.Files;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using Marketplace.Journal;
using Marketplace.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketplace.Host.Tests.Exports;

public sealed class Exports_on_sqlite() : MakeExportsTests(() => Task.FromResult($"Data Source={Path.Combine(Directory.CreateTempSubdirectory("marketplace-exports-").FullName, "market.db")}"));

public sealed class Exports_on_postgres() : MakeExportsTests(async () => await (await PostgresCluster.Shared).CreateDatabase());

/// <summary>
/// The file of a month on each database: made once, by one, whole or not at all, whoever is killed, comes second, or does not want it any more.
/// </summary>
public abstract class MakeExportsTests(Func<Task<string>> create) : IAsyncLifetime, ICyclePapers
{
    private static readonly Principal Administrator = Principal.Whole(ActorRole.Administrator, null, "zhang");
    private static readonly DateTimeOffset Start = new(2026, 11, 29, 2, 0, 0, TimeSpan.Zero);

    private readonly SettableTime time = new(TimeProvider.System);
    private readonly string folder = Directory.CreateTempSubdirectory("marketplace-export-files-").FullName;
    private string connectionString = "";
    private RunningHost host = null!;
    private Func<CyclePackage, CancellationToken, Task> write = (package, cancel) => package.Add("a.csv", to => to.WriteAsync("a\r\n"u8.ToArray(), cancel).AsTask(), cancel);
    private int written;

    private ExportShelf Shelf => host.App.Services.GetRequiredService<ExportShelf>();

    private IFileStore Files => host.App.Services.GetRequiredService<IFileStore>();

    private MarketplaceDoor Door => host.App.Services.GetRequiredService<MarketplaceDoor>();

    public async ValueTask InitializeAsync()
    {
        time.StandAt(Start);
        connectionString = await create();
        host = RunningHost.With(
            builder => builder.Services
                .AddSingleton<ICyclePapers>(this)
                .AddSingleton(p => new ExportShelf(p.GetRequiredService<IDbContextFactory<ExportsDatabase>>(), time)),
            connectionString, $"--Files:Folder={folder}");
        await host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        if (StorageKinds.Of(connectionString) == StorageKind.Postgres)
        {
            await (await PostgresCluster.Shared).DropDatabase(connectionString);
        }
        else
        {
            Directory.Delete(Path.GetDirectoryName(connectionString["Data Source=".Length..])!, recursive: true);
        }
    }

    public IReadOnlyList<CyclePart> PartsOf(CycleOrder order) =>
    [
        new CyclePart(async (package, cancel) =>
        {
            Interlocked.Increment(ref written);
            await write(package, cancel);
        }),
    ];

    [Fact]
    public async Task What_is_asked_for_twice_at_once_is_one()
    {
        var asked = new StartExport(Guid.NewGuid(), Month);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Door.Send(Administrator, asked)));
        Assert.Single(answers.Cast<Accepted>().Select(a => a.Id).Distinct());
        Assert.Single((await Door.Ask(Administrator, new ListExports())).Value.Items);
        Assert.Equal(Refusals.CommandIdReused.Code, ((Refused)await Door.Send(Administrator, asked with { Format = SheetFormat.Csv })).Refusal.Code);
    }

    [Fact]
    public async Task Hosts_that_begin_at_once_make_each_one_once()
    {
        var asked = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Ask()));
        var gate = new TaskCompletionSource();
        write = async (package, cancel) =>
        {
            gate.TrySetResult();
            await package.Add("a.csv", to => to.WriteAsync("a"u8.ToArray(), cancel).AsTask(), cancel);
        };
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => NewMaker().Run())));
        Assert.Equal(5, written);
        Assert.All(await Task.WhenAll(asked.Select(Card)), c => Assert.Equal((ExportState.Finished, 1, 1), (c.State, c.Step, c.Steps)));
        Assert.Equal(5, (await Task.WhenAll(asked.Select(Card))).Select(c => c.Sha256).Distinct().Count()); // each says which one it is
    }

    [Fact]
    public async Task Whoever_was_killed_leaves_nothing_and_another_takes_it_up()
    {
        var export = await Ask();
        var killed = await Shelf.Take("killed", CancellationToken.None); // and never heard of again
        await NewMaker().Run();
        Assert.Equal(ExportState.Running, (await Card(export)).State); // the lease holds: it may be at work

        time.StandAt(Start + ExportShelf.Lease + TimeSpan.FromSeconds(1));
        await NewMaker().Run();
        var card = await Card(export);
        Assert.Equal(ExportState.Finished, card.State);

        // Should it come back from the dead, its word counts for nothing.
        Assert.False(await Shelf.Progress(killed!, 1, 1, 1, CancellationToken.None));
        Assert.False(await Shelf.Finish(killed!, new string('0', 64), 1, 1, CancellationToken.None));
        Assert.False(await Shelf.Fail(killed!, "late", CancellationToken.None));
        Assert.Equal(card, await Card(export));
    }

    [Fact]
    public async Task One_whose_makers_all_fall_silent_is_said_to_have_failed()
    {
        var export = await Ask();
        for (var i = 1; i <= ExportShelf.MostAttempts; i++)
        {
            Assert.Equal(i, (await Shelf.Take($"killed {i}", CancellationToken.None))!.Attempts);
            time.StandAt(Start + (ExportShelf.Lease + TimeSpan.FromSeconds(1)) * i);
        }

        await NewMaker().Run();
        Assert.Equal((ExportState.Failed, null), ((await Card(export)).State, (await Card(export)).Sha256));
        Assert.Equal(0, written);
    }

    [Fact]
    public async Task What_fails_is_tried_again_and_given_up_and_no_file_is_left()
    {
        var export = await Ask();
        write = async (package, cancel) =>
        {
            await package.Add("half.csv", to => to.WriteAsync(RandomNumberGenerator.GetBytes(500_000), cancel).AsTask(), cancel);
            throw new InvalidOperationException("no more");
        };
        await NewMaker().Run();
        Assert.Equal((ExportState.Failed, ExportShelf.MostAttempts), ((await Card(export)).State, written));
        Assert.Empty(KeptFiles());
        Assert.True((await Door.Ask(Administrator, new GetExportFile(export))).IsRefused);
    }

    [Fact]
    public async Task One_that_is_ended_while_it_is_made_leaves_no_file()
    {
        var export = await Ask();
        write = async (package, cancel) =>
        {
            await package.Add("half.csv", to => to.WriteAsync(RandomNumberGenerator.GetBytes(500_000), cancel).AsTask(), cancel);
            Assert.IsType<Accepted>(await Door.Send(Administrator, new EndExport(Guid.NewGuid(), export), cancel));
        };
        await NewMaker().Run();
        Assert.Equal(ExportState.Ended, (await Card(export)).State);
        Assert.Empty(KeptFiles());
        Assert.IsType<Accepted>(await Door.Send(Administrator, new EndExport(Guid.NewGuid(), export))); // ended is ended
    }

    [Fact]
    public async Task A_host_that_stops_gives_back_what_it_was_making()
    {
        var export = await Ask();
        using var stopping = new CancellationTokenSource();
        write = async (_, cancel) =>
        {
            await stopping.CancelAsync();
            cancel.ThrowIfCancellationRequested();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NewMaker().Run(stopping.Token));
        Assert.Equal(ExportState.Waiting, (await Card(export)).State);

        write = (package, cancel) => package.Add("a.csv", to => to.WriteAsync("a"u8.ToArray(), cancel).AsTask(), cancel);
        await NewMaker().Run();
        Assert.Equal(ExportState.Finished, (await Card(export)).State);
        Assert.Equal(1, (await Shelf.Find(export, CancellationToken.None))!.Attempts); // stopping in good order is no failure
    }

    [Fact]
    public async Task The_manifest_names_every_file_with_its_hash_and_where_the_journal_stood()
    {
        write = async (package, cancel) =>
        {
            await package.Add("a.csv", to => to.WriteAsync("甲\r\n"u8.ToArray(), cancel).AsTask(), cancel);
            await package.Add("folder/b.bin", to => to.WriteAsync(RandomNumberGenerator.GetBytes(300_000), cancel).AsTask(), cancel);
            await package.Count(7, cancel);
        };
        await host.Register();
        var last = (await host.App.Services.GetRequiredService<IJournal>().LastPlace())!;
        var export = await Ask();
        await NewMaker().Run();
        using var zip = new ZipArchive((await Door.Ask(Administrator, new GetExportFile(export))).Value.Content);
        var manifest = JsonNode.Parse(zip.GetEntry("manifest.json")!.Open())!;
        Assert.Equal(
            (export.Value, 1, Month.Value, last.Position.Epoch, last.Position.Offset, Convert.ToHexStringLower(last.Hash.Span)),
            ((string?)manifest["export"], (int)manifest["attempt"]!, (string?)manifest["month"], (long)manifest["epoch"]!, (long)manifest["offset"]!, (string?)manifest["headSha256"]));
        Assert.Equal(["a.csv", "folder/b.bin"], manifest["files"]!.AsArray().Select(f => (string?)f!["file"]));
        foreach (var file in manifest["files"]!.AsArray())
        {
            using var content = new MemoryStream();
            await zip.GetEntry((string)file!["file"]!)!.Open().CopyToAsync(content);
            Assert.Equal(((long)file["bytes"]!, (string)file["sha256"]!), (content.Length, Convert.ToHexStringLower(SHA256.HashData(content.ToArray()))));
        }

        // The file is what the row says, and whoever took it is written down.
        var view = (await Door.Ask(Administrator, new GetExport(export))).Value;
        Assert.Equal(FileCondition.Sound, await Files.Look(view.Card.Sha256!));
        Assert.Equal(["Administrator:zhang"], view.Downloads.Select(d => d.TakenBy));
    }

    [Fact]
    public async Task A_file_is_kept_for_its_time_and_then_taken_away()
    {
        var export = await Ask();
        await NewMaker().Run();
        var sha256 = (await Card(export)).Sha256!;
        time.StandAt(Start + ExportShelf.KeptFor);
        await NewMaker().Expire();
        Assert.Equal(FileCondition.Sound, await Files.Look(sha256));

        time.StandAt(Start + ExportShelf.KeptFor + TimeSpan.FromSeconds(1));
        await NewMaker().Expire();
        Assert.Equal((ExportState.Expired, FileCondition.Missing), ((await Card(export)).State, await Files.Look(sha256)));
        Assert.Equal("not-found", (await Door.Ask(Administrator, new GetExportFile(export))).Refusal?.Code);
        await NewMaker().Expire();
    }

    [Fact]
    public async Task Only_ones_own_are_there_and_an_organisation_asks_its_finance()
    {
        var organisation = OrganisationId.Wrap(await host.Register());
        var finance = new Principal(ActorRole.Lab, organisation, "li", Duty.Finance, IsProven: false);
        var auditor = new Principal(ActorRole.Administrator, null, "audit", Duty.Read, IsProven: false);
        var (own, platform) = (await Ask(finance), await Ask(auditor));
        await NewMaker().Run();
        foreach (var (export, by) in new[] { (own, auditor), (own, Administrator), (platform, finance), (own, finance with { Organisation = OrganisationId.Wrap("org_" + new string('0', 26)) }) })
        {
            Assert.Equal("not-found", (await Door.Ask(by, new GetExport(export))).Refusal?.Code);
            Assert.Equal("not-found", (await Door.Ask(by, new GetExportFile(export))).Refusal?.Code);
            Assert.Equal("not-found", ((Refused)await Door.Send(by, new EndExport(Guid.NewGuid(), export))).Refusal.Code);
            Assert.DoesNotContain((await Door.Ask(by, new ListExports())).Value.Items, c => c.Export == export);
        }

        var reader = finance with { Duties = Duty.Read | Duty.Negotiate | Duty.Sign };
        Assert.Equal("duty-missing", (await Door.Ask(reader, new ListExports())).Refusal?.Code);
        Assert.Equal("duty-missing", (await Door.Ask(reader, new GetExportFile(own))).Refusal?.Code);
        Assert.Equal("duty-missing", ((Refused)await Door.Send(reader, new StartExport(Guid.NewGuid(), Month))).Refusal.Code);
        Assert.Equal("role-not-allowed", ((Refused)await Door.Send(Principal.Whole(ActorRole.Guarantor, organisation, "bao"), new StartExport(Guid.NewGuid(), Month))).Refusal.Code);
        Assert.False((await Door.Ask(finance with { Person = "a colleague" }, new GetExportFile(own))).IsRefused);
    }

    [Fact]
    public async Task Nobody_has_more_than_a_few_under_way()
    {
        for (var i = 0; i < 5; i++)
        {
            await Ask();
        }

        Assert.Equal("exports-too-many", ((Refused)await Door.Send(Administrator, new StartExport(Guid.NewGuid(), Month))).Refusal.Code);
        await NewMaker().Run();
        await Ask();
    }

    [Fact]
    public async Task Lists_go_on_where_the_page_before_ended()
    {
        var asked = new List<ExportId>();
        for (var i = 0; i < 5; i++)
        {
            time.StandAt(Start.AddMicroseconds(i / 2)); // some at the same instant
            asked.Add(await Ask());
        }

        var (seen, after) = (new List<ExportId>(), (string?)null);
        do
        {
            var page = (await Door.Ask(Administrator, new ListExports(after, Limit: 2))).Value;
            seen.AddRange(page.Items.Select(c => c.Export));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(asked.Select(e => e.Value).Order(), seen.Select(e => e.Value).Order());
        Assert.Equal(asked[^1], seen[0]);
    }

    private LedgerMonth Month => LedgerMonth.Of(host.App.Services.GetRequiredService<MarketplaceClock>().NowUtc);

    private string[] KeptFiles() => Directory.GetFiles(folder, "*", SearchOption.AllDirectories);

    /// <summary>As on a host of its own.</summary>
    private MakeExports NewMaker() => new(Shelf, this, Files, host.App.Services.GetRequiredService<IJournal>(), time, NullLogger<MakeExports>.Instance);

    private Task<ExportId> Ask() => Ask(Administrator);

    private async Task<ExportId> Ask(Principal by) => ExportId.Wrap(((Accepted)await Door.Send(by, new StartExport(Guid.NewGuid(), Month))).Id);

    private async Task<ExportCard> Card(ExportId export) => (await Door.Ask(Administrator, new GetExport(export))).Value.Card;
}
