using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Host.Components.Words;

/// <summary>What a trial has to show, and what proves it.</summary>
public static class TrialWords
{
    public static string Sentence(Reader r, AcceptanceCriterion c) =>
        r.T($"{c.Name}：{c.Measure}{Bound(r, c)}；测试方法：{c.Method}", $"{c.Name}: {c.Measure}, {Bound(r, c)}; tested by: {c.Method}");

    /// <summary>E.g. <c>at least 95 %</c>.</summary>
    public static string Bound(Reader r, AcceptanceCriterion c) => c.Comparison switch
    {
        CriterionComparison.AtLeast => $"{r.T(Names.Of(c.Comparison))} {Value(r, c, c.Low!.Value)}",
        CriterionComparison.AtMost => $"{r.T(Names.Of(c.Comparison))} {Value(r, c, c.High!.Value)}",
        CriterionComparison.Between => r.T(
            $"介于 {Value(r, c, c.Low!.Value)} 与 {Value(r, c, c.High!.Value)} 之间", $"between {Value(r, c, c.Low!.Value)} and {Value(r, c, c.High!.Value)}"),
    };

    /// <summary>A number with its unit, which no line break parts.</summary>
    public static string Value(Reader r, AcceptanceCriterion c, decimal value) => c.Unit.Length == 0 ? r.Number(value) : $"{r.Number(value)}\u00A0{c.Unit}";

    /// <summary>Names of files at the end of a sentence; nothing when there are none.</summary>
    public static string Files(Reader r, IReadOnlyList<EvidenceFile>? files) => files is null or { Count: 0 }
        ? ""
        : r.T($"（证据：{string.Join("、", files.Select(f => f.Name))}）", $" (evidence: {string.Join(", ", files.Select(f => f.Name))})");
}
