using CsCheck;
using Marketplace.Domain.Banking;

namespace Marketplace.Domain.Tests.Banking;

public sealed class BankMatchingTests
{
    private static readonly AgreementId One = DerivedId.From<AgreementId>("one");
    private static readonly AgreementId Other = DerivedId.From<AgreementId>("other");
    private static readonly OrganisationId Company = DerivedId.From<OrganisationId>("company");
    private static readonly PaymentIntentId Payment = DerivedId.From<PaymentIntentId>("payment");

    /// <summary>The reference alone decides: neither sum, currency, name nor account keep the money from the agreement that it names.</summary>
    [Fact]
    public void A_reference_is_beyond_doubt() => Gen.Select(Gen.Long[1, 10_000_000], Gen.Bool).Sample((amountMinor, known) =>
    {
        var entry = Lines.Credit(amountMinor, $"付 {RemittanceReference.Of(One, 7).Grouped} 许可费", "陌生人");
        var facts = MatchFacts.None with { Named = [One], Open = [Sum(Other, amountMinor)], KnownPayers = known ? [Company] : [] };
        Assert.Equal(new BankLineTarget(BankLineUse.Receipt, One), BankMatching.Decide(entry, facts).Target);
    });

    [Fact]
    public void A_reference_is_found_wherever_the_payer_wrote_it()
    {
        var reference = RemittanceReference.Of(One, 1);
        Assert.Equal([reference], BankMatching.ReferencesIn(Lines.Credit(1, $"x{reference.Value.ToLowerInvariant()}x")));
        Assert.Equal([reference], BankMatching.ReferencesIn(Lines.Credit(1) with { StructuredReference = reference.Value }));
        Assert.Equal([reference], BankMatching.ReferencesIn(Lines.Credit(1, reference.Grouped) with { EndToEndId = reference.Value }));
        Assert.Empty(BankMatching.ReferencesIn(Lines.Credit(1, reference.Value[..^1])));
    }

    [Theory]
    [InlineData(100_00, "津示例（天津）有限公司", true, 2, "SameAmount KnownAccount SameName NearDueDate")]
    [InlineData(100_00, "津示例(天津) 有限责任公司", false, 0, "SameAmount SameName NearDueDate")]
    [InlineData(100_00, "example co., limited", false, 400, "SameAmount SameName")]
    [InlineData(100_00, "别人", false, 400, "SameAmount")]
    [InlineData(99_99, "别人", true, 400, "KnownAccount")]
    [InlineData(99_99, "津示例（天津）有限公司", false, 0, "SameName NearDueDate")]
    [InlineData(99_99, "津示例（天津）有限公司", false, 400, null)] // a name alone is nobody's
    [InlineData(99_99, "别人", false, 0, null)]
    public void Without_one_the_sum_the_payer_and_the_day_speak(long amountMinor, string payer, bool isKnown, int daysOff, string? reasons)
    {
        var sum = Sum(One, 100_00) with { DueOn = Lines.Day.AddDays(-daysOff) };
        var decision = BankMatching.Decide(Lines.Credit(amountMinor, payer: payer), MatchFacts.None with { Open = [sum], KnownPayers = isKnown ? [Company] : [] });
        Assert.Null(decision.Target);
        Assert.Equal(reasons, decision.Proposals is [var proposal] ? string.Join(' ', proposal.Reasons) : null);
        Assert.Equal(reasons is null ? ParkReason.NothingFits : null, decision.Parked);
    }

    /// <summary>Never more than five, one for each agreement, the best first, and no score above 1 000.</summary>
    [Fact]
    public void Proposals_are_few_and_in_order() =>
        Gen.Select(Gen.Int[0, 8], Gen.Long[99, 101], Gen.Int[-200, 200]).Array[0, 30].Sample(sums =>
        {
            var open = sums.Select((s, i) => Sum(DerivedId.From<AgreementId>($"{s.Item1}"), s.Item2) with { Obligation = i + 1, DueOn = Lines.Day.AddDays(s.Item3) }).ToList();
            var decision = BankMatching.Decide(Lines.Credit(100), MatchFacts.None with { Open = open });
            Assert.Equal(Math.Min(BankMatching.MostProposals, open.Where(o => o.Outstanding.AmountMinor == 100).Select(o => o.Agreement).Distinct().Count()), decision.Proposals.Count);
            Assert.Equal(decision.Proposals.Count, decision.Proposals.Select(p => p.Agreement).Distinct().Count());
            Assert.Equal(decision.Proposals.Select(p => p.Score).OrderDescending(), decision.Proposals.Select(p => p.Score));
            Assert.All(decision.Proposals, p => Assert.InRange(p.Score, 1, 1_000));
        });

