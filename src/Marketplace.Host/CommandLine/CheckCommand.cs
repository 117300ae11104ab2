using System.CommandLine;
using System.Globalization;
using Marketplace.Application;
using Marketplace.Application.Files;
using Marketplace.Application.Invariants;
using Marketplace.Host.Composition;
using Marketplace.Journal;
using Marketplace.Payments.Sandbox;

namespace Marketplace.Host.CommandLine;

/// <summary>Verifies a whole database, also beside a running host: it only reads.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var command = new Command("check", Words.Both(
            "核对数据库的哈希链、账目、文件与全部不变量，指明有问题的行。只读，可与运行中的服务并行。",
            "Verifies hash chains, books, files and all invariants of a database, and names the rows that are broken. Only reads; may run beside a host."));
        command.SetAction(Check);
        return command;
    }

    private static async Task<int> Check(ParseResult parsed, CancellationToken cancel)
    {
        var database = DatabaseOption.Of(parsed);
        await using var services = new ServiceCollection().AddMarketplaceCheck().AddSandboxCheck()
            .AddSingleton(_ => Engine.FilesOf(database, Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder().Configuration)).BuildServiceProvider();
        await using var storage = Engine.StorageOf(database);
        await storage.Open(StorageMode.ReadOnly, cancel);
        var check = services.GetRequiredService<MarketplaceCheck>();
        var summary = await CheckSummary.Of(check.Run(storage.Audit, cancel: cancel), cancel);
        foreach (var line in summary.Lines(CultureInfo.CurrentUICulture))
        {
            Console.WriteLine(line);
        }

        return summary.IsSound ? ExitCode.Ok : ExitCode.CheckFailed;
    }
}
