using System.Text.Json.Serialization;

namespace Marketplace.Domain.LabResults;

/// <summary>Where a result stands on its way into the catalog.</summary>
public enum ResultStatus
{
    /// <summary>Nothing was drafted under this id.</summary>
    Absent,

    Draft,

    /// <summary>The lab has declared clear title and no dispute.</summary>
    Submitted,

    /// <summary>A price is proposed, by one of the three ways the law knows.</summary>
    Priced,

    /// <summary>Name and proposed price are shown to everybody for at least 15 days; anybody may object.</summary>
    PublicNotice,

    /// <summary>In the catalog: offers may be made of it.</summary>
    Listed,

    /// <summary>Nothing new may be agreed on it; licences already granted survive.</summary>
    Suspended,

    Withdrawn,
}

/// <summary>How the price came about (Art. 18, Law on Promoting the Transformation of S&amp;T Achievements).</summary>
public enum PricingMethod
{
    /// <summary>协议定价</summary>
    NegotiatedPrice,

    /// <summary>拍卖</summary>
    Auction,

    /// <summary>在技术交易市场挂牌交易</summary>
    ExchangeListing,
}

public enum SuspensionReason
{
    TitleDispute,
    UnpaidAnnuity,
}

/// <summary>Everything the rules of one listing need.</summary>
/// <param name="Lab">Owner; null only while absent.</param>
/// <param name="Content">Null only while absent.</param>
/// <param name="Price">Null until priced, and again after a revision or an upheld objection.</param>
/// <param name="Notice">The running or paused notice; null outside <see cref="ResultStatus.PublicNotice"/>.</param>
/// <param name="ObjectionCount">Objections ever raised; numbers the next one.</param>
/// <param name="Suspension">Why it is suspended; null otherwise.</param>
/// <param name="ListedAtUtc">When it first entered the catalog.</param>
public sealed record LabResultState(
    ResultStatus Status,
    OrganisationId? Lab,
    ResultContent? Content,
    ProposedPrice? Price,
    PublicNotice? Notice,
    int ObjectionCount,
    SuspensionReason? Suspension,
    DateTimeOffset? ListedAtUtc);

/// <param name="Amount">Positive.</param>
public sealed record ProposedPrice(PricingMethod Method, Money Amount);

/// <summary>
/// The clock of a public notice. It runs while no objection is open, and what has run is never run again:
/// the remaining time is carried over exactly, so pauses neither shorten nor lengthen the notice.
/// </summary>
/// <param name="StartedAtUtc">Publication.</param>
/// <param name="Remaining">Running time still owed, as of <paramref name="RunningSinceUtc"/> or of the pause.</param>
/// <param name="RunningSinceUtc">Null while an objection is open.</param>
/// <param name="OpenObjections">In the order in which they were raised.</param>
public sealed record PublicNotice(
    DateTimeOffset StartedAtUtc, TimeSpan Remaining, DateTimeOffset? RunningSinceUtc, IReadOnlyList<OpenObjection> OpenObjections)
{
    /// <summary>When the notice ends if nobody objects any more; null while it is paused.</summary>
    [JsonIgnore]
    public DateTimeOffset? ClosesAtUtc => RunningSinceUtc + Remaining;

    public PublicNotice PausedAt(DateTimeOffset instant) => RunningSinceUtc is { } since
        ? this with { Remaining = Remaining - (instant - since), RunningSinceUtc = null }
        : throw new InvalidOperationException("The notice is paused already");

    public PublicNotice ResumedAt(DateTimeOffset instant) => RunningSinceUtc is null
        ? this with { RunningSinceUtc = instant }
        : throw new InvalidOperationException("The notice is running already");
}

/// <param name="Number">1 for the first objection ever raised against this result.</param>
/// <param name="AnswerDueAtUtc">End of the 15th working day after it was raised.</param>
public sealed record OpenObjection(int Number, DateTimeOffset RaisedAtUtc, DateTimeOffset AnswerDueAtUtc);
