using System.Collections.Immutable;

namespace Marketplace.Domain.Agreements;

/// <summary>A sales report that its company has begun to fill in. Nobody has said anything yet: no rule reads it, and nobody else sees it.</summary>
/// <param name="Period">Which report it is for; 0: none was ever begun.</param>
/// <param name="Fields">As typed, by name of the field; whether it can be read is told when it is sent.</param>
public sealed record ReportDraftState(int Period, ImmutableSortedDictionary<string, string> Fields, DateOnly? SavedOn);

public abstract record ReportDraftCommand;

/// <summary>Takes the place of what was kept before.</summary>
public sealed record SaveReportDraft(OrganisationId Company, int Period, IReadOnlyDictionary<string, string> Fields) : ReportDraftCommand;

public abstract record ReportDraftEvent;

public sealed record ReportDraftSaved(OrganisationId Company, int Period, ImmutableSortedDictionary<string, string> Fields, DateOnly On) : ReportDraftEvent;

/// <summary>The one draft of an agreement, kept by its company for the report that is due next.</summary>
public sealed class ReportDraft : IAggregate<ReportDraftState, ReportDraftCommand, ReportDraftEvent>
{
    private const int MostFields = 40;
    private const int LongestName = 40;
    private const int LongestText = 100;

    private ReportDraft() { }

    public static ReportDraftState Initial { get; } = new(0, ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal), null);

    public static Result<IReadOnlyList<ReportDraftEvent>> Decide(ReportDraftState state, ReportDraftCommand command, CommandContext context) => command switch
    {
        SaveReportDraft c => Save(state, c, context),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    public static ReportDraftState Apply(ReportDraftState state, ReportDraftEvent happened) => happened switch
    {
        ReportDraftSaved e => new ReportDraftState(e.Period, e.Fields, e.On),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Result<IReadOnlyList<ReportDraftEvent>> Save(ReportDraftState state, SaveReportDraft c, CommandContext context)
    {
        if (Authority.OwnerOnly(context.Actor, c.Company) is { } forbidden)
        {
            return forbidden;
        }

        if (c.Fields.Count > MostFields || c.Fields.Keys.Any(n => n.Length is 0 or > LongestName || !n.All(char.IsAsciiLetterOrDigit)))
        {
            return Refusal.Invalid("draft-fields-wrong", "草稿的字段不正确。", $"A draft has at most {MostFields} fields, named by letters and digits.", "fields");
        }

        foreach (var (name, text) in c.Fields)
        {
            if (BilingualText.CheckRequired(text, $"fields.{name}", LongestText) is { } refusal)
            {
                return refusal;
            }
        }

        var fields = c.Fields.ToImmutableSortedDictionary(StringComparer.Ordinal);
        return Result<IReadOnlyList<ReportDraftEvent>>.Of(
            state.Period == c.Period && state.Fields.SequenceEqual(fields) ? [] : [new ReportDraftSaved(c.Company, c.Period, fields, context.Today)]);
    }
}
