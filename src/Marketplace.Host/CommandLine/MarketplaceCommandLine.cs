using System.CommandLine;
using System.CommandLine.Help;
using System.Data.Common;
using Marketplace.Application.Payments;
using Marketplace.Host.Composition;
using Marketplace.Host.Mail;
using Marketplace.Journal;
using Microsoft.AspNetCore.Connections;

namespace Marketplace.Host.CommandLine;

/// <summary>One program: without a command it serves the marketplace. Says what went wrong in one sentence, and in its exit code.</summary>
public static class MarketplaceCommandLine
{
    /// <summary>How long a command may take to end by itself after Ctrl-C.</summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(30);

    public static async Task<int> Run(string[] args)
    {
        var root = Root();
        var parsed = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            return Misunderstood(string.Join(' ', parsed.Errors.Select(e => e.Message)));
        }

        if (parsed.CommandResult.Command != root && parsed.UnmatchedTokens.Count > 0) // serving takes settings that are no options
        {
            return Misunderstood(parsed.UnmatchedTokens[0]);
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeToEnd });
        }
        catch (StorageRefusedException refused)
        {
            return Refuse(ExitCode.StorageRefused, refused.Zh, refused.En);
        }
        catch (PaymentSettingsException refused)
        {
            return Refuse(ExitCode.SettingRefused, refused.Zh, refused.Message);
        }
        catch (MailSettingsException refused)
        {
            return Refuse(ExitCode.SettingRefused, refused.Zh, refused.Message);
        }
        catch (Exception lost) when (lost is JournalUnavailableException or DbException)
        {
            return Refuse(ExitCode.StorageRefused, $"数据库不再应答：{lost.Message}", $"The database no longer answers: {lost.Message}");
        }
        catch (IOException bind) when (bind.InnerException is AddressInUseException)
        {
            return Refuse(ExitCode.AddressInUse, "监听地址已被占用，请用 --urls 指定其他地址。", "The address is in use; choose another with --urls.");
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    /// <summary>What was typed and meant nothing.</summary>
    internal static int Misunderstood(string what)
    {
        Console.Error.WriteLine($"命令行无法理解：{what.TrimEnd('.')}。用 --help 查看用法。");
        Console.Error.WriteLine($"The command line was not understood: {what.TrimEnd('.')}. See --help.");
        return ExitCode.Usage;
    }

    private static RootCommand Root()
    {
        RootCommand root = ServeCommand.Create();
        root.Options.Add(DatabaseOption.Instance);
        root.Subcommands.Add(CheckCommand.Create());
        root.Subcommands.Add(SimulateCommand.Create());
        root.Subcommands.Add(TemplatesCommand.Create());
        root.Subcommands.Add(QuoteCommand.Create());

        var help = root.Options.OfType<HelpOption>().Single();
        help.Description = Words.Both("显示帮助。", "Shows this help.");
        help.Action = new BilingualHelp();
        root.Options.OfType<VersionOption>().Single().Description = Words.Both("显示版本。", "Shows the version.");
        return root;
    }

    private static int Refuse(int exitCode, string zh, string en)
    {
        Console.Error.WriteLine(Words.InTongue(new(zh, en)));
        return exitCode;
    }
}
