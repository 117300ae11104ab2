using Marketplace.Domain;

namespace Marketplace.Application.Notices;

/// <summary>What an inventor is told of their share. It says nothing of others' shares, as the event behind it would.</summary>
/// <param name="Receipt">Which was divided; null: it is not about one.</param>
/// <param name="IsUpheld">Of an answer to an objection.</param>
/// <param name="Paid">Of a payout: what of it has moved.</param>
public sealed record ShareNews(AgreementId Agreement, int? Receipt = null, bool? IsUpheld = null, Money? Paid = null)
{
    public const string Kind = "share";
    public const string Divided = $"{Kind}/income-divided";
    public const string Changed = $"{Kind}/split-changed";
    public const string Answered = $"{Kind}/objection-answered";
    public const string PaidOut = $"{Kind}/paid-out";
}
