using Marketplace.Application.Agreements;
using Marketplace.Application.Grains;
using Marketplace.Application.Notices;
using Marketplace.Application.Tests.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Payments;
using Xunit;

namespace Marketplace.Application.Tests.Notices;

/// <summary>Somebody has decided, of every event type, who is told of it.</summary>
public sealed class NoticeRulesTests
{
    public static TheoryData<Type> EventTypes => [.. GrainTypes.All.SelectMany(g => TypesOf(GrainTypes.EventsOf(g)))];

    [Theory]
    [MemberData(nameof(EventTypes))]
    public void Every_event_type_has_readers_or_a_reason_why_it_has_none(Type type) =>
        Assert.True(NoticeRules.Told.ContainsKey(type) ^ NoticeRules.SilentFor.ContainsKey(type), $"{type.Name}: say in NoticeRules who is told of it, or why nobody is.");

    [Fact]
    public void Nothing_is_named_that_cannot_happen() =>
        Assert.Empty(NoticeRules.Told.Keys.Concat(NoticeRules.SilentFor.Keys).Except(EventTypes.Select(t => t.Data)));

    /// <summary>Streams of which something is told are read; a kind that is forgotten would be silent.</summary>
    [Fact]
    public void Every_event_that_is_told_of_can_be_read_back()
    {
        foreach (var grain in GrainTypes.All)
        {
            var (kind, catalog) = (StreamDirectory.KindOf(grain), typeof(EventCatalog<>).MakeGenericType(GrainTypes.EventsOf(grain)));
            var types = (IEnumerable<KeyValuePair<string, Type>>)catalog.GetProperty("Types")!.GetValue(catalog.GetField("Instance")!.GetValue(null))!;
            if (types.Any(t => NoticeRules.Told.ContainsKey(t.Value) || NoticeRules.Watched.Contains(t.Value)))
            {
                Assert.Throws<UnknownEventException>(() => NoticeRules.Read(kind, "no-such-event", "{}"));
            }
            else
            {
                Assert.Null(NoticeRules.Read(kind, "no-such-event", "{}"));
            }
        }
    }

    /// <summary>What the timeline leaves out for a company must not reach it as a notice.</summary>
    [Theory]
    [InlineData(typeof(IncomeDistributed))]
    [InlineData(typeof(InventorSplitChanged))]
    [InlineData(typeof(DistributionObjected))]
    [InlineData(typeof(DistributionObjectionAnswered))]
    [InlineData(typeof(TaxWithheld))]
    [InlineData(typeof(PaymentMovedLate))]
    public void What_is_the_labs_own_is_told_to_the_lab_alone(Type type) => Assert.Equal(NoticeReaders.Lab, NoticeRules.Told[type](null!)!.To);

    [Theory]
    [InlineData(IntentKind.Collection, IntentStatus.Succeeded, null, Duty.None)]
    [InlineData(IntentKind.Collection, IntentStatus.Failed, NoticeReaders.Company, Duty.None)]
    [InlineData(IntentKind.Refund, IntentStatus.Succeeded, NoticeReaders.Company, Duty.None)]
    [InlineData(IntentKind.Refund, IntentStatus.Failed, NoticeReaders.Company, Duty.Operate)]
    [InlineData(IntentKind.Payout, IntentStatus.Succeeded, NoticeReaders.Lab, Duty.None)]
    [InlineData(IntentKind.Payout, IntentStatus.Failed, NoticeReaders.Lab, Duty.Operate)]
    [InlineData(IntentKind.Recovery, IntentStatus.PartlySucceeded, NoticeReaders.Lab, Duty.Operate)]
    public void The_end_of_a_payment_is_told_to_whom_it_was_for(IntentKind kind, IntentStatus status, NoticeReaders? to, Duty platform)
    {
        var rule = NoticeRules.Of(new PaymentConcluded(default, kind, status, null, default, default, "", null, default));
        Assert.Equal((to, to is null ? Duty.None : Duty.Finance, platform), (rule?.To, rule?.For ?? Duty.None, rule?.Platform ?? Duty.None));
    }

    [Fact]
    public void A_broker_is_told_of_its_share_and_of_what_it_is_paid_and_nobody_without_one_is()
    {
        Assert.Null(NoticeRules.Of(new ReceiptAllocated(1, [], default, default, default)));
        Assert.Equal(NoticeReaders.Third, NoticeRules.Of(new ReceiptAllocated(1, [], default, default, default, new Money(1, Currency.Cny)))!.To);
        var paid = NoticeRules.Of(new PaymentConcluded(default, IntentKind.Payout, IntentStatus.Succeeded, null, default, default, ChartOfAccounts.BrokerPayable, null, default));
        Assert.Equal((NoticeReaders.Lab | NoticeReaders.Third, Duty.Finance), (paid!.To, paid.For));
    }

    [Fact]
    public void A_payment_of_unknown_outcome_is_told_to_who_runs_the_marketplace_once()
    {
        var unknown = NoticeRules.Of(new PaymentPending(PaymentIntentId.Wrap("int_1"), IntentStatus.Unknown, null, default));
        Assert.Equal(new NoticeRule(NoticeTopic.Operation, NoticeReaders.None, Duty.None, Duty.Operate, "unknown/int_1"), unknown);
        Assert.Null(NoticeRules.Of(new PaymentPending(default, IntentStatus.Processing, null, default)));
    }

    [Fact]
    public void A_guarantor_is_told_of_the_ladder_once_it_concerns_them()
    {
        Assert.Equal(NoticeReaders.Parties, NoticeRules.Of(new EnforcementStepTaken(1, EnforcementStep.Demand, default, default, ""))!.To);
        Assert.Equal(NoticeReaders.All, NoticeRules.Of(new EnforcementStepTaken(1, EnforcementStep.Hold, default, default, ""))!.To);
    }

    [Fact]
    public void What_a_date_says_by_itself_is_not_said_twice()
    {
        Assert.Null(NoticeRules.Of(new EnforcementStepTaken(1, EnforcementStep.FirstReminder, default, default, "")));
        Assert.Null(NoticeRules.Of(new EnforcementStepTaken(1, EnforcementStep.Overdue, default, default, "")));
        Assert.NotNull(NoticeRules.Of(new TrialEndNoticed(60, default)));
        Assert.Null(NoticeRules.Of(new TrialEndNoticed(30, default)));
        Assert.Null(NoticeRules.Of(new SalesReportReminded(1, default, SalesReportReminder.Missing)));
        Assert.NotNull(NoticeRules.Of(new SalesReportReminded(1, default, SalesReportReminder.Demanded)));
        Assert.Null(NoticeRules.Of(new TermStanceTaken(1, "", Party.Lab, Stance.Accepted, null, default)));
    }

    [Theory]
    [InlineData(NoticeTopic.Money, false, NoticeMail.None, "always-shown")]
    [InlineData(NoticeTopic.Signatures, false, NoticeMail.AtOnce, "always-shown")]
    [InlineData(NoticeTopic.Trial, false, NoticeMail.None, null)]
    [InlineData(NoticeTopic.Money, true, NoticeMail.Weekly, null)]
    [InlineData(NoticeTopic.Trial, true, (NoticeMail)9, "choice-unknown")]
    [InlineData((NoticeTopic)99, true, NoticeMail.None, "choice-unknown")]
    public void What_binds_and_what_costs_cannot_be_turned_off_in_the_app(NoticeTopic topic, bool isShown, NoticeMail mail, string? code) =>
        Assert.Equal(code, new NoticeChoice(topic, isShown, mail).Check()?.Code);

    private static IEnumerable<Type> TypesOf(Type events) => events.Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(events));
}
