namespace Marketplace.Host.CommandLine;

/// <summary>Help speaks both languages to everybody: a terminal rarely says whose it is.</summary>
internal static class Words
{
    /// <summary>The description of a command or an option: a line in Chinese, a line in English.</summary>
    public static string Both(string zh, string en) => $"{zh}\n{en}";
}
