using System.Reflection;
using System.Text.Json.Nodes;
using Marketplace.Application.Door;
using Marketplace.Application.Exports;
using Marketplace.Application.Json;
using Marketplace.Documents.Sheets;
using Marketplace.Domain;
using Marketplace.Host.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketplace.Host.Exports;

/// <summary>
/// A table of a page as a file. Its rows are what the door answers to the request that the page sends, page after page, as the same principal: who
/// may not see the page gets no file, and there is no other way to them.
/// </summary>
/// <param name="pattern">Of its address under the API: the one at which the request itself is asked.</param>
public abstract class ExportedTable(string name, BilingualText title, string pattern)
{
    public const string ApiRoot = "/api/v1";

    /// <summary>Parameter of the address that asks for a file.</summary>
    public const string FormatKey = "format";

    /// <summary>Members of a request that say which page is shown: a file has all of them.</summary>
    internal static readonly string[] Paging = ["after", "before", "limit", "days"];

    public string Name => name;

    public BilingualText Title => title;

    public string Pattern => pattern;

    public abstract Type Request { get; }

    /// <summary>Asks for the first page, so that a refusal comes before the first byte; the others are asked for as they are read.</summary>
    /// <exception cref="BrokenOffException">While it is read: a later page was refused.</exception>
    public abstract Task<Result<WorkbookSheet>> Open(MarketplaceDoor door, Principal principal, Reader reader, object request, CancellationToken cancel);

    /// <summary>Where the file of what this request asks for is.</summary>
    public string AddressOf(object request, SheetFormat format, string language)
    {
        var members = JsonNode.Parse(CanonicalJson.Write(request))!.AsObject();
        var defaults = Request.GetConstructors().Single().GetParameters()
            .ToDictionary(p => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(p.Name!), p => p.HasDefaultValue ? p.DefaultValue : null);
        var address = pattern;
        var asked = new List<KeyValuePair<string, string?>>();
        foreach (var (member, value) in members.Where(m => !Paging.Contains(m.Key)))
        {
            if (address.Contains($"{{{member}}}", StringComparison.Ordinal))
            {
                address = address.Replace($"{{{member}}}", Uri.EscapeDataString(value!.ToString()), StringComparison.Ordinal);
            }
            else if (value is JsonArray several)
            {
                asked.AddRange(several.Select(one => KeyValuePair.Create(member, (string?)one!.ToString())));
            }
            else if (value is not null && !IsDefault(value, defaults[member]))
            {
                asked.Add(KeyValuePair.Create(member, (string?)value.ToString()));
            }
        }

        asked.Add(KeyValuePair.Create(FormatKey, (string?)SheetFormats.ExtensionOf(format)));
        asked.Add(KeyValuePair.Create(Reader.LanguageKey, (string?)language));
        return QueryHelpers.AddQueryString(ApiRoot + address, asked);
    }

    private static bool IsDefault(JsonNode value, object? known) => known is not null && value.ToString() == JsonNode.Parse(CanonicalJson.Write(known))!.ToString();
}

/// <param name="first">The request for the first page, of as many rows as a page may have.</param>
/// <param name="next">The request for the page after one; null: there is none.</param>
/// <param name="rows">Of one page.</param>
public sealed class ExportedTable<TRequest, TView, TRow>(
    string pattern, TableShape<TRow> shape, Func<TRequest, TRequest> first, Func<TRequest, TView, TRequest?> next, Func<TRequest, TView, IReadOnlyList<TRow>> rows)
    : ExportedTable(shape.Name, shape.Title, pattern)
    where TRequest : class, IQuery<TView>
{
    public override Type Request => typeof(TRequest);

    public TableShape<TRow> Shape => shape;

    public override async Task<Result<WorkbookSheet>> Open(MarketplaceDoor door, Principal principal, Reader reader, object request, CancellationToken cancel)
    {
        var pages = await Pages(door, principal, (TRequest)request, cancel);
        return pages.Refusal is { } refusal ? refusal : shape.Sheet(reader, pages.Value);
    }

    /// <summary>As <see cref="Open"/>, without a form.</summary>
    public async Task<Result<IAsyncEnumerable<IReadOnlyList<TRow>>>> Pages(MarketplaceDoor door, Principal principal, TRequest request, CancellationToken cancel)
    {
        var asked = first(request);
        var page = await door.Ask(principal, asked, cancel);
        return page.Refusal is { } refusal ? refusal : Result<IAsyncEnumerable<IReadOnlyList<TRow>>>.Of(All(door, principal, asked, page.Value, cancel));
    }

    private async IAsyncEnumerable<IReadOnlyList<TRow>> All(
        MarketplaceDoor door, Principal principal, TRequest asked, TView page, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        yield return rows(asked, page);
        while (next(asked, page) is { } following)
        {
            asked = following;
            var answer = await door.Ask(principal, asked, cancel);
            page = answer.Refusal is { } refusal ? throw new BrokenOffException(refusal) : answer.Value;
            yield return rows(asked, page);
        }
    }
}

/// <summary>What was shown a moment ago is not shown any more: the file ends broken, and does not look whole.</summary>
public sealed class BrokenOffException(Refusal refusal) : Exception($"{refusal.Code}: {refusal.En}");

/// <summary>A table with the filter that a page shows.</summary>
public sealed record ExportOf(ExportedTable Table, object Request);
