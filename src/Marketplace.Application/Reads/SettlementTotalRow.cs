namespace Marketplace.Application.Reads;

/// <summary>
/// A sum over all agreements. The database keeps it as rows change (triggers, see the migration of <c>settlement_totals</c>), so that nobody has to
/// add up a million of them to look at the control room.
/// </summary>
/// <param name="Measure">One of the names in <c>SettlementTotals</c>.</param>
/// <param name="Code">Of a balance: the account without its detail; of what moved: the kind of payment; otherwise empty.</param>
/// <param name="Slot">Writers that work at once have slots of their own; a total is the sum of them.</param>
public sealed record SettlementTotalRow(string Currency, string Measure, string Code, int Slot, long AmountMinor);
