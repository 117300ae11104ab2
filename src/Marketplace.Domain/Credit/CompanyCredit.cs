using System.Collections.Immutable;

namespace Marketplace.Domain.Credit;

/// <summary>What an agreement lets a company hold deferred.</summary>
public sealed record AgreementExposure(AgreementId Agreement, Money Amount);

/// <summary>How much a company may hold deferred at once, and what it holds.</summary>
/// <param name="Limits">Set by an administrator, by currency; minor units.</param>
/// <param name="Assessment">Its innovation points; null: not assessed.</param>
/// <param name="Held">By agreement: what its signature took, less what has been seen to be over since.</param>
public sealed record CompanyCreditState(
    ImmutableSortedDictionary<string, long> Limits, InnovationAssessed? Assessment, ImmutableSortedDictionary<string, Money> Held)
{
    /// <summary>Null when nobody has said: points give a limit in yuan only.</summary>
    public long? LimitMinor(Currency currency) =>
        DecidedLimitMinor(currency) ?? (currency == Currency.Cny ? InnovationIndex.Current.ExposureLimitMinor(null) : null);

    /// <summary>What was decided about this company; null: what holds for everybody.</summary>
    public long? DecidedLimitMinor(Currency currency) =>
        Limits.TryGetValue(currency.Code, out var limit) ? limit : currency == Currency.Cny ? Assessment?.LimitMinor : null;

    public long HeldMinor(Currency currency) => Held.Values.Where(m => m.Currency == currency).Sum(m => m.AmountMinor);
}

public abstract record CreditCommand;

/// <param name="Stage">Of the company's growth: it decides which weights count.</param>
/// <param name="Figures">Indicator → figure, in the unit that the indicator names.</param>
public sealed record AssessInnovation(OrganisationId Company, GrowthStage Stage, IReadOnlyDictionary<string, long> Figures) : CreditCommand;

public sealed record SetExposureLimit(OrganisationId Company, Money Limit, string Reason) : CreditCommand;

/// <summary>The company signs: what the agreement defers is taken, if it is within the limit.</summary>
/// <param name="Now">Facts, gathered by the use case: what agreements that are held already defer today; less than at signature, or nothing.</param>
public sealed record ReserveExposure(OrganisationId Company, AgreementExposure Exposure, IReadOnlyList<AgreementExposure> Now) : CreditCommand;

public abstract record CreditEvent;

/// <param name="WeightsVersion">Of the data that the points were computed with.</param>
/// <param name="Points">0–10 000.</param>
/// <param name="LimitMinor">In minor units of CNY.</param>
public sealed record InnovationAssessed(
    GrowthStage Stage, int WeightsVersion, ImmutableSortedDictionary<string, long> Figures, int Points, long LimitMinor, DateOnly On) : CreditEvent;

public sealed record ExposureLimitSet(Money Limit, string Reason, DateOnly On) : CreditEvent;

/// <param name="HeldMinor">Of all agreements in this currency, with this one.</param>
/// <param name="LimitMinor">That it was held against.</param>
public sealed record ExposureReserved(AgreementId Agreement, Money Amount, long HeldMinor, long LimitMinor) : CreditEvent;

/// <summary>The agreement defers less than at its signature; zero: nothing any more.</summary>
public sealed record ExposureReduced(AgreementId Agreement, Money Amount) : CreditEvent;

/// <summary>One company's credit: the lock that keeps signatures at the same time from passing the limit together.</summary>
public sealed class CompanyCredit : IAggregate<CompanyCreditState, CreditCommand, CreditEvent>
{
    private CompanyCredit() { }

