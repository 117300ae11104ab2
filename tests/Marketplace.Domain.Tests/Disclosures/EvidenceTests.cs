using Marketplace.Domain.Agreements;
using Marketplace.Domain.Disclosures;
using Marketplace.Domain.Files;
using Marketplace.Domain.Tests.Agreements;

namespace Marketplace.Domain.Tests.Disclosures;

public sealed class EvidenceTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 2, 1, 30, 0, TimeSpan.Zero);

    /// <summary>Every subject there is × every reader, so that a new one waits for somebody to decide.</summary>
    [Theory]
    [InlineData(EvidenceSubject.Delivery, false)]
    [InlineData(EvidenceSubject.Trial, false)]
    [InlineData(EvidenceSubject.Return, false)]
    [InlineData(EvidenceSubject.Trigger, true)]
    [InlineData(EvidenceSubject.Dispute, true)]
    [InlineData(EvidenceSubject.Sum, true)]
    public void Guarantors_and_brokers_see_what_is_about_money(EvidenceSubject subject, bool isSeen)
    {
        Assert.Equal(isSeen, EvidenceRules.MaySee(Party.Third, subject));
        Assert.All([Party.Lab, Party.Company, Party.None], reader => Assert.True(EvidenceRules.MaySee(reader, subject)));
    }

    [Fact]
    public void It_is_about_something_that_the_agreement_has()
    {
        var state = AgreementStory.ConvertedOn("2026-03-02", Deals.LumpSum(100_000)).State;
        Assert.Null(EvidenceRules.Check(state, EvidenceSubject.Trigger, 1));
        Assert.Equal(["evidence-of-nothing", "evidence-of-nothing"], new[] { 0, 2 }.Select(of => EvidenceRules.Check(state, EvidenceSubject.Trigger, of)?.Code));
        Assert.All(Enum.GetValues<EvidenceSubject>(), subject => Assert.Null(EvidenceRules.Check(state, subject, null)));
        Assert.Equal("evidence-not-now", EvidenceRules.Check(state with { Stage = Stage.Closed }, EvidenceSubject.Sum, null)?.Code);
        Assert.Equal("evidence-not-now", EvidenceRules.Check(state with { EffectiveOn = null }, EvidenceSubject.Sum, null)?.Code);
    }

    [Theory]
    [InlineData(Party.Lab, "Owner", null)]
    [InlineData(Party.Company, "Company", null)]
    [InlineData(Party.None, "Administrator", null)]
    [InlineData(Party.None, "Company", "not-found")]
    [InlineData(Party.Third, "Company", "not-found")]
    public void Parties_and_administrators_hand_it_in(Party by, string who, string? code) =>
        Assert.Equal(code, EvidenceRules.Decide(EvidenceRules.Initial, Evidence(by), Actors.At(Begin, Actors.Named(who))).Refusal?.Code);

    [Fact]
    public void Each_has_a_number_and_an_agreement_takes_so_many()
    {
        var (state, context) = (EvidenceRules.Initial, Actors.At(Begin, Actors.Lab));
        for (var i = 0; i < EvidenceRules.MaxItems; i++)
        {
            state = EvidenceRules.Decide(state, Evidence(Party.Lab), context).Value.Aggregate(state, EvidenceRules.Apply);
        }

        Assert.Equal(Enumerable.Range(1, EvidenceRules.MaxItems), state.Items.Select(i => i.Number));
        Assert.Equal("evidence-too-much", EvidenceRules.Decide(state, Evidence(Party.Lab), context).Refusal?.Code);
    }

    private static AttachEvidence Evidence(Party by) => new(
        DerivedId.From<AgreementId>("a"), by, new StoredFile(Sha256Hex.Of("x"), FileTypes.Pdf, 1, "x.pdf"), "签收单", EvidenceSubject.Delivery, null);
}
