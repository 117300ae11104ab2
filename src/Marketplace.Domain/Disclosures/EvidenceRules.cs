using System.Collections.Immutable;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Files;

namespace Marketplace.Domain.Disclosures;

/// <summary>What a file proves something of.</summary>
public enum EvidenceSubject
{
    /// <summary>That the result was delivered, and how.</summary>
    Delivery,

    /// <summary>An entry of the trial's log, or the trial as a whole.</summary>
    Trial,

    /// <summary>That an event which makes money fall due has happened, or has not: a clause.</summary>
    Trigger,

    Dispute,

    /// <summary>That use has stopped, and what was handed over is destroyed.</summary>
    Return,

    /// <summary>One sum: its invoice, demand, proof of service.</summary>
    Sum,
}

/// <param name="Number">From 1.</param>
/// <param name="Of">Which entry, clause, dispute or sum, from 1; null: of none in particular.</param>
/// <param name="By">None: an administrator.</param>
public sealed record EvidenceItem(int Number, StoredFile File, string Title, EvidenceSubject Subject, int? Of, Party By, string Person, DateTimeOffset AtUtc);

/// <param name="Agreement">Null: there is none yet.</param>
public sealed record EvidenceState(AgreementId? Agreement, ImmutableList<EvidenceItem> Items);

public abstract record EvidenceCommand;

/// <param name="By">Fact, gathered by the use case: whose person it is in the agreement.</param>
public sealed record AttachEvidence(AgreementId Agreement, Party By, StoredFile File, string Title, EvidenceSubject Subject, int? Of) : EvidenceCommand;

public abstract record EvidenceEvent;

public sealed record EvidenceAttached(
    AgreementId Agreement, int Number, StoredFile File, string Title, EvidenceSubject Subject, int? Of, Party By, string Person, DateTimeOffset AtUtc) : EvidenceEvent;

/// <summary>The files that parties lay before each other, and before whoever decides between them. None is ever taken back.</summary>
public sealed class EvidenceRules : IAggregate<EvidenceState, EvidenceCommand, EvidenceEvent>
{
    public const int MaxItems = 200;
    public const int MaxTitleCharacters = 200;

    /// <summary>What a file may be.</summary>
    public static readonly IReadOnlyList<string> FileTypes = [.. ResultFiles.FileTypes, Files.FileTypes.Ofd];

    private EvidenceRules() { }

    public static EvidenceState Initial { get; } = new(Agreement: null, []);

    public static Result<IReadOnlyList<EvidenceEvent>> Decide(EvidenceState state, EvidenceCommand command, CommandContext context) => command switch
    {
        AttachEvidence c => Attach(state, c, context),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    public static EvidenceState Apply(EvidenceState state, EvidenceEvent happened) => happened switch
    {
        EvidenceAttached e => new(e.Agreement, state.Items.Add(new EvidenceItem(e.Number, e.File, e.Title, e.Subject, e.Of, e.By, e.Person, e.AtUtc))),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    /// <summary>Whether the agreement has such a thing, and has come as far as to need proof.</summary>
    public static Refusal? Check(Agreement agreement, EvidenceSubject subject, int? of)
    {
        if (agreement.EffectiveOn is null || agreement.Stage == Stage.Closed)
        {
            return Refusal.State("evidence-not-now", "协议生效后、结清关闭前可以提交证据。", "Evidence is laid before the other party from the agreement's effect until it is closed.");
        }

        var most = subject switch
        {
            EvidenceSubject.Trial => agreement.TrialLog.Count,
            EvidenceSubject.Trigger => agreement.Terms.Payments.Count,
            EvidenceSubject.Dispute => agreement.Disputes.Count,
            EvidenceSubject.Sum => agreement.Obligations.Count,
            EvidenceSubject.Delivery or EvidenceSubject.Return => 0,
        };
        return of is null || (of >= 1 && of <= most)
            ? null
            : Refusal.Invalid("evidence-of-nothing", "没有这个编号的事项。", "There is no such number.", "of");
    }

    /// <summary>Guarantors and brokers read what is about money; the trial is between lab and company.</summary>
    public static bool MaySee(Party reader, EvidenceSubject subject) => reader != Party.Third || subject switch
    {
        EvidenceSubject.Trigger or EvidenceSubject.Dispute or EvidenceSubject.Sum => true,
        EvidenceSubject.Delivery or EvidenceSubject.Trial or EvidenceSubject.Return => false,
    };

    private static Result<IReadOnlyList<EvidenceEvent>> Attach(EvidenceState state, AttachEvidence c, CommandContext context)
    {
        var refusal = (c.By is Party.Lab or Party.Company || (c.By == Party.None && context.Actor.Role is ActorRole.Administrator or ActorRole.System) ? null : Refusal.NotFound())
            ?? BilingualText.CheckRequired(c.Title, "title", MaxTitleCharacters)
            ?? (state.Items.Count < MaxItems ? null : Refusal.State("evidence-too-much", $"每份协议最多 {MaxItems} 份证据。", $"An agreement takes at most {MaxItems} files of evidence."));
        return refusal is not null
            ? refusal
            : Result<IReadOnlyList<EvidenceEvent>>.Of(
            [
                new EvidenceAttached(c.Agreement, state.Items.Count + 1, c.File, c.Title.Trim(), c.Subject, c.Of, c.By, context.Actor.Person, context.NowUtc),
            ]);
    }
}
