using Marketplace.Application.Agreements;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using Marketplace.Host.Components;
using Marketplace.Host.Components.Words;

namespace Marketplace.Host.Api;

/// <summary>A negotiation, with every difference in the words of both languages.</summary>
public sealed record NegotiationInWords(
    AgreementId Agreement, AgreementState State, DateOnly AppliedOn, DateOnly? TakenUpOn, DateOnly? EffectiveOn, int Days, Party Turn, DateOnly? SilentUntil,
    IReadOnlyList<VersionInWords> Versions)
{
    public static NegotiationInWords Of(NegotiationView n) => new(
        n.Agreement, n.State, n.AppliedOn, n.TakenUpOn, n.EffectiveOn, n.Days, n.Turn, n.SilentUntil, [.. n.Versions.Select(v => VersionInWords.Of(v, n.Templates))]);
}

/// <param name="Replaces">The version with which it is compared; null of the offer.</param>
public sealed record VersionInWords(
    int Version, Party By, DateOnly On, string? Note, DateOnly? ValidUntil, ProposalStatus Status, bool IsNewest, Party AcceptedBy, int? Replaces,
    IReadOnlyList<DifferenceInWords> Differences, IReadOnlyList<TermStance> Stances, IReadOnlyList<AcceptanceCriterion> Criteria)
{
    public static VersionInWords Of(NegotiatedVersion v, IReadOnlyList<TemplateDetails> templates) => new(
        v.Version, v.By, v.On, v.Note, v.ValidUntil, v.Status, v.IsNewest, v.AcceptedBy, v.Replaces,
        v.Before is { } before ? [.. v.Differences.Select(d => DifferenceInWords.Of(d, before, v.Terms, templates))] : [], v.Stances, v.Criteria);
}

/// <param name="Text">The whole contract, paragraph by paragraph; null when one of the versions has no text of a template.</param>
public sealed record TermsDifferenceInWords(int From, int To, IReadOnlyList<DifferenceInWords> Differences, IReadOnlyList<ComparedParagraph>? Text)
{
    public static TermsDifferenceInWords Of(TermsDifferenceView view) => new(
        view.From, view.To, [.. view.Differences.Select(d => DifferenceInWords.Of(d, view.Before, view.After, view.Templates))], view.Text);
}

/// <param name="Path">As the field is called in terms.</param>
/// <param name="Before">As the field is written in JSON; null: it was not there.</param>
public sealed record DifferenceInWords(string Path, string? Before, string? After, BilingualText Term, BilingualText BeforeInWords, BilingualText AfterInWords)
{
    public static DifferenceInWords Of(TermDifference d, AgreementTerms before, AgreementTerms after, IReadOnlyList<TemplateDetails> templates)
    {
        BilingualText Say(string? value, AgreementTerms terms) =>
            new(TermWords.Value(Reader.OfApi(false), d.Path, value, terms, templates), TermWords.Value(Reader.OfApi(true), d.Path, value, terms, templates));
        return new(d.Path, d.Before, d.After, TermWords.Label(d.Path, d.After is null ? before : after, templates), Say(d.Before, before), Say(d.After, after));
    }
}
