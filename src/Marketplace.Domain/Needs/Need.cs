using Marketplace.Domain.LabResults;
using Marketplace.Domain.Organisations;

namespace Marketplace.Domain.Needs;

public enum NeedStatus
{
    /// <summary>Nothing was published under this id.</summary>
    Absent,

    /// <summary>Until its last day has passed.</summary>
    Open,

    Closed,
}

/// <summary>Why a company looks no longer.</summary>
public enum NeedClosing
{
    /// <summary>已找到</summary>
    Found,

    /// <summary>不再需要</summary>
    NotNeeded,
}

public enum SuggestionAnswer
{
    /// <summary>感兴趣: the company wants to know more, or applies.</summary>
    Interesting,

    /// <summary>不合适</summary>
    NotSuitable,
}

/// <summary>A result that a laboratory holds out for a need.</summary>
/// <param name="Answer">Null: the company has not answered yet.</param>
/// <param name="Reason">Of the answer; null: none given.</param>
public sealed record Suggestion(LabResultId Result, OrganisationId Lab, string Note, DateTimeOffset AtUtc, SuggestionAnswer? Answer, string? Reason);

/// <param name="Company">Whose it is; null only while absent.</param>
/// <param name="Content">Null only while absent.</param>
/// <param name="Suggestions">In the order in which they came; each result once.</param>
/// <param name="Closing">Null until it is closed.</param>
public sealed record NeedState(
    NeedStatus Status, OrganisationId? Company, NeedContent? Content, DateTimeOffset PublishedAtUtc, IReadOnlyList<Suggestion> Suggestions, NeedClosing? Closing)
{
    /// <summary>Whether laboratories may suggest results on this local day.</summary>
    public bool IsOpenOn(DateOnly day) => Status == NeedStatus.Open && Content is { } content && day <= content.WantedUntil;
}

/// <summary>A need: OPEN until its last day has passed, or CLOSED before.</summary>
public sealed class Need : IAggregate<NeedState, NeedCommand, NeedEvent>
{
    public const int MaxNoteCharacters = 1_000;
    public const int MaxReasonCharacters = 1_000;

    /// <summary>Against floods: a company that has so many to look at needs no more.</summary>
    public const int MaxSuggestions = 200;

    private Need() { }

    public static NeedState Initial { get; } = new(NeedStatus.Absent, null, null, default, [], null);

