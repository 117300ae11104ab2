namespace Marketplace.Domain.Disclosures;

/// <param name="Version">Of <see cref="ConfidentialityText"/>.</param>
/// <param name="Facts">As the text names them: with the version, they make the text again.</param>
/// <param name="Sha256">Of the text that was signed.</param>
/// <param name="LastDay">The last one on which it gives access.</param>
public sealed record SignedConfidentiality(int Version, ConfidentialityFacts Facts, string Sha256, string By, DateTimeOffset AtUtc, DateOnly LastDay);

public sealed record EndedAccess(string Reason, DateTimeOffset AtUtc);

/// <param name="Result">Null, as <paramref name="Lab"/> and <paramref name="Company"/>: never signed.</param>
/// <param name="Signed">The latest.</param>
/// <param name="Ended">By the lab; null: not.</param>
public sealed record ConfidentialityState(LabResultId? Result, OrganisationId? Lab, OrganisationId? Company, SignedConfidentiality? Signed, EndedAccess? Ended)
{
    /// <summary>Whether it opens files on this day. What was learned is to be kept secret for as long as the text says, whatever this answers.</summary>
    public bool IsOpenOn(DateOnly day) => Signed is { } signed && Ended is null && day <= signed.LastDay;
}

public abstract record ConfidentialityCommand;

/// <param name="Lab">Fact, gathered by the use case, as <paramref name="Facts"/> are.</param>
/// <param name="Sha256">Of the text as it was shown to whoever signs.</param>
public sealed record SignConfidentiality(LabResultId Result, OrganisationId Lab, OrganisationId Company, ConfidentialityFacts Facts, string Sha256) : ConfidentialityCommand;

public sealed record EndConfidentialAccess(string Reason) : ConfidentialityCommand;

public abstract record ConfidentialityEvent;

public sealed record ConfidentialitySigned(
    LabResultId Result, OrganisationId Lab, OrganisationId Company, int Version, ConfidentialityFacts Facts, string Sha256, string By, DateTimeOffset AtUtc, DateOnly LastDay)
    : ConfidentialityEvent;

/// <summary>The company is given nothing more; what it knows stays confidential.</summary>
public sealed record ConfidentialAccessEnded(string Reason, DateTimeOffset AtUtc) : ConfidentialityEvent;

/// <summary>One company's confidentiality agreement about one result. It is signed by the company alone: the lab offers it to whoever signs.</summary>
public sealed class Confidentiality : IAggregate<ConfidentialityState, ConfidentialityCommand, ConfidentialityEvent>
{
    public const int MaxReasonCharacters = 1_000;

    private Confidentiality() { }

    public static ConfidentialityState Initial { get; } = new(null, null, null, null, null);

    public static Result<IReadOnlyList<ConfidentialityEvent>> Decide(ConfidentialityState state, ConfidentialityCommand command, CommandContext context) => command switch
    {
        SignConfidentiality c => Sign(state, c, context),
        EndConfidentialAccess c => End(state, c, context),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    public static ConfidentialityState Apply(ConfidentialityState state, ConfidentialityEvent happened) => happened switch
    {
        ConfidentialitySigned e => new(e.Result, e.Lab, e.Company, new(e.Version, e.Facts, e.Sha256, e.By, e.AtUtc, e.LastDay), state.Ended),
        ConfidentialAccessEnded e => state with { Ended = new(e.Reason, e.AtUtc) },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Result<IReadOnlyList<ConfidentialityEvent>> Sign(ConfidentialityState state, SignConfidentiality c, CommandContext context) =>
        Authority.OwnerOnly(context.Actor, c.Company) is { } forbidden ? forbidden
        : context.Actor.Role != ActorRole.Company ? Refusal.Forbidden("companies-only", "保密协议由企业签署。", "Confidentiality agreements are signed by companies.")
        : state.Ended is { } ended ? Refusal.State(
            "confidential-access-ended", $"院所已终止贵方的保密访问：{ended.Reason}", $"The laboratory has ended your access: {ended.Reason}")
        : state.IsOpenOn(context.Today) ? Refusal.State("confidentiality-signed", "贵方已签署保密协议，仍在有效期内。", "Your organisation has signed it already, and it is in force.")
        : !string.Equals(c.Sha256, ConfidentialityText.Sha256Of(ConfidentialityText.Current, c.Facts), StringComparison.Ordinal) ? Refusal.Invalid(
            "document-hash-differs", "所签文本与现行协议文本不一致，请重新阅读后签署。", "This is not the text that is offered now; read it again before you sign.", "documentHash")
        : Result<IReadOnlyList<ConfidentialityEvent>>.Of(
        [
            new ConfidentialitySigned(
                c.Result, c.Lab, c.Company, ConfidentialityText.Current, c.Facts, c.Sha256, context.Actor.Person, context.NowUtc,
                context.Today.AddYears(ConfidentialityText.YearsOfAccess).AddDays(-1)),
        ]);

    private static Result<IReadOnlyList<ConfidentialityEvent>> End(ConfidentialityState state, EndConfidentialAccess c, CommandContext context) =>
        state.Lab is not { } lab ? Refusal.NotFound()
        : Authority.OwnerOnly(context.Actor, lab) is { } forbidden ? forbidden
        : state.Ended is not null ? Refusal.State("confidential-access-ended-already", "访问已终止。", "Access has been ended already.")
        : BilingualText.CheckRequired(c.Reason, "reason", MaxReasonCharacters) is { } refusal ? refusal
        : Result<IReadOnlyList<ConfidentialityEvent>>.Of([new ConfidentialAccessEnded(c.Reason.Trim(), context.NowUtc)]);
}
