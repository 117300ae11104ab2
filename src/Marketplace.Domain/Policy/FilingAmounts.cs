using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Policy;

/// <summary>The amounts of a contract as its registration counts them.</summary>
/// <param name="ContractSum">合同成交总额: every sum that the contract names, also those that hang on an event.</param>
/// <param name="TradingVolume">技术交易额: of these, what is certain once the licence is granted. What an event or sales add is registered when it has arisen.
/// The terms buy no equipment or material, so nothing is taken off.</param>
/// <param name="ArisenSoFar">What has really been owed until now, corrections taken off: the basis of a supplementary registration.</param>
/// <param name="Lines">One for each payment clause, in their order.</param>
public sealed record FilingAmounts(Money ContractSum, Money TradingVolume, Money ArisenSoFar, IReadOnlyList<FilingAmount> Lines)
{
    public static FilingAmounts Of(Agreement agreement)
    {
        var terms = agreement.Terms;
        FilingAmount[] lines = [.. terms.Payments.Select((payment, i) => Line(payment, PaymentTrigger.ClauseOf(i), terms))];
        long Sum(params FilingBasis[] bases) => lines.Where(l => bases.Contains(l.Basis)).Sum(l => l.Amount!.Value.AmountMinor);
        Money Of(long amountMinor) => new(amountMinor, terms.Currency);
        return new FilingAmounts(
            Of(Sum(FilingBasis.Certain, FilingBasis.Conditional)),
            Of(Sum(FilingBasis.Certain)),
            Of(agreement.Obligations.Sum(o => o.Principal.ChargedMinor - o.CorrectedMinor)),
            lines);
    }

    private static FilingAmount Line(PaymentTrigger payment, string clause, AgreementTerms terms)
    {
        FilingAmount Of(FilingBasis basis, long? amountMinor, string zh, string en) => new(
            clause, payment.Model, basis, amountMinor is { } minor ? new Money(minor, terms.Currency) : null, new BilingualText(zh, en));
        FilingAmount Certain(long amountMinor) => Of(FilingBasis.Certain, amountMinor, "许可后必付，计入技术交易额", "certain once licensed: counted");
        FilingAmount Conditional(long amountMinor) => Of(
            FilingBasis.Conditional, amountMinor, "事件确认后才付，计入合同成交总额，发生后补充登记", "owed after an event: in the contract sum, registered when it has arisen");
        return payment switch
        {
            DeferredLumpSum { PayDate: PayDateRule.Earlier } p => Certain(p.AmountMinor),
            DeferredLumpSum p => Conditional(p.AmountMinor),
            Instalments p => Certain(p.TotalMinor),
            EntryFee p => Certain(p.AmountMinor),
            Milestone p => Conditional(p.AmountMinor),
            ConditionalSum p => Conditional(p.AmountMinor),
            EquityConversion p => Conditional(p.AmountMinor),
            MinimumAnnualRoyalty p => Minimum(p),
            CumulativeCap p => Of(FilingBasis.NotCounted, p.AmountMinor, "只是提成的上限，不计入", "only caps the royalties: not counted"),
            BuyOut or StackingReduction => Of(FilingBasis.NotCounted, null, "只在选择或抵减时改变应付金额，不计入", "changes what is owed only if it is chosen or deducted: not counted"),
            _ => Of(FilingBasis.AsItArises, null, "按实际发生额提成，发生后补充登记", "a share of what happens: registered when it has arisen"),
        };

        FilingAmount Minimum(MinimumAnnualRoyalty minimum)
        {
            var years = terms.CommercialMonths / 12;
            var cap = terms.Payments.OfType<CumulativeCap>().FirstOrDefault()?.AmountMinor ?? long.MaxValue;
            return Of(
                FilingBasis.Certain, Math.Min(checked(minimum.AmountMinor * years), cap),
                $"每年最低提成 × {years} 年（不超过封顶），必付，计入技术交易额", $"the yearly minimum × {years} years, within the cap: counted");
        }
    }
}

/// <param name="Amount">Null: the contract names none.</param>
/// <param name="How">Why it counts, or not.</param>
public sealed record FilingAmount(string Clause, PaymentModel Model, FilingBasis Basis, Money? Amount, BilingualText How);

public enum FilingBasis
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
