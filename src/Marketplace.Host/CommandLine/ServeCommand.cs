using System.CommandLine;
using Marketplace.Host.Composition;

namespace Marketplace.Host.CommandLine;

/// <summary>What the program does without a command: it serves the marketplace until it is told to end.</summary>
internal static class ServeCommand
{
    private static readonly Option<string> Urls = new("--urls")
    {
        HelpName = "URLS",
        Description = Words.Both(
            $"监听地址，多个用分号分隔；也可用环境变量 ASPNETCORE_URLS。默认 {MarketplaceHost.DefaultUrl}。",
            $"Addresses to listen on, separated by semicolons; ASPNETCORE_URLS does the same. By default {MarketplaceHost.DefaultUrl}."),
    };

    private static readonly Option<string> Environment = new("--environment")
    {
        HelpName = "NAME",
        Description = Words.Both("运行环境:Production(默认)或 Development。", "Production (the default) or Development."),
    };

    public static RootCommand Create()
    {
        var root = new RootCommand(Words.Both(
            "技术成果“先使用后付费”交易平台。不带命令即启动服务；任何配置项都可写作 --节:项=值。",
            "The marketplace for technology that is used first and paid for later. Without a command it serves; any setting may be given as --Section:Key=value."))
        {
            Urls,
            Environment,
        };
        root.TreatUnmatchedTokensAsErrors = false; // settings are no options that could be listed here
        root.SetAction(Serve);
        return root;
    }

    private static async Task<int> Serve(ParseResult parsed, CancellationToken cancel)
    {
        if (FirstThatIsNoSetting(parsed.UnmatchedTokens) is { } stranger)
        {
            return MarketplaceCommandLine.Misunderstood(stranger);
        }

        await using var app = MarketplaceHost.Build(
        [
            .. parsed.UnmatchedTokens,
            .. Setting("urls", parsed.GetValue(Urls)),
            .. Setting("environment", parsed.GetValue(Environment)),
            .. Setting(DatabaseOption.ConfigurationKey, parsed.GetValue(DatabaseOption.Instance)),
        ]);
        return await app.WhileEngineRuns(
            async () =>
            {
                await app.UntilShutdown(cancel);
                return ExitCode.Ok;
            },
            cancel);
    }

    private static string[] Setting(string key, string? value) => value is null ? [] : [$"--{key}={value}"];

    /// <summary>Settings have a colon in their key, and their value behind an equals sign or as the next word.</summary>
    private static string? FirstThatIsNoSetting(IReadOnlyList<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var key = words[i].Split('=')[0];
            if (!key.StartsWith("--", StringComparison.Ordinal) || !key.Contains(':', StringComparison.Ordinal))
            {
                return words[i];
            }

            if (key == words[i] && ++i == words.Count)
            {
                return key; // its value is missing
            }
        }

        return null;
    }
}
