using Marketplace.Application.Reads;
using Marketplace.Domain.Payments;

namespace Marketplace.Application.Payments;

/// <summary>Something that a provider has said by itself; its text stays in the stream.</summary>
/// <param name="Notice">Provider and its own id: <c>stripe:evt_…</c>.</param>
/// <param name="Said">What came of it, or why it waits or is parked.</param>
[ReadTable("provider_notices")]
public sealed record ProviderNoticeRow(
    string Notice, string Provider, string Type, string? About, NoticeVia Via, NoticeStatus Status, string? Said, DateTime CreatedAtUtc, DateTime ReceivedAtUtc) : IReadRow
{
    internal static IEnumerable<IReadRow> Of(string key, ProviderNotice state)
    {
        if (state.Received is { } e)
        {
            yield return new ProviderNoticeRow(key, e.Provider, e.Type, e.About, e.Via, state.Status, state.Said, e.CreatedAtUtc.UtcDateTime, e.AtUtc.UtcDateTime);
            yield return DueWork.Row($"provider-notice/{key}", DueWork.Notices, state.NextLookUtc);
        }
    }
}

/// <summary>A line of a provider's account of our balance with it.</summary>
/// <param name="Movement">Provider and its own id: <c>stripe:txn_…</c>.</param>
/// <param name="NetMinor">What the balance changed by.</param>
/// <param name="Reason">Of no payment of ours: what a person says that it is.</param>
[ReadTable("provider_movements")]
public sealed record ProviderMovementRow(
    string Movement, string Provider, string Type, string? Source, string? Agreement, string? Intent, string Currency, long NetMinor, long FeeMinor, bool ToBank, DateTime CreatedAtUtc, string? Reason)
    : IReadRow
{
    internal static IEnumerable<IReadRow> Of(string key, ProviderMovement state)
    {
        if (state.Line is { } e)
        {
            yield return new ProviderMovementRow(
                key, e.Provider, e.Type, e.Source, e.Agreement?.Value, e.Intent?.Value, e.Net.Currency.Code, e.Net.AmountMinor, e.Fee.AmountMinor, e.ToBank, e.CreatedAtUtc.UtcDateTime, state.Reason);
        }
    }
}
