using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Marketplace.Application.Door;
using Marketplace.Application.Invariants;
using Marketplace.Application.Json;
using Marketplace.Host.Composition;
using Marketplace.Host.Simulation;
using Marketplace.Journal;
using Microsoft.Extensions.Hosting;

namespace Marketplace.Host.CommandLine;

/// <summary>Plays years of a portfolio in a minute. Cut off, it is taken up where it stopped by the same command on the same database.</summary>
internal static class SimulateCommand
{
    private static readonly Option<int> Agreements = Whole("--agreements", 200, 1, 100_000, Words.Both("合同数量（默认200）。", "Number of agreements (200 by default)."));

    private static readonly Option<int> Years = Whole("--years", 3, 1, 20, Words.Both("虚拟年数（默认3）。", "Years of virtual time (3 by default)."));

    private static readonly Option<long> Seed = new("--seed")
    {
        HelpName = "N",
        DefaultValueFactory = _ => 7,
        Description = Words.Both("随机种子：同一种子在任何数据库上结果相同。", "Seed: the same one ends the same on any database."),
    };

    private static readonly Option<FileInfo?> Json = new("--json")
    {
        HelpName = "FILE",
        Description = Words.Both("同时把结果写入 JSON 文件。", "Writes the result to a JSON file as well."),
    };

    public static Command Create()
    {
        var command = new Command("simulate", Words.Both(
            "在虚拟时间里用真实引擎演练一批合同：付款有早有晚有拖欠，有退回有争议。不指定数据库时使用临时文件；中断后重跑同一命令即可续演。",
            "Plays a portfolio through the real engine in virtual time: paid early, late, in parts, never; returned, disputed. On a temporary file unless a database is named; cut off, the same command goes on."))
        {
            Agreements,
            Years,
            Seed,
            Json,
        };
        command.SetAction(Simulate);
        return command;
    }

    private static async Task<int> Simulate(ParseResult parsed, CancellationToken cancel)
    {
        var settings = new SimulationSettings(parsed.GetValue(Agreements), parsed.GetValue(Years), parsed.GetValue(Seed));
        if (parsed.GetValue(DatabaseOption.Instance) is { } database)
        {
            return await Simulate(settings, database, parsed.GetValue(Json), cancel);
        }

        var folder = Directory.CreateTempSubdirectory("marketplace-simulation-");
        try
        {
            return await Simulate(settings, $"Data Source={Path.Combine(folder.FullName, "simulation.db")}", parsed.GetValue(Json), cancel);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> Simulate(SimulationSettings settings, string database, FileInfo? json, CancellationToken cancel)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Configuration[Engine.SandboxSwitch] = "true"; // whatever the database: no money moves in a simulation
        builder.Logging.SetMinimumLevel(LogLevel.Error); // lost answers of the sandbox and a busy machine are no news here
        builder.AddMarketplaceEngine(database);
        using var host = builder.Build();
        return await host.WhileEngineRuns(() => Play(host, settings, json, cancel), cancel);
    }

    private static async Task<int> Play(IHost host, SimulationSettings settings, FileInfo? json, CancellationToken cancel)
    {
        var progress = new ProgressBar(Console.Error, !Console.IsErrorRedirected);
        var run = ActivatorUtilities.CreateInstance<SimulationRun>(host.Services, settings);
        var outcome = await run.Play(progress.Show, cancel);
        progress.End();

        var storage = host.Services.GetRequiredService<IStorage>();
        var check = await CheckSummary.Of(host.Services.GetRequiredService<MarketplaceCheck>().Run(storage.Audit, cancel: cancel), cancel);
        var report = await SimulationReport.Of(settings, outcome, check, host.Services.GetRequiredService<MarketplaceDoor>(), storage, cancel);
        if (json is not null)
        {
            await File.WriteAllBytesAsync(json.FullName, CanonicalJson.Bytes(report), cancel);
        }

        foreach (var line in report.Lines(check))
        {
            Console.WriteLine(line);
        }

        return check.IsSound ? ExitCode.Ok : ExitCode.CheckFailed;
    }

    private static Option<int> Whole(string name, int usual, int least, int most, string description)
    {
        var option = new Option<int>(name) { HelpName = "N", DefaultValueFactory = _ => usual, Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
            {
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name}: {least}–{most}."));
            }
        });
        return option;
    }
}
