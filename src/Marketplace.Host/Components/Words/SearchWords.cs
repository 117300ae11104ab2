using System.Globalization;
using Marketplace.Application.Licensing;
using Marketplace.Application.Notices;
using Marketplace.Domain;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketplace.Host.Components.Words;

/// <summary>A saved search as an address of the catalog, and in words.</summary>
public static class SearchWords
{
    /// <returns>Local: what the catalog's own form would lead to.</returns>
    public static string AddressOf(SearchedFor asked) => QueryHelpers.AddQueryString(
        "/",
        new[] { KeyValuePair.Create("text", asked.Text) }.Where(p => p.Value is not null)
            .Concat(All("field", asked.Field)).Concat(asked.Readiness.Select(l => KeyValuePair.Create("readiness", (string?)l.ToString(CultureInfo.InvariantCulture))))
            .Concat(All("licence", asked.Licence)).Concat(All("payment", asked.Payment)).Concat(All("trial", asked.Trial)).Concat(All("right", asked.Right ?? [])).Concat(All("cover", asked.Cover ?? [])).Concat(All("region", asked.Region)));

    /// <summary>All that is asked for; everything, where nothing is.</summary>
    public static string Of(Reader r, SearchedFor asked)
    {
        BilingualText[] choices =
        [
            .. asked.Field.Select(Names.Of), .. asked.Readiness.Select(Names.OfReadiness), .. asked.Licence.Select(Names.Of), .. asked.Payment.Select(Names.Of), .. asked.Trial.Select(Names.Of),
            .. (asked.Right ?? []).Select(Names.Of), .. (asked.Cover ?? []).Select(Names.Of),
            .. asked.Region.Select(Names.OfProvince),
        ];
        string[] parts = [.. asked.Text is { } text ? [r.T($"“{text}”", $"“{text}”")] : Array.Empty<string>(), .. choices.Select(r.T)];
        return parts.Length == 0 ? r.T("全部成果", "All results") : string.Join(r.T("、", ", "), parts);
    }

    private static IEnumerable<KeyValuePair<string, string?>> All<T>(string key, IEnumerable<T> values) => values.Select(v => KeyValuePair.Create(key, v!.ToString()));
}
