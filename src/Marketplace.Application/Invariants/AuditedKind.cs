using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Journal;

namespace Marketplace.Application.Invariants;

/// <summary>How streams of one kind are checked. Registered by whoever owns the kind; a stream of no known kind is a finding.</summary>
/// <param name="Name">First part of the streams' names: <c>organisation</c> in <c>organisation/org_…</c>.</param>
/// <param name="Begin">Begins to follow the stream of this name.</param>
public sealed record AuditedKind(string Name, Func<string, StreamAudit> Begin)
{
    /// <summary>Read tables whose every row belongs to a stream of this kind. Due work is common to all kinds and not listed.</summary>
    public IReadOnlyList<OwnedTable> Tables { get; init; } = [];

    /// <summary>The payment provider whose own books the streams are, by the ids of intents; null of all others.</summary>
    public string? Provider { get; init; }
}

/// <summary>A read table, and how its rows name the stream that they belong to.</summary>
/// <param name="Column">Orders the rows as their streams are ordered.</param>
/// <param name="KeyOf">What follows the slash in the stream's name, from the values of a row.</param>
public sealed record OwnedTable(ReadTable Table, string Column, Func<IReadOnlyList<object?>, string> KeyOf)
{
    /// <summary>Rows that name their stream in one column.</summary>
    public static OwnedTable By<TRow>(string property) where TRow : IReadRow
    {
        var table = ReadTable.Of(typeof(TRow));
        var place = table.PlaceOf(property);
        return new OwnedTable(table, table.Schema.Columns[place].Name, values => (string)values[place]!);
    }
}

/// <summary>A payment as the provider's own books have it.</summary>
public sealed record ProviderPayment(IntentKind Kind, Money Asked, long MovedMinor);
