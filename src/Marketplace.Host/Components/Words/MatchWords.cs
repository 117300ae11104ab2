using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Needs;

namespace Marketplace.Host.Components.Words;

/// <summary>Why a result fits a need, or does not, in words and numbers.</summary>
public static class MatchWords
{
    public static string Of(Reader r, MatchReason reason) => reason.Part switch
    {
        MatchPart.Field when reason.Fits == true => r.T($"领域相同：{Names.Of(reason.Field!.Value).Zh}", $"Same field: {Names.Of(reason.Field!.Value).En}"),
        MatchPart.Field => r.T($"领域不同：成果属于{Names.Of(reason.Field!.Value).Zh}", $"Another field: the result is of {Names.Of(reason.Field!.Value).En}"),
        MatchPart.Words => r.T($"共同的词：{string.Join('、', reason.Words!)}", $"Words in common: {string.Join(", ", reason.Words!)}"),
        MatchPart.Readiness when reason.Fits == true => r.T($"成熟度 TRL {reason.Has} ≥ 要求的 {reason.Asked}", $"TRL {reason.Has} ≥ {reason.Asked} asked"),
        MatchPart.Readiness when reason.Fits == false => r.T($"成熟度 TRL {reason.Has}，低于要求的 {reason.Asked}", $"TRL {reason.Has}, under {reason.Asked} asked"),
        MatchPart.Readiness => r.T($"成熟度未说明，要求 TRL {reason.Asked}", $"Readiness is not stated; TRL {reason.Asked} is asked"),
        MatchPart.Budget when reason.Fits == true => r.T($"定价 {r.Money(reason.Price!.Value)} ≤ 预算 {r.Money(reason.Budget!.Value)}", $"Price {r.Money(reason.Price!.Value)} ≤ budget {r.Money(reason.Budget!.Value)}"),
        MatchPart.Budget when reason.Fits == false => r.T($"定价 {r.Money(reason.Price!.Value)}，高于预算 {r.Money(reason.Budget!.Value)}", $"Price {r.Money(reason.Price!.Value)}, over the budget of {r.Money(reason.Budget!.Value)}"),
        MatchPart.Budget => r.T("定价无法与预算比较", "The price cannot be compared with the budget"),
        MatchPart.Payment when reason.Fits == true => r.T($"付款方式合意：{Joined(r, reason.Payments!)}", $"Paid as wished: {Joined(r, reason.Payments!)}"),
        MatchPart.Payment => r.T($"付款方式不同：{Joined(r, reason.Payments!)}", $"Paid otherwise: {Joined(r, reason.Payments!)}"),
        MatchPart.Trial when reason.Fits == true => r.T($"试用 {reason.Has} 个月 ≥ 要求的 {reason.Asked} 个月", $"Trial of {r.Months(reason.Has!.Value)} ≥ {reason.Asked} asked"),
        MatchPart.Trial => r.T($"试用 {reason.Has} 个月，短于要求的 {reason.Asked} 个月", $"Trial of {r.Months(reason.Has!.Value)}, shorter than {reason.Asked} asked"),
        MatchPart.Region when reason.Fits == true => r.T($"地区相同：{Names.OfProvince(reason.Region!).Zh}", $"Same region: {Names.OfProvince(reason.Region!).En}"),
        MatchPart.Region => r.T($"地区不同：成果在{Names.OfProvince(reason.Region!).Zh}", $"Another region: the result is in {Names.OfProvince(reason.Region!).En}"),
        MatchPart.Offer when reason.Fits == true => r.T("有可以申请的要约", "There is an offer to apply for"),
        MatchPart.Offer => r.T("目前没有可以申请的要约", "There is no offer to apply for yet"),
    };

    private static string Joined(Reader r, IReadOnlyList<PaymentModel> payments) => string.Join(r.T("、", ", "), payments.Select(p => r.T(Names.Of(p))));
}
