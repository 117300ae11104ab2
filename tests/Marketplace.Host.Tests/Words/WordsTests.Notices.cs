using Marketplace.Application.Json;
using Marketplace.Application.Mail;
using Marketplace.Application.Notices;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Teams;
using Marketplace.Host.Components.Words;
using Xunit;

namespace Marketplace.Host.Tests.Words;

// Whatever people are told has words in both languages, and a place where the thing is.
public sealed partial class WordsTests
{
    public static TheoryData<Type> ToldTypes => [.. NoticeRules.Told.Keys.OrderBy(t => t.Name)];

    [Theory]
    [MemberData(nameof(ToldTypes))]
    public void Every_event_that_is_told_of_has_a_sentence_in_both_languages(Type type)
    {
        var happened = Sample.Of(type);
        AssertBoth(NoticeSentences.Of(Chinese, happened, isForThemselves: false), NoticeSentences.Of(English, happened, isForThemselves: false));
        AssertBoth(NoticeSentences.Of(Chinese, happened, isForThemselves: true), NoticeSentences.Of(English, happened, isForThemselves: true));
    }

    [Fact]
    public void Every_date_at_every_distance_has_a_sentence_and_a_page()
    {
        foreach (var kind in Enum.GetValues<ComingDateKind>())
        {
            foreach (var offset in OffsetsOf(kind))
            {
                var date = new ComingDate(kind, 2, new DateOnly(2026, 3, 2), offset, 1_00, "CNY");
                AssertBoth(NoticeSentences.Of(Chinese, date), NoticeSentences.Of(English, date));
                var notice = Notice($"due/{kind}", "due/x", CanonicalJson.Write(date), "org_1");
                Assert.Equal(NoticeSentences.Of(Chinese, date), NoticeSentences.Of(Chinese, notice));
                Assert.StartsWith("/agreements/agr_1", NoticeAddress.Of(notice));
            }
        }
    }

    [Fact]
    public void What_fits_is_told_of_in_both_languages_and_leads_to_a_page()
    {
        var found = CanonicalJson.Write(new MatchFound(DerivedId.From<NeedId>("need"), DerivedId.From<LabResultId>("result"), new("电池", "A battery"), 70));
        foreach (var type in new[] { MatchFound.ForLab, MatchFound.ForCompany })
        {
            var match = Notice(type, $"{type}/x/y", found, "org_1");
            AssertBoth(NoticeSentences.Of(Chinese, match), NoticeSentences.Of(English, match));
            Assert.Contains("70", NoticeSentences.Of(English, match), StringComparison.Ordinal);
            Assert.Equal($"/needs/{DerivedId.From<NeedId>("need")}", NoticeAddress.Of(match));
        }

        var hit = Notice(SearchHit.Type, "search/x/y", CanonicalJson.Write(new SearchHit(DerivedId.From<LabResultId>("result"), "x")), null);
        AssertBoth(NoticeSentences.Of(Chinese, hit), NoticeSentences.Of(English, hit));
        Assert.Equal($"/results/{DerivedId.From<LabResultId>("result")}", NoticeAddress.Of(hit));
    }

    [Fact]
    public void Topics_channels_and_what_becomes_of_mails_have_names()
    {
        BilingualText[] names =
        [
            .. Enum.GetValues<NoticeTopic>().Select(Names.Of), .. Enum.GetValues<NoticeMail>().Select(Names.Of),
            .. Enum.GetValues<OutgoingMailKind>().Select(Names.Of), .. Enum.GetValues<OutgoingMailStatus>().Select(Names.Of),
        ];
        Assert.All(names, n => AssertBoth(n.Zh, n.En));
    }

    [Theory]
    [InlineData("agreement/terms-proposed", "agreement/agr_1/3", "org_1", "/agreements/agr_1/negotiation")]
    [InlineData("agreement/terms-agreed", "agreement/agr_1/3", "org_1", "/agreements/agr_1/contract")]
    [InlineData("agreement/sales-reported", "agreement/agr_1/3", "org_1", "/agreements/agr_1/reports")]
    [InlineData("agreement/payment-pending", "agreement/agr_1/unknown/int_1", "platform", "/agreements/agr_1")]
    [InlineData("need/result-suggested", "need/ned_1/2", "org_1", "/needs/ned_1")]
    [InlineData("result/result-listed", "result/res_1/7", "org_1", "/results/res_1")]
    [InlineData("organisation/organisation-registered", "organisation/org_1/1", "platform", "/organisations?decide=org_1")]
    [InlineData("organisation/organisation-verified", "organisation/org_1/2", "org_1", "/team")]
    [InlineData("team/member-joined", "team/org_1/2", "org_1", "/team")]
    [InlineData("team/member-removed", "team/org_1/2", null, "/account/teams")]
    [InlineData("payout-account/payout-account-registered", "payout-account/pac_1/1", "platform", "/bank/payments")]
    [InlineData("payout-account/payout-account-verified", "payout-account/pac_1/2", "org_1", "/payment-settings")]
    [InlineData("credit/exposure-limit-set", "credit/org_1/1", "org_1", "/home")]
    [InlineData("bank-line/bank-line-parked", "bank-line/bln_1/2", "platform", "/bank/lines/bln_1")]
    [InlineData("bank-payment/bank-payment-returned", "bank-payment/int_1/2", "platform", "/bank/payments")]
    [InlineData("due-work/work-quarantined", "due-work/trial/agreement/agr_1/3", "platform", "/quarantine")]
    [InlineData("provider-notice/notice-parked", "provider-notice/stripe:evt_1/2", "platform", "/provider-notices")]
    [InlineData("reconciliation/provider-reconciled", "reconciliation/stripe/1", "platform", "/reconciliation")]
    public void Every_kind_of_notice_leads_to_a_page(string type, string notice, string? team, string address) => Assert.Equal(address, NoticeAddress.Of(Notice(type, notice, "{}", team)));

    [Fact]
    public void Whoever_is_removed_is_spoken_to_and_others_are_told()
    {
        var removed = new MemberRemoved(default, [MemberRole.Finance]);
        Assert.Contains("您", NoticeSentences.Of(Chinese, removed, isForThemselves: true), StringComparison.Ordinal);
        Assert.Contains("财务", NoticeSentences.Of(Chinese, removed, isForThemselves: false), StringComparison.Ordinal);
    }

    /// <summary>What ends has ended afterwards, and signatures have no day before which they are due.</summary>
    private static IEnumerable<int> OffsetsOf(ComingDateKind kind) => ComingDates.Offsets.Where(o => kind switch
    {
        ComingDateKind.Payment or ComingDateKind.Report => true,
        ComingDateKind.TrialEnd or ComingDateKind.Terms or ComingDateKind.LicenceEnd => o <= 0,
        ComingDateKind.Signature => o > 0,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown date"),
    });

    private static NoticeView Notice(string type, string notice, string body, string? team) =>
        new(notice, type, NoticeTopic.Money, team, AgreementId.Wrap("agr_1"), BilingualText.Empty, body, default, null);
}
