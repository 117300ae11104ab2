using Marketplace.Application.Agreements;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Host.Components.Words;

namespace Marketplace.Host.Api;

/// <summary>Why a sum is owed, for programs and in the words of both languages.</summary>
public sealed record SumInWords(int Number, ObligationKind Kind, BilingualText KindInWords, Money Amount, DateOnly DueOn, IReadOnlyList<ReasonInWords> Reasons)
{
    public static SumInWords Of(ExplainedSum sum) =>
        new(sum.Number, sum.Kind, Names.Of(sum.Kind), sum.Amount, sum.DueOn, [.. sum.Reasons.Select(ReasonInWords.Of)]);
}

/// <param name="Formula">In terms of the input names.</param>
/// <param name="InWords">The same as people say it.</param>
public sealed record ReasonInWords(DateOnly On, string Event, string Clause, string Formula, BilingualText InWords, IReadOnlyList<InputInWords> Inputs)
{
    public static ReasonInWords Of(ExplainedReason reason) => new(
        reason.On, reason.Event, reason.Why.Clause, reason.Why.Formula, WhyWords.Formula(reason.Why) ?? new(reason.Why.Formula, reason.Why.Formula),
        [.. reason.Why.Inputs.Select(i => new InputInWords(i.Name, i.Value, WhyWords.Input(i.Name) ?? new(i.Name, i.Name)))]);
}

public sealed record InputInWords(string Name, string Value, BilingualText InWords);
