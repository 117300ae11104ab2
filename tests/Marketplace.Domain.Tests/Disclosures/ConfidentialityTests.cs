using Marketplace.Domain.Agreements;
using Marketplace.Domain.Disclosures;

namespace Marketplace.Domain.Tests.Disclosures;

public sealed class ConfidentialityTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 1, 30, 0, TimeSpan.Zero);
    private static readonly LabResultId Result = DerivedId.From<LabResultId>("result");
    private static readonly ConfidentialityFacts Facts = new(new("海河实验室", "Haihe Laboratory"), "91350100M000100Y43", new("示例公司", "Example Company"), "99000000C000000016", new("示例成果", "Example result"));

    /// <summary>What somebody has signed is written again from its version: one that was ever offered does not change. A new text is a new version.</summary>
    [Theory]
    [InlineData(1, "fe2ba76f76aba0913a7e03a5169e06f0d75f9f19739893ec04581a0882e143b5")]
    public void A_version_of_the_text_never_changes(int version, string sha256) => Assert.Equal(sha256, ConfidentialityText.Sha256Of(version, Facts));

    [Fact]
    public void The_current_version_is_complete_in_both_languages_and_names_parties_and_result()
    {
        var text = ConfidentialityText.Paragraphs(ConfidentialityText.Current, Facts);
        Assert.All(text, p => Assert.Null(p.CheckComplete("paragraph", 2_000)));
        var (zh, en) = (string.Concat(text.Select(p => p.Zh)), string.Concat(text.Select(p => p.En)));
        Assert.All(["海河实验室", "示例公司", "示例成果", Facts.LabUscc, Facts.CompanyUscc], named => Assert.Contains(named, zh, StringComparison.Ordinal));
        Assert.All(["Haihe Laboratory", "Example Company", "Example result", Facts.LabUscc, Facts.CompanyUscc], named => Assert.Contains(named, en, StringComparison.Ordinal));
        Assert.DoesNotContain("{", zh + en, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_fact_is_part_of_what_is_signed()
    {
        ConfidentialityFacts[] others =
        [
            Facts with { LabName = new("海河实验室二", "Haihe Laboratory") }, Facts with { LabUscc = "1" }, Facts with { CompanyName = new("示例公司", "Another Company") },
            Facts with { CompanyUscc = "2" }, Facts with { ResultTitle = new("另一成果", "Example result") },
        ];
        Assert.Equal(others.Length + 1, others.Append(Facts).Select(f => ConfidentialityText.Sha256Of(1, f)).Distinct().Count());
    }

    [Theory]
    [InlineData("Company", null)]
    [InlineData("Owner", "not-found")]
    [InlineData("OtherLab", "companies-only")]
    [InlineData("Administrator", "owner-only")]
    [InlineData("Visitor", "not-found")]
    public void Only_the_company_signs(string who, string? code) => Assert.Equal(code, Decide(Confidentiality.Initial, Signature(), Actors.Named(who)).Refusal?.Code);

    [Theory]
    [InlineData("Owner", null)]
    [InlineData("OtherLab", "not-found")]
    [InlineData("Company", "not-found")]
    [InlineData("Administrator", "owner-only")]
    [InlineData("Visitor", "not-found")]
    public void Only_the_lab_ends_access(string who, string? code)
    {
        var signed = After(Confidentiality.Initial, Decide(Confidentiality.Initial, Signature(), Actors.Company));
        Assert.Equal(code, Decide(signed, new EndConfidentialAccess("理由"), Actors.Named(who)).Refusal?.Code);
    }

    [Fact]
    public void It_opens_files_for_three_years_is_signed_again_when_it_has_lapsed_and_never_once_the_lab_has_ended_it()
    {
        Assert.Equal("not-found", Decide(Confidentiality.Initial, new EndConfidentialAccess("理由"), Actors.Lab).Refusal?.Code);
        Assert.Equal("document-hash-differs", Decide(Confidentiality.Initial, Signature() with { Sha256 = new string('0', 64) }, Actors.Company).Refusal?.Code);

        var signed = After(Confidentiality.Initial, Decide(Confidentiality.Initial, Signature(), Actors.Company));
        Assert.True(signed.IsOpenOn(new DateOnly(2026, 3, 2)) && signed.IsOpenOn(new DateOnly(2029, 3, 1)));
        Assert.False(signed.IsOpenOn(new DateOnly(2029, 3, 2)));
        Assert.Equal("confidentiality-signed", Decide(signed, Signature(), Actors.Company).Refusal?.Code);

        var again = After(signed, Decide(signed, Signature(), Actors.Company, Begin.AddYears(3)));
        Assert.True(again.IsOpenOn(new DateOnly(2032, 3, 1)));

        var ended = After(again, Decide(again, new EndConfidentialAccess(" 理由 "), Actors.Lab));
        Assert.False(ended.IsOpenOn(new DateOnly(2029, 3, 2)));
        Assert.Equal("理由", ended.Ended?.Reason);
        Assert.Equal("confidential-access-ended", Decide(ended, Signature(), Actors.Company).Refusal?.Code);
        Assert.Equal("confidential-access-ended-already", Decide(ended, new EndConfidentialAccess("理由"), Actors.Lab).Refusal?.Code);
    }

    /// <summary>Every stage an agreement can be in, so that a new one waits for somebody to decide.</summary>
    [Fact]
    public void An_agreement_opens_files_from_its_signature_until_it_is_over()
    {
        Stage[] open =
        [
            Stage.Signed, Stage.Filed, Stage.Delivered, Stage.InTrial, Stage.Extended, Stage.DecisionDue, Stage.Converted, Stage.Overdue, Stage.Cure, Stage.Breached, Stage.Settled,
        ];
        Assert.Equal(open, Enum.GetValues<Stage>().Where(AgreementRules.OpensFiles).OrderBy(s => Array.IndexOf(open, s)));
    }

    private static SignConfidentiality Signature() => new(Result, Actors.LabId, Actors.StrangerId, Facts, ConfidentialityText.Sha256Of(ConfidentialityText.Current, Facts));

    private static Result<IReadOnlyList<ConfidentialityEvent>> Decide(ConfidentialityState state, ConfidentialityCommand command, Actor actor, DateTimeOffset? at = null) =>
        Confidentiality.Decide(state, command, Actors.At(at ?? Begin, actor));

    private static ConfidentialityState After(ConfidentialityState state, Result<IReadOnlyList<ConfidentialityEvent>> decided) => decided.Value.Aggregate(state, Confidentiality.Apply);
}
