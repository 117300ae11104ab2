using System.Text.RegularExpressions;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>An alarm clock that did not ring for months changes nothing but the days on which notices went out.</summary>
public sealed partial class CatchUpTests
{
    public static TheoryData<string, string> Outages => new()
    {
        { "trial", "2025-12-01" }, // notices
        { "trial", "2026-02-10" }, // a notice and the lapse
        { "delivered", "2025-03-05" },
        { "claimed in trial", "2025-06-10" }, // silence converts, the sum falls due and becomes overdue
        { "claimed", "2025-06-10" },
        { "lump sum", "2026-01-20" }, // reminder, invoice, collection, overdue, demand, hold
        { "lump sum", "2026-03-20" },
        { "paid early", "2026-02-20" }, // unapplied money pays the older sum while the younger becomes overdue
        { "instalments", "2026-02-20" },
        { "reports", "2025-06-01" },
        { "cure", "2026-05-20" }, // cure ends in breach
        { "licence ends", "2028-02-01" },
    };

    [Theory]
    [MemberData(nameof(Outages))]
    public void Ninety_days_down_lead_to_the_same_state_as_waking_every_day(string which, string outageFrom)
    {
        var from = Deals.Day(outageFrom);
        var daily = Play(which).Until($"{from:yyyy-MM-dd}");
        for (var day = 1; day <= 90; day++)
        {
            daily.Sleep($"{from.AddDays(day):yyyy-MM-dd}").Wake();
        }

        var down = Play(which).Until($"{from:yyyy-MM-dd}").Sleep($"{from.AddDays(90):yyyy-MM-dd}").Wake();

        Assert.Equal(daily.Events.Select(e => e.GetType().Name), down.Events.Select(e => e.GetType().Name));
        Assert.Equal(WithoutIntentTimes(Json.Of(daily.State)), WithoutIntentTimes(Json.Of(down.State)));
        Assert.NotEqual(Json.Of(Play(which).Until($"{from:yyyy-MM-dd}").State), Json.Of(down.State)); // something did fall due in these days
    }

    [Fact]
    public void What_is_asked_after_an_outage_is_answered_as_if_there_had_been_none()
    {
        var up = Play("lump sum").Until("2026-05-20").Pay(30_000);
        var down = Play("lump sum").Sleep("2026-05-20").Pay(30_000);
        Assert.Equal(WithoutIntentTimes(Json.Of(up.State)), WithoutIntentTimes(Json.Of(down.State)));
    }

    [Fact]
    public void A_refused_question_after_an_outage_changes_nothing()
    {
        var story = Play("lump sum").Sleep("2026-05-20");
        var before = Json.Of(story.State);
        story.Refused("not-found", Deals.Visitor, new AllocateUnapplied());
        Assert.Equal(before, Json.Of(story.State));
    }

    private static AgreementStory Play(string which) => which switch
    {
        "trial" => AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum())),
        "delivered" => AgreementStory.StartsOn("2025-03-03").Apply(Deals.Terms(Deals.LumpSum()) with { TrialMonths = 1 }).Sign()
            .Do(Deals.Lab, new FileAgreement("津备-1")).Do(Deals.Lab, new DeliverResult("资料")),
        "claimed in trial" => AgreementStory.InTrialOn("2025-03-03", Deals.Terms(Deals.LumpSum(), Deals.MassProduction(), new Instalments(1_000, [new(0, 500_000), new(1, 500_000)])))
            .Sleep("2025-06-03").Do(Deals.Lab, new ClaimTrigger(0, Deals.Day("2025-06-03"), "发票")),
        "claimed" => AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum(rule: PayDateRule.Later, months: 0), Deals.MassProduction()).Sleep("2025-06-03")
            .Do(Deals.Lab, new ClaimTrigger(0, Deals.Day("2025-06-03"), "发票")).Do(Deals.Lab, new ClaimTrigger(1, Deals.Day("2025-06-03"), "投产")),
        "lump sum" => AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Do(Deals.Company, new AuthoriseCollection("sandbox", "card")),
        "paid early" => AgreementStory.ConvertedOn("2025-03-03", new Instalments(10_000_000, [new(11, 300_000), new(12, 300_000), new(13, 400_000)])).Pay(4_000_000),
        "instalments" => AgreementStory.ConvertedOn("2025-03-03", new Instalments(10_000_000, [new(11, 300_000), new(12, 300_000), new(13, 400_000)])),
        "reports" => AgreementStory.ConvertedOn("2025-03-03", new RunningRoyalty(50_000)),
        "cure" => AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-05-06").Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice)),
        "licence ends" => AgreementStory.ConvertedOn("2025-03-03", Deals.MassProduction()),
        _ => throw new ArgumentOutOfRangeException(nameof(which), which, "No such story"),
    };

    // When an order went out to the provider is the one thing that an outage really delays.
    internal static string WithoutIntentTimes(string json) => IntentTimes().Replace(json, string.Empty);

    [GeneratedRegex("\"(requestedAtUtc|nextLookUtc)\":\"[^\"]*\"")]
    private static partial Regex IntentTimes();
}
