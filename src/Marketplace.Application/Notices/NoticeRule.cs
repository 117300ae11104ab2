using Marketplace.Domain;

namespace Marketplace.Application.Notices;

/// <summary>Whose people are told.</summary>
[Flags]
public enum NoticeReaders
{
    None = 0,
    Lab = 1,
    Company = 2,
    Parties = Lab | Company,

    /// <summary>Guarantor or broker, where the terms name one.</summary>
    Third = 4,
    All = Parties | Third,

    /// <summary>Those of the organisation, or the team, that the stream belongs to.</summary>
    Owner = 8,

    /// <summary>The person whom the event names, whatever they may do.</summary>
    Person = 16,
}

/// <summary>Who is told of an event. Whoever did it themselves is not.</summary>
/// <param name="For">Duties of which one is enough, in the organisations of <paramref name="To"/>.</param>
/// <param name="Platform">Likewise in the marketplace's own team.</param>
/// <param name="Once">Events of one stream that say the same of a thing are told once: names the thing; null: each is told.</param>
public sealed record NoticeRule(NoticeTopic Topic, NoticeReaders To, Duty For, Duty Platform = Duty.None, string? Once = null);
