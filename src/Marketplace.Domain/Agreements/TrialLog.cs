using System.Collections.Immutable;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>A file that proves something. It is kept elsewhere; which bytes it had is the fact.</summary>
/// <param name="Name">Of the file, without a folder.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record EvidenceFile(string Name, string Sha256, long Bytes)
{
    private const int MostFiles = 20;
    private const long MostBytes = 1_000_000_000_000;

    /// <param name="files">Null: none.</param>
    public static Refusal? Check(IReadOnlyList<EvidenceFile>? files, string field)
    {
        if (files?.Count > MostFiles)
        {
            return Refusal.Invalid("evidence-too-many", $"最多{MostFiles}个文件。", $"At most {MostFiles} files.", field);
        }

        for (var i = 0; i < (files?.Count ?? 0); i++)
        {
            var at = $"{field}[{i}]";
            if (files![i] is not { Name: { Length: > 0 and <= 200 } name } file || name.Any(c => char.IsControl(c) || c is '/' or '\\'))
            {
                return Refusal.Invalid("evidence-name", "请写明文件名（200字以内，不含路径）。", "Name the file, in at most 200 characters and without a folder.", $"{at}.name");
            }

            if (!Sha256Hex.IsOne(file.Sha256))
            {
                return Refusal.Invalid("evidence-hash", "文件哈希须为64位小写十六进制。", "The hash of a file is 64 lower-case hexadecimal digits.", $"{at}.sha256");
            }

            if (AgreementTerms.Between(file.Bytes, 1, MostBytes, $"{at}.bytes") is { } outside)
            {
                return outside;
            }
        }

        return null;
    }
}

/// <summary>Something that was measured or seen in the trial. Never changed; its author may say that it does not hold.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Person">Who wrote it down.</param>
/// <param name="Criterion">Of a measurement: position of the criterion, from 0.</param>
/// <param name="Value">Of a measurement: in the unit of the criterion.</param>
/// <param name="RetractedFor">Why it does not hold; null: it holds.</param>
public sealed record TrialEntry(
    int Number, Party By, string Person, TrialEntryKind Kind, int? Criterion, decimal? Value, string Text, DateOnly OccurredOn, IReadOnlyList<EvidenceFile> Evidence, DateOnly On,
    string? RetractedFor = null);

public enum TrialEntryKind
{
    Measurement,
    Note,
    Issue,
}

/// <summary>The result of a trial, put before the other party: the documented basis of a decision that is still to be taken.</summary>
/// <param name="AnswerDueOn">Last day to object; silence confirms.</param>
/// <param name="AnsweredOn">When it was confirmed or objected to.</param>
/// <param name="Reason">Of an objection.</param>
public sealed record TrialSignOff(
    Party RequestedBy, DateOnly RequestedOn, DateOnly AnswerDueOn, SignOffStatus Status, IReadOnlyList<CriterionResult> Results, DateOnly? AnsweredOn = null, string? Reason = null);

public enum SignOffStatus
{
    Requested,
    Confirmed,

    /// <summary>Confirmed by silence.</summary>
    Deemed,
    Objected,
}

/// <summary>What the latest measurement says of one criterion.</summary>
/// <param name="Criterion">Its position, from 0.</param>
/// <param name="Entry">Number of the measurement.</param>
public sealed record CriterionResult(int Criterion, decimal Value, int Entry, bool IsMet);

/// <summary>How the criteria of a trial stand.</summary>
public static class TrialCriteria
{
    /// <summary>Of the version that is in force; none when nothing was agreed.</summary>
    public static IReadOnlyList<AcceptanceCriterion> Of(Agreement a) => a.Newest.Criteria ?? [];

    /// <summary>One for each criterion in order; null: not measured yet.</summary>
    public static IReadOnlyList<CriterionResult?> Results(Agreement a) => [.. Of(a).Select((criterion, i) => Latest(a.TrialLog, i) is { Value: { } value } entry
        ? new CriterionResult(i, value, entry.Number, criterion.IsMetBy(value))
        : null)];

    /// <summary>The one that happened last; of those of one day the one that was written down last.</summary>
    private static TrialEntry? Latest(ImmutableList<TrialEntry> log, int criterion) =>
        log.Where(e => e.Criterion == criterion && e.RetractedFor is null).MaxBy(e => (e.OccurredOn, e.Number));
}
