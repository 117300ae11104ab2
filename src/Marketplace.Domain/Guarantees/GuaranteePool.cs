using System.Collections.Immutable;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Guarantees;

/// <summary>What a guarantor stands for in one agreement today.</summary>
public sealed record AgreementCover(AgreementId Agreement, Money Amount);

/// <summary>What a guarantor, insurer or bank offers in one currency.</summary>
/// <param name="CapacityMinor">Most that it stands for at once.</param>
/// <param name="PremiumPpm">Of the sum covered, once.</param>
/// <param name="MostCoverPpm">Largest part of an unpaid sum that it pays.</param>
public sealed record GuaranteeOffer(long CapacityMinor, long PremiumPpm, long MostCoverPpm);

/// <param name="Offers">By currency.</param>
/// <param name="Covers">By agreement.</param>
public sealed record GuaranteePoolState(ImmutableSortedDictionary<string, GuaranteeOffer> Offers, ImmutableSortedDictionary<string, Money> Covers)
{
    public long CoveredMinor(Currency currency) => Covers.Values.Where(m => m.Currency == currency).Sum(m => m.AmountMinor);
}

public abstract record GuaranteeCommand;

public sealed record OfferGuarantees(OrganisationId Guarantor, Currency Currency, GuaranteeOffer Offer) : GuaranteeCommand;

/// <summary>The guarantor signs: what it stands for is taken from its capacity.</summary>
/// <param name="Now">Facts, gathered by the use case: what it still stands for in agreements that it covers already.</param>
public sealed record ReserveCover(OrganisationId Guarantor, AgreementCover Cover, long CoverPpm, IReadOnlyList<AgreementCover> Now) : GuaranteeCommand;

public abstract record GuaranteeEvent;

public sealed record GuaranteesOffered(Currency Currency, GuaranteeOffer Offer, DateOnly On) : GuaranteeEvent;

/// <param name="Premium">That the guarantor asks for it.</param>
/// <param name="CoveredMinor">Of all agreements in this currency, with this one.</param>
public sealed record CoverReserved(AgreementId Agreement, Money Amount, Money Premium, long CoveredMinor, long CapacityMinor) : GuaranteeEvent;

/// <summary>The guarantor stands for less than at its signature; zero: for nothing any more.</summary>
public sealed record CoverReduced(AgreementId Agreement, Money Amount) : GuaranteeEvent;

/// <summary>One guarantor's capacity: the lock that keeps signatures at the same time from passing it together.</summary>
public sealed class GuaranteePool : IAggregate<GuaranteePoolState, GuaranteeCommand, GuaranteeEvent>
{
    private GuaranteePool() { }

    public static GuaranteePoolState Initial { get; } = new(
        ImmutableSortedDictionary.Create<string, GuaranteeOffer>(StringComparer.Ordinal), ImmutableSortedDictionary.Create<string, Money>(StringComparer.Ordinal));

    public static Result<IReadOnlyList<GuaranteeEvent>> Decide(GuaranteePoolState state, GuaranteeCommand command, CommandContext context) => command switch
    {
        OfferGuarantees c => Offer(c, context),
        ReserveCover c => Reserve(state, c, context),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    public static GuaranteePoolState Apply(GuaranteePoolState state, GuaranteeEvent happened) => happened switch
    {
        GuaranteesOffered e => state with { Offers = state.Offers.SetItem(e.Currency.Code, e.Offer) },
        CoverReserved e => state with { Covers = state.Covers.SetItem(e.Agreement.Value, e.Amount) },
        CoverReduced { Amount.AmountMinor: 0 } e => state with { Covers = state.Covers.Remove(e.Agreement.Value) },
        CoverReduced e => state with { Covers = state.Covers.SetItem(e.Agreement.Value, e.Amount) },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    public static Money PremiumOf(Money amount, GuaranteeOffer offer) => amount.Times(offer.PremiumPpm);

    private static Result<IReadOnlyList<GuaranteeEvent>> Offer(OfferGuarantees c, CommandContext context) =>
        Authority.OwnerOnly(context.Actor, c.Guarantor) is { } forbidden ? forbidden
        : c.Currency == default ? Refusal.Invalid("currency-missing", "请注明币种。", "Name the currency.", "currency")
        : (AgreementTerms.SumBetween(c.Offer.CapacityMinor, 0, AgreementTerms.MaxAmountMinor, c.Currency, "offer.capacityMinor")
            ?? AgreementTerms.Between(c.Offer.PremiumPpm, 0, 200_000, "offer.premiumPpm")
            ?? AgreementTerms.Between(c.Offer.MostCoverPpm, 1, Money.WholePpm, "offer.mostCoverPpm")) is { } wrong ? wrong
        : Result<IReadOnlyList<GuaranteeEvent>>.Of([new GuaranteesOffered(c.Currency, c.Offer, context.Today)]);

    private static Result<IReadOnlyList<GuaranteeEvent>> Reserve(GuaranteePoolState state, ReserveCover c, CommandContext context)
    {
        if (Authority.OwnerOnly(context.Actor, c.Guarantor) is { } forbidden)
        {
            return forbidden;
        }

        var (agreement, amount) = c.Cover;
        var reduced = c.Now.Where(now => state.Covers.TryGetValue(now.Agreement.Value, out var held) && now.Amount.AmountMinor < held.AmountMinor)
            .Select(now => new CoverReduced(now.Agreement, now.Amount)).ToList();
        var free = reduced.Aggregate(state, Apply);
        free = free with { Covers = free.Covers.Remove(agreement.Value) }; // other terms of the same agreement, that were never signed by all
        if (!free.Offers.TryGetValue(amount.Currency.Code, out var offer))
        {
            return Refusal.State("guarantees-not-offered", $"贵机构尚未登记 {amount.Currency.Code} 的担保能力。", $"You have not said how much you stand for in {amount.Currency.Code}.");
        }

        if (c.CoverPpm > offer.MostCoverPpm)
        {
            return Refusal.State("cover-too-high", "合同的担保比例超过贵机构登记的最高比例。", "The contract asks for a larger part than you cover.");
        }

        var coveredMinor = checked(free.CoveredMinor(amount.Currency) + amount.AmountMinor);
        return coveredMinor > offer.CapacityMinor
            ? Refusal.State(
                "cover-over-capacity",
                $"签署后担保总额将为 {new Money(coveredMinor, amount.Currency)}，超过担保能力 {new Money(offer.CapacityMinor, amount.Currency)}。",
                $"Signed, you would stand for {new Money(coveredMinor, amount.Currency)}, above your capacity of {new Money(offer.CapacityMinor, amount.Currency)}.")
            : Result<IReadOnlyList<GuaranteeEvent>>.Of(
                [.. reduced, new CoverReserved(agreement, amount, PremiumOf(amount, offer), coveredMinor, offer.CapacityMinor)]);
    }
}
