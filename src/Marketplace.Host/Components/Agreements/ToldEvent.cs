using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Agreements;

namespace Marketplace.Host.Components.Agreements;

/// <summary>An entry of the timeline, read back as the event that it was.</summary>
public sealed record ToldEvent(TimelineEntry Entry, AgreementEvent Happened)
{
    public static IReadOnlyList<ToldEvent> Of(IReadOnlyList<TimelineEntry> timeline) =>
        [.. timeline.Select(e => new ToldEvent(e, EventCatalog<AgreementEvent>.Instance.Read(e.Type, e.Body.GetRawText())))];

    /// <summary>Why a sum is what it is, if this event says so.</summary>
    public (int Number, Explanation Why)? Explains => Happened switch
    {
        ObligationArose e => (e.Number, e.Why),
        ObligationRescheduled e => (e.Number, e.Why),
        ObligationBecameOverdue e => (e.Number, e.Why),
        GuaranteeClaimed e => (e.Number, e.Why),
        _ => null,
    };
}