    public static Result<IReadOnlyList<NeedEvent>> Decide(NeedState state, NeedCommand command, CommandContext context) => command switch
    {
        PublishNeed publish => Publish(state, publish, context),
        ChangeNeed change => Change(state, change, context),
        CloseNeed close => Close(state, close, context.Actor),
        SuggestResult suggest => Suggest(state, suggest, context),
        AnswerSuggestion answer => Answer(state, answer, context),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    public static NeedState Apply(NeedState state, NeedEvent happened) => happened switch
    {
        NeedPublished e => Initial with { Status = NeedStatus.Open, Company = e.Company, Content = e.Content, PublishedAtUtc = e.AtUtc },
        NeedChanged e => state with { Content = e.Content },
        NeedClosed e => state with { Status = NeedStatus.Closed, Closing = e.Why },
        ResultSuggested e => state with { Suggestions = [.. state.Suggestions, new(e.Result, e.Lab, e.Note, e.AtUtc, null, null)] },
        SuggestionAnswered e => state with
        {
            Suggestions = [.. state.Suggestions.Select(s => s.Result == e.Result ? s with { Answer = e.Answer, Reason = e.Reason } : s)],
        },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Result<IReadOnlyList<NeedEvent>> Publish(NeedState state, PublishNeed command, CommandContext context)
    {
        if (Authority.OwnerOnly(context.Actor, command.Company) is { } forbidden)
        {
            return forbidden;
        }

        if (context.Actor.Role is not (ActorRole.Company or ActorRole.System))
        {
            return Refusal.Forbidden("companies-only", "只有企业可以发布技术需求。", "Only companies publish needs.");
        }

        return state.Status != NeedStatus.Absent
            ? Refusal.State("need-state", "该需求已经发布，不能重新发布。", "The need was published already and cannot be published again.")
            : (CheckCompany(command.CompanyStatus) ?? command.Content.Check(context.Today)?.Under("content")) is { } refusal
                ? refusal
                : Happens(new NeedPublished(command.Company, command.Content, context.NowUtc));
    }

    private static Result<IReadOnlyList<NeedEvent>> Change(NeedState state, ChangeNeed command, CommandContext context)
    {
        if (state.Company is not { } company)
        {
            return Refusal.NotFound();
        }

        return (Authority.OwnerOnly(context.Actor, company) ?? CheckNotClosed(state) ?? CheckCompany(command.CompanyStatus) ?? command.Content.Check(context.Today)?.Under("content")) is { } refusal
            ? refusal
            : Happens(new NeedChanged(command.Content));
    }

    private static Result<IReadOnlyList<NeedEvent>> Close(NeedState state, CloseNeed command, Actor actor)
    {
        if (state.Company is not { } company)
        {
            return Refusal.NotFound();
        }

        return (Authority.OwnerOrAdministrator(actor, company) ?? CheckNotClosed(state)) is { } refusal ? refusal : Happens(new NeedClosed(command.Why));
    }

    private static Result<IReadOnlyList<NeedEvent>> Suggest(NeedState state, SuggestResult command, CommandContext context)
    {
        if (state.Company is null)
        {
            return Refusal.NotFound();
        }

        if (Authority.OwnerOnly(context.Actor, command.Lab) is { } forbidden)
        {
            return forbidden;
        }

        if (context.Actor.Role is not (ActorRole.Lab or ActorRole.System))
        {
            return Refusal.Forbidden("labs-only", "只有高校院所和新型研发机构可以推荐成果。", "Only labs suggest results.");
        }

        if (!state.IsOpenOn(context.Today))
        {
            return Refusal.State("need-not-open", "该需求已经结束，不再接受推荐。", "The need is over; nothing can be suggested any more.");
        }

        if (command.LabStatus != OrganisationStatus.Verified)
        {
            return Refusal.State("lab-not-verified", "机构通过核验后才能推荐成果。", "The lab has to be verified before it suggests results.");
        }

        if (command.ResultStatus != ResultStatus.Listed)
        {
            var status = LabResult.NameOf(command.ResultStatus);
            return Refusal.State(
                "result-not-listed", $"只有已上架的成果才能推荐，该成果当前状态为“{status.Zh}”。", $"Only a listed result can be suggested; this one is {status.En}.");
        }

        if (state.Suggestions.Any(s => s.Result == command.Result))
        {
            return Refusal.State("suggested-already", "该成果已经推荐过，每项成果只能推荐一次。", "This result was suggested already; each can be suggested once.");
        }

        return state.Suggestions.Count >= MaxSuggestions
            ? Refusal.State("suggestions-too-many", "该需求收到的推荐已达上限。", "The need has as many suggestions as it can take.")
            : BilingualText.CheckRequired(command.Note, "note", MaxNoteCharacters) is { } refusal
                ? refusal
                : Happens(new ResultSuggested(command.Result, command.Lab, command.Note, context.NowUtc));
    }

    private static Result<IReadOnlyList<NeedEvent>> Answer(NeedState state, AnswerSuggestion command, CommandContext context)
    {
        if (state.Company is not { } company)
        {
            return Refusal.NotFound();
        }

        if (Authority.OwnerOnly(context.Actor, company) is { } forbidden)
        {
            return forbidden;
        }

        if (state.Suggestions.FirstOrDefault(s => s.Result == command.Result) is not { } suggestion)
        {
            return Refusal.NotFound();
        }

        if (suggestion.Answer is not null)
        {
            return Refusal.State("suggestion-answered", "该推荐已经答复。", "The suggestion is answered already.");
        }

        var refusal = command.Answer == SuggestionAnswer.NotSuitable
            ? BilingualText.CheckRequired(command.Reason ?? "", "reason", MaxReasonCharacters)
            : command.Reason is { Length: > MaxReasonCharacters } ? BilingualText.CheckRequired(command.Reason, "reason", MaxReasonCharacters) : null;
        return refusal is not null ? refusal : Happens(new SuggestionAnswered(command.Result, suggestion.Lab, command.Answer, command.Reason, context.NowUtc));
    }

    private static Refusal? CheckCompany(OrganisationStatus status) => status == OrganisationStatus.Verified
        ? null
        : Refusal.State("company-not-verified", "企业通过核验后才能发布技术需求。", "The company has to be verified before it publishes needs.");

    private static Refusal? CheckNotClosed(NeedState state) => state.Status == NeedStatus.Closed
        ? Refusal.State("need-state", "该需求已经关闭。", "The need is closed already.")
        : null;

    private static NeedEvent[] Happens(NeedEvent happened) => [happened];
}