    public static CompanyCreditState Initial { get; } = new(
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal), null, ImmutableSortedDictionary.Create<string, Money>(StringComparer.Ordinal));

    public static Result<IReadOnlyList<CreditEvent>> Decide(CompanyCreditState state, CreditCommand command, CommandContext context) => command switch
    {
        AssessInnovation c => Assess(c, context),
        SetExposureLimit c => SetLimit(c, context),
        ReserveExposure c => Reserve(state, c, context),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    public static CompanyCreditState Apply(CompanyCreditState state, CreditEvent happened) => happened switch
    {
        InnovationAssessed e => state with { Assessment = e },
        ExposureLimitSet e => state with { Limits = state.Limits.SetItem(e.Limit.Currency.Code, e.Limit.AmountMinor) },
        ExposureReserved e => state with { Held = state.Held.SetItem(e.Agreement.Value, e.Amount) },
        ExposureReduced { Amount.AmountMinor: 0 } e => state with { Held = state.Held.Remove(e.Agreement.Value) },
        ExposureReduced e => state with { Held = state.Held.SetItem(e.Agreement.Value, e.Amount) },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Result<IReadOnlyList<CreditEvent>> Assess(AssessInnovation c, CommandContext context)
    {
        if (Authority.AdministratorOnly(context.Actor, c.Company) is { } forbidden)
        {
            return forbidden;
        }

        var assessed = InnovationIndex.Current.Assess(c.Stage, c.Figures);
        return assessed.Refusal is { } refusal ? refusal : Happens(new InnovationAssessed(
            c.Stage, assessed.Value.WeightsVersion, c.Figures.ToImmutableSortedDictionary(StringComparer.Ordinal), assessed.Value.Points,
            InnovationIndex.Current.ExposureLimitMinor(assessed.Value.Points), context.Today));
    }

    private static Result<IReadOnlyList<CreditEvent>> SetLimit(SetExposureLimit c, CommandContext context) =>
        Authority.AdministratorOnly(context.Actor, c.Company) is { } forbidden ? forbidden
        : c.Limit.Currency == default ? Refusal.Invalid("currency-missing", "请注明币种。", "Name the currency.", "limit.currency")
        : c.Limit.AmountMinor is < 0 or > Licensing.AgreementTerms.MaxAmountMinor
            ? Refusal.Invalid("amount-out-of-range", "限额须在零与系统上限之间。", "A limit is between zero and the limit of the system.", "limit.amountMinor")
        : BilingualText.CheckRequired(c.Reason, "reason", 2_000) is { } missing ? missing
        : Happens(new ExposureLimitSet(c.Limit, c.Reason, context.Today));

    private static Result<IReadOnlyList<CreditEvent>> Reserve(CompanyCreditState state, ReserveExposure c, CommandContext context)
    {
        if (Authority.OwnerOnly(context.Actor, c.Company) is { } forbidden)
        {
            return forbidden;
        }

        var (agreement, amount) = c.Exposure;

        // What an agreement has come to owe beyond its signature is a fact, not a reservation: only less is taken note of.
        var reduced = c.Now.Where(now => state.Held.TryGetValue(now.Agreement.Value, out var held) && now.Amount.AmountMinor < held.AmountMinor)
            .Select(now => new ExposureReduced(now.Agreement, now.Amount)).ToList();
        var free = reduced.Aggregate(state, Apply);
        free = free with { Held = free.Held.Remove(agreement.Value) }; // other terms of the same agreement, that were never signed by both
        if (free.LimitMinor(amount.Currency) is not { } limitMinor)
        {
            return Refusal.State(
                "exposure-limit-missing", $"贵企业尚无 {amount.Currency.Code} 的延付额度，请联系管理方。", $"There is no limit in {amount.Currency.Code} for your company: ask the administrator.");
        }

        var heldMinor = checked(free.HeldMinor(amount.Currency) + amount.AmountMinor);
        return heldMinor > limitMinor
            ? Refusal.State(
                "exposure-over-limit",
                $"签署后延付总额将为 {new Money(heldMinor, amount.Currency)}，超过贵企业的额度 {new Money(limitMinor, amount.Currency)}。",
                $"Signed, your company would hold {new Money(heldMinor, amount.Currency)} deferred, above its limit of {new Money(limitMinor, amount.Currency)}.")
            : Result<IReadOnlyList<CreditEvent>>.Of([.. reduced, new ExposureReserved(agreement, amount, heldMinor, limitMinor)]);
    }

    private static Result<IReadOnlyList<CreditEvent>> Happens(params CreditEvent[] events) => Result<IReadOnlyList<CreditEvent>>.Of(events);
}
