using Microsoft.AspNetCore.WebUtilities;

namespace Marketplace.Host.Components;

/// <summary>An address inside this site.</summary>
public sealed record LocalAddress(PathString Path, IQueryCollection Query)
{
    /// <summary>Where to go back to: an address of this site, else home. Never another site.</summary>
    public static string OrHome(string? address) =>
        address is ['/'] || address is ['/', not ('/' or '\\'), ..] && !address.Any(char.IsControl) ? address : "/";

    /// <summary>The same page with one parameter of its query set, or taken out when the value is null.</summary>
    public string With(string key, string? value)
    {
        var others = Query.Where(q => q.Key != key).SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v));
        return QueryHelpers.AddQueryString(Path.ToUriComponent(), value is null ? others : [.. others, KeyValuePair.Create(key, (string?)value)]);
    }

    /// <summary>The same page without one value of a parameter, from its beginning.</summary>
    public string Without(string key, string value) => QueryHelpers.AddQueryString(
        Path.ToUriComponent(),
        Query.Where(q => q.Key != "after").SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v)).Where(q => q.Key != key || q.Value != value));

    public override string ToString() => QueryHelpers.AddQueryString(Path.ToUriComponent(), Query);
}
