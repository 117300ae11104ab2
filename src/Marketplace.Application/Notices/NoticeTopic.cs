using Marketplace.Domain;

namespace Marketplace.Application.Notices;

/// <summary>What a notice is about, as far as people choose how they are told.</summary>
public enum NoticeTopic
{
    /// <summary>Applications and terms.</summary>
    Negotiation,

    /// <summary>What is to be signed, and was; what takes effect by it.</summary>
    Signatures,

    /// <summary>Delivery, trial, conversion and return.</summary>
    Trial,

    /// <summary>Sums that are owed, and money that moves.</summary>
    Money,

    /// <summary>Sales reports, and events that make money fall due.</summary>
    Reports,

    /// <summary>Disputes, default and enforcement.</summary>
    Disputes,

    /// <summary>A laboratory's results.</summary>
    Results,

    /// <summary>Needs of companies: results that fit them, suggestions and answers.</summary>
    Needs,

    /// <summary>Results that fit a search that somebody has saved.</summary>
    Searches,

    /// <summary>Organisations and who belongs to them.</summary>
    Organisation,

    /// <summary>What the marketplace's own team has to look at.</summary>
    Operation,
}

/// <summary>How somebody is told by mail.</summary>
public enum NoticeMail
{
    None,
    AtOnce,
    Daily,
    Weekly,
}

/// <summary>How somebody is told of a topic.</summary>
/// <param name="IsShown">In the app.</param>
public sealed record NoticeChoice(NoticeTopic Topic, bool IsShown, NoticeMail Mail)
{
    /// <summary>What binds and what costs money is always shown in the app: nobody can say that they could not have known.</summary>
    public static bool IsAlwaysShown(NoticeTopic topic) => topic is NoticeTopic.Signatures or NoticeTopic.Money;

    /// <summary>Of somebody who has chosen nothing: what has a deadline or a price at once, the rest once a day.</summary>
    public static NoticeChoice Usual(NoticeTopic topic) => new(topic, IsShown: true, topic switch
    {
        NoticeTopic.Negotiation or NoticeTopic.Signatures or NoticeTopic.Money or NoticeTopic.Disputes or NoticeTopic.Operation => NoticeMail.AtOnce,
        NoticeTopic.Trial or NoticeTopic.Reports or NoticeTopic.Results or NoticeTopic.Needs or NoticeTopic.Searches or NoticeTopic.Organisation => NoticeMail.Daily,
    });

    /// <summary>Why nobody can choose this; null: they can.</summary>
    public Refusal? Check() =>
        !Enum.IsDefined(Topic) || !Enum.IsDefined(Mail)
            ? Refusal.Invalid("choice-unknown", "没有这样的通知方式。", "One cannot be told like that.", "choices")
            : !IsShown && IsAlwaysShown(Topic)
                ? Refusal.Invalid("always-shown", "涉及款项与签署的站内通知不能关闭。", "What touches money or signatures is always shown in the app.", "choices")
                : null;
}