    [Theory]
    [InlineData(true, true, 100, "PaymentMade")]
    [InlineData(true, false, 100, "PaymentDiffers")] // made already
    [InlineData(true, true, 101, "PaymentDiffers")]
    [InlineData(false, true, 100, "PaymentReturned")]
    [InlineData(false, false, 100, "ReturnedAfterSuccess")]
    public void Our_own_payments_are_known_by_their_id(bool isDebit, bool isAtBank, long amountMinor, string expected)
    {
        var entry = isDebit ? Lines.Debit(amountMinor) : Lines.Credit(amountMinor);
        var decision = BankMatching.Decide(entry, MatchFacts.None with { Payment = new NamedPayment(Payment, new Money(100, Currency.Cny), isAtBank, !isAtBank) });
        Assert.Equal(expected, decision.Target?.Use.ToString() ?? decision.Parked.ToString());
    }

    [Fact]
    public void Their_id_is_found_in_whatever_a_bank_puts_it()
    {
        var id = BankPaymentOrder.EndToEndIdOf(Payment);
        Assert.Equal(29, id.Length);
        Assert.Equal(BankPaymentOrder.EndToEndIdLength, id.Length);
        Assert.Equal(Payment, BankMatching.PaymentIn(Lines.Debit(1) with { EndToEndId = id }));
        Assert.Equal(Payment, BankMatching.PaymentIn(Lines.Debit(1, $"PIN转账{id.ToLowerInvariant()}许可收益")));
        Assert.Null(BankMatching.PaymentIn(Lines.Debit(1, id[..^1])));
        Assert.Null(BankMatching.PaymentIn(Lines.Debit(1, "")));
    }

    [Theory]
    [InlineData(true, 100, "S1", null, "a")]        // the bank's own reference
    [InlineData(true, 40, "S1", null, "a")]         // of a part
    [InlineData(false, 100, null, "E2", "b")]       // the payer's, of all of it
    [InlineData(false, 40, null, "E2", "DebitUnknown")]
    [InlineData(true, 300, null, null, "c")]        // by sum and counterparty, since it says that it is one
    [InlineData(true, 100, null, null, "ReversalAmbiguous")]
    [InlineData(true, 999, null, null, "ReversalOfNothing")]
    [InlineData(false, 300, null, null, "DebitUnknown")]
    public void What_is_taken_back_is_found_or_a_person_is_asked(bool isReversal, long amountMinor, string? servicer, string? endToEnd, string expected)
    {
        ReceivedLine[] received = [Received("a", 100, "S1", "E1"), Received("b", 100, "S2", "E2"), Received("c", 300, null, null)];
        var entry = Lines.Debit(amountMinor) with { IsReversal = isReversal, ServicerReference = servicer, EndToEndId = endToEnd };
        var decision = BankMatching.Decide(entry, MatchFacts.None with { Received = received });
        Assert.Equal(expected, decision.Target is { Of: { } of } ? received.Select((r, i) => (r.Line, Name: "abc"[i])).Single(r => r.Line == of).Name.ToString() : decision.Parked.ToString());
    }

    private static OpenSum Sum(AgreementId agreement, long outstandingMinor) =>
        new(agreement, 1, Company, new BilingualText("津示例（天津）有限公司", "Example Co., Ltd."), Lines.Day, new Money(outstandingMinor, Currency.Cny));

    private static ReceivedLine Received(string name, long amountMinor, string? servicer, string? endToEnd) =>
        new(DerivedId.From<BankLineId>(name), One, new Money(amountMinor, Currency.Cny), servicer, endToEnd);
}
