using System.CommandLine;
using System.CommandLine.Invocation;
using Marketplace.Host.Composition;

namespace Marketplace.Host.CommandLine;

/// <summary>Writes the help of a command, each text in Chinese and then in English.</summary>
internal sealed class BilingualHelp : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, parseResult.RootCommandResult.Command, parseResult.InvocationConfiguration.Output);
        return ExitCode.Ok;
    }

    private static void Write(Command command, Command root, TextWriter output)
    {
        WriteText(command.Description, "", output);
        output.WriteLine();
        output.WriteLine("用法 Usage:");
        var name = command == root ? root.Name : $"{root.Name} {command.Name}";
        output.WriteLine($"  {name} [options]");
        foreach (var subcommand in command.Subcommands)
        {
            output.WriteLine($"  {name} {subcommand.Name} [options]");
        }

        if (command.Subcommands.Count > 0)
        {
            output.WriteLine();
            output.WriteLine("命令 Commands:");
            foreach (var subcommand in command.Subcommands)
            {
                WriteItem(subcommand.Name, subcommand.Description, output);
            }
        }

        output.WriteLine();
        output.WriteLine("选项 Options:");
        foreach (var option in command.Options.Concat(command == root ? [] : root.Options.Where(o => o.Recursive)).Where(o => !o.Hidden))
        {
            var names = string.Join(", ", option.Aliases.Where(a => a.StartsWith('-')).Prepend(option.Name));
            WriteItem(option.HelpName is { } value ? $"{names} <{value}>" : names, option.Description, output);
        }

        output.WriteLine();
        output.WriteLine("退出码 Exit codes:");
        foreach (var (code, meaning) in ExitCode.All)
        {
            WriteItem($"{code}", Words.Both(meaning.Zh, meaning.En), output);
        }
    }

    private static void WriteItem(string item, string? text, TextWriter output)
    {
        output.WriteLine($"  {item}");
        WriteText(text, "      ", output);
    }

    private static void WriteText(string? text, string indent, TextWriter output)
    {
        foreach (var line in text?.Split('\n') ?? [])
        {
            output.WriteLine(indent + line);
        }
    }
}
