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
        Money Of(long amountMinor) => new(amountMinor, terms.Currency);
        FilingAmount[] lines =
        [
            .. terms.Payments.Select((payment, i) =>
            {
                var sum = NamedSum.Of(payment, terms);
                return new FilingAmount(
                    PaymentTrigger.ClauseOf(i), payment.Model, sum.Basis, sum.AmountMinor is { } minor ? Of(minor) : null, How(sum.Basis, payment, terms));
            }),
        ];
        return new FilingAmounts(
            Of(NamedSum.TotalMinor(terms)),
            lines.Where(l => l.Basis == SumBasis.Certain).Aggregate(Of(0), (sum, line) => sum + line.Amount!.Value),
            Of(agreement.Obligations.Sum(o => o.Principal.ChargedMinor - o.CorrectedMinor)),
            lines);
    }

    private static BilingualText How(SumBasis basis, PaymentTrigger payment, AgreementTerms terms) => (basis, payment) switch
    {
        (SumBasis.Certain, MinimumAnnualRoyalty) => new(
            $"每年最低提成 × {terms.CommercialMonths / 12} 年（不超过封顶），必付，计入技术交易额",
            $"the yearly minimum × {terms.CommercialMonths / 12} years, within the cap: counted"),
        (SumBasis.Certain, _) => new("许可后必付，计入技术交易额", "certain once licensed: counted"),
        (SumBasis.Conditional, _) => new(
            "事件确认后才付，计入合同成交总额，发生后补充登记", "owed after an event: in the contract sum, registered when it has arisen"),
        (SumBasis.AsItArises, _) => new("按实际发生额提成，发生后补充登记", "a share of what happens: registered when it has arisen"),
        (SumBasis.NotCounted, CumulativeCap) => new("只是提成的上限，不计入", "only caps the royalties: not counted"),
        (SumBasis.NotCounted, _) => new("只在选择或抵减时改变应付金额，不计入", "changes what is owed only if it is chosen or deducted: not counted"),
    };
}

/// <param name="Amount">Null: the contract names none.</param>
/// <param name="How">Why it counts, or not.</param>
public sealed record FilingAmount(string Clause, PaymentModel Model, SumBasis Basis, Money? Amount, BilingualText How);
