using System.Globalization;
using Marketplace.Domain;

namespace Marketplace.Host.CommandLine;

/// <summary>Help speaks both languages to everybody: a terminal rarely says whose it is.</summary>
internal static class Words
{
    /// <summary>The description of a command or an option: a line in Chinese, a line in English.</summary>
    public static string Both(string zh, string en) => $"{zh}\n{en}";

    /// <summary>What a command says while it works, in the language of the terminal.</summary>
    public static string InTongue(BilingualText text) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? text.Zh : text.En;
}
