using System.CommandLine;
using Marketplace.Documents.Templates;
using Marketplace.Domain;
using Marketplace.Host.Composition;

namespace Marketplace.Host.CommandLine;

/// <summary>Contract templates, for whoever writes them.</summary>
internal static class TemplatesCommand
{
    private const string DefaultRoot = "contracts-templates";

    private static readonly Option<DirectoryInfo> Root = new("--root")
    {
        HelpName = "FOLDER",
        Description = Words.Both(
            $"模板所在文件夹。默认当前文件夹下的 {DefaultRoot}；没有则核对程序自带的模板。",
            $"Folder of the templates. By default {DefaultRoot} in the current one; without it, those that come with the program."),
    };

    public static Command Create()
    {
        var check = new Command("check", Words.Both(
            "逐项核对模板：参数、两种语言的条款、付款方案、必备条款，以及已发布版本未被更改。",
            "Proves templates: parameters, clauses in both languages, the payment plan, clauses that must be there, and that no published version changed."))
        {
            Root,
        };
        check.SetAction(Check);
        var hash = new Command("hash", Words.Both(
            $"列出各模板的版本与哈希，即 {PublishedVersions.FileName} 的格式。", $"Lists versions and hashes, as {PublishedVersions.FileName} has them."))
        {
            Root,
        };
        hash.SetAction(Hash);
        return new Command("templates", Words.Both("合同模板。", "Contract templates.")) { check, hash };
    }

    private static int Check(ParseResult parsed)
    {
        if (Sources(parsed) is not var (sources, published) || sources.Count == 0)
        {
            return MarketplaceCommandLine.Misunderstood("--root");
        }

        var isSound = true;
        foreach (var source in sources)
        {
            var problems = TemplateLint.Check(source, published);
            foreach (var problem in problems)
            {
                Console.WriteLine($"{problem.File}:{problem.Line}: {Words.InTongue(problem.Reason)}");
            }

            if (problems.Count == 0)
            {
                Console.WriteLine($"{source.Folder}: {Words.InTongue(new("正常。", "ok."))}");
            }

            isSound &= problems.Count == 0;
        }

        return isSound ? ExitCode.Ok : ExitCode.CheckFailed;
    }

    private static int Hash(ParseResult parsed)
    {
        if (Sources(parsed) is not var (sources, _) || sources.Count == 0)
        {
            return MarketplaceCommandLine.Misunderstood("--root");
        }

        foreach (var line in sources.Select(TemplateLint.PublishedLine).OfType<string>())
        {
            Console.WriteLine(line);
        }

        return ExitCode.Ok;
    }

    private static (IReadOnlyList<TemplateSource> Sources, PublishedVersions Published)? Sources(ParseResult parsed)
    {
        var root = parsed.GetValue(Root)?.FullName ?? (Directory.Exists(DefaultRoot) ? DefaultRoot : null);
        if (root is null)
        {
            return (TemplateSource.Embedded(), new PublishedVersions(TemplateSource.EmbeddedPublished()));
        }

        if (!Directory.Exists(root))
        {
            return null;
        }

        var list = Path.Combine(root, PublishedVersions.FileName);
        return (TemplateSource.Below(root), new PublishedVersions(File.Exists(list) ? File.ReadAllText(list) : ""));
    }
}
