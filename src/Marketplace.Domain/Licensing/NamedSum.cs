namespace Marketplace.Domain.Licensing;

/// <summary>The sum that a payment clause names, and what it hangs on.</summary>
/// <param name="AmountMinor">Null: the clause names none.</param>
public readonly record struct NamedSum(SumBasis Basis, long? AmountMinor)
{
    public static NamedSum Of(PaymentTrigger payment, AgreementTerms terms) => payment switch
    {
        DeferredLumpSum { PayDate: PayDateRule.Earlier } p => new(SumBasis.Certain, p.AmountMinor),
        DeferredLumpSum p => new(SumBasis.Conditional, p.AmountMinor),
        Instalments p => new(SumBasis.Certain, p.TotalMinor),
        EntryFee p => new(SumBasis.Certain, p.AmountMinor),
        Milestone p => new(SumBasis.Conditional, p.AmountMinor),
        ConditionalSum p => new(SumBasis.Conditional, p.AmountMinor),
        EquityConversion p => new(SumBasis.Conditional, p.AmountMinor),
        MinimumAnnualRoyalty p => new(SumBasis.Certain, Math.Min(checked(p.AmountMinor * (terms.CommercialMonths / 12)), CapMinor(terms))),
        CumulativeCap p => new(SumBasis.NotCounted, p.AmountMinor),
        BuyOut or StackingReduction => new(SumBasis.NotCounted, null),
        _ => new(SumBasis.AsItArises, null),
    };

    /// <summary>Every sum that the terms name, certain or not.</summary>
    public static long TotalMinor(AgreementTerms terms) =>
        terms.Payments.Select(p => Of(p, terms)).Where(s => s.Basis is SumBasis.Certain or SumBasis.Conditional).Sum(s => s.AmountMinor!.Value);

    private static long CapMinor(AgreementTerms terms) => terms.Payments.OfType<CumulativeCap>().FirstOrDefault()?.AmountMinor ?? long.MaxValue;
}

public enum SumBasis
{
    /// <summary>Owed once the licence is granted.</summary>
    Certain,

    /// <summary>Owed once an event is confirmed.</summary>
    Conditional,

    /// <summary>A share of sales and the like.</summary>
    AsItArises,

    /// <summary>Owes nothing itself.</summary>
    NotCounted,
}
