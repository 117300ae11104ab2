using System.CommandLine;
using Marketplace.Host.Composition;

namespace Marketplace.Host.CommandLine;

/// <summary>Which database: the option, else the configuration (<c>Storage:ConnectionString</c>), else the embedded one.</summary>
internal static class DatabaseOption
{
    public const string ConfigurationKey = "Storage:ConnectionString";

    public static readonly Option<string> Instance = new("--database")
    {
        HelpName = "CONNECTION",
        Recursive = true,
        Description = Words.Both(
            $"数据库的 ADO.NET 连接字符串：Data Source=文件（SQLite）或 Host=…（PostgreSQL）。默认取配置项 {ConfigurationKey}，否则为 {Engine.DefaultConnectionString}。",
            $"ADO.NET connection string: Data Source=FILE (SQLite) or Host=… (PostgreSQL). By default what the configuration says at {ConfigurationKey}, else {Engine.DefaultConnectionString}."),
    };

    /// <summary>For commands that run without a host: they look where the host looks.</summary>
    public static string Of(ParseResult parsed) =>
        parsed.GetValue(Instance)
        ?? Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder().Configuration[ConfigurationKey]
        ?? Engine.DefaultConnectionString;
}
