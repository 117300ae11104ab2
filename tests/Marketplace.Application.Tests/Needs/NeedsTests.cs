using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Invariants;
using Marketplace.Application.Notices;
using Marketplace.Application.Tests.Notices;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Needs;
using Marketplace.Domain.Teams;
using Marketplace.Storage.Tests;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Application.Tests.Needs;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Needs;

public sealed class NeedsOnSqlite() : NeedsTests(OnSqlite);

public sealed class NeedsOnPostgres() : NeedsTests(OnPostgres);

/// <summary>Who sees what of a need, who suggests and answers, and who is told, through the door and on a database.</summary>
public abstract class NeedsTests(Func<Task<Database>> create) : NoticeTest(create)
{
    [Fact]
    public async Task A_need_is_found_by_words_and_field_newest_first_until_it_ends()
    {
        await Deal.Open();
        var battery = await Publish(Deal.Company, Content("固态电池电解质", TechnologyField.NewEnergy));
        Time.Advance(TimeSpan.FromMinutes(1));
        var membrane = await Publish(Deal.OtherCompany, Content("水处理膜", TechnologyField.EnvironmentalProtection, TechnologyField.NewMaterials) with { WantedUntil = Deal.Today.AddDays(3) });

        Assert.Equal([membrane, battery], await Board(new SearchNeeds()));
        Assert.Equal([battery], await Board(new SearchNeeds("电解质")));
        Assert.Equal([membrane], await Board(new SearchNeeds(Field: [TechnologyField.NewMaterials, TechnologyField.Blockchain])));
        Assert.Empty(await Board(new SearchNeeds("电解质", [TechnologyField.NewMaterials])));
        var first = (await Engine.Door.Ask(Principal.Visitor, new SearchNeeds(Limit: 1))).Value;
        Assert.Equal([battery], await Board(new SearchNeeds(After: first.Next, Limit: 1)));
        Assert.Equal("after-malformed", (await Engine.Door.Ask(Principal.Visitor, new SearchNeeds(After: "x"))).Refusal?.Code);

        Deal.Sleep(4); // past the last day of one, without an event
        await Engine.Accept(Deal.Company, new CloseNeed(Guid.NewGuid(), battery, NeedClosing.Found));
        Assert.Empty(await Board(new SearchNeeds()));
        Assert.Equal([membrane, battery], await Board(new SearchNeeds(Ended: true)));
        await EverythingAddsUp();
    }

    [Fact]
    public async Task Nobody_learns_who_looks_but_administrators_and_whoever_was_answered()
    {
        await Deal.Open();
        var need = await Publish(Deal.Company, Content("示例成果的用途", TechnologyField.NewMaterials));
        var result = (await ResultOfLab()).Result;

        foreach (var stranger in new[] { Principal.Visitor, Deal.Lab, Deal.OtherCompany })
        {
            Assert.Null((await View(stranger, need)).Company);
            Assert.Null((await View(stranger, need)).CompanyName);
            Assert.Null((await Engine.Door.Ask(stranger, new SearchNeeds())).Value.Items.Single().Company);
        }

        Assert.Equal(Deal.Company.Organisation, (await View(Deal.Company, need)).Company);
        Assert.Equal(Deal.Company.Organisation, (await View(TestEngine.Administrator, need)).Company);

        await Engine.Accept(Deal.Lab, new SuggestResult(Guid.NewGuid(), need, result, "可先试用"));
        Assert.Null((await View(Deal.Lab, need)).Company);
        Assert.Single((await View(Deal.Lab, need)).Suggestions);
        Assert.Single((await View(Deal.Company, need)).Suggestions);
        Assert.Empty((await View(Deal.OtherCompany, need)).Suggestions);

        await Engine.Accept(Deal.Company, new AnswerSuggestion(Guid.NewGuid(), need, result, SuggestionAnswer.Interesting));
        Assert.Equal(Deal.Company.Organisation, (await View(Deal.Lab, need)).Company);
        Assert.Null((await View(Principal.Visitor, need)).Company);
        Assert.Equal([Deal.Offer], (await View(Deal.Company, need)).Suggestions.Single().Offers);

        await Engine.Accept(Deal.Company, new ChangeNeed(Guid.NewGuid(), need, Content("示例成果的用途", TechnologyField.NewMaterials) with { IsNamed = true }));
        Assert.Equal(Deal.Company.Organisation, (await View(Principal.Visitor, need)).Company);
        await EverythingAddsUp();
    }

    [Fact]
    public async Task What_belongs_to_others_is_not_there()
    {
        await Deal.Open();
        var need = await Publish(Deal.Company, Content("示例成果", TechnologyField.NewMaterials));
        var result = (await ResultOfLab()).Result;

        Assert.Equal("not-found", await RefusalOf(Deal.OtherCompany, new ChangeNeed(Guid.NewGuid(), need, Content("别的", TechnologyField.NewEnergy))));
        Assert.Equal("not-found", await RefusalOf(Deal.OtherCompany, new CloseNeed(Guid.NewGuid(), need, NeedClosing.NotNeeded)));
        Assert.Equal("not-found", await RefusalOf(Deal.OtherLab, new SuggestResult(Guid.NewGuid(), need, result, "不是我们的")));
        Assert.Equal("role-not-allowed", await RefusalOf(Deal.Lab, new PublishNeed(Guid.NewGuid(), Content("院所", TechnologyField.NewEnergy))));
        Assert.Equal("not-found", (await Engine.Door.Ask(Deal.OtherCompany, new GetNeedMatches(need))).Refusal?.Code);
        Assert.Equal("not-found", (await Engine.Door.Ask(Deal.OtherLab, new GetResultNeeds(result))).Refusal?.Code);
        await Engine.Accept(Deal.Lab, new SuggestResult(Guid.NewGuid(), need, result, "适合"));
        Assert.Equal("suggested-already", await RefusalOf(Deal.Lab, new SuggestResult(Guid.NewGuid(), need, result, "再次")));
        Assert.Equal("not-found", await RefusalOf(Deal.OtherCompany, new AnswerSuggestion(Guid.NewGuid(), need, result, SuggestionAnswer.Interesting)));
        Assert.Single((await Engine.Door.Ask(Deal.Lab, new ListSuggestions(Waiting: true))).Value.Items);
        Assert.Single((await Engine.Door.Ask(Deal.Company, new ListSuggestions())).Value.Items);
        Assert.Empty((await Engine.Door.Ask(Deal.OtherCompany, new ListSuggestions())).Value.Items);
        Assert.Empty((await Engine.Door.Ask(Deal.OtherLab, new ListSuggestions())).Value.Items);
        Assert.Empty((await Engine.Door.Ask(Deal.OtherCompany, new ListOwnNeeds())).Value.Items);
        Assert.Equal((1, 1), (await Engine.Door.Ask(Deal.Company, new ListOwnNeeds())).Value.Items.Single() is var row ? (row.Suggestions, row.Waiting) : default);
    }

    [Fact]
    public async Task Both_sides_see_the_same_score_and_the_same_reasons()
    {
        await Deal.Open(title: "固态电池");
        var need = await Publish(Deal.Company, Content("固态电池", TechnologyField.NewMaterials) with { MinReadiness = 5, Budget = Yuan(2_000_000_00), Payments = [PaymentModel.DeferredLumpSum], TrialMonths = 6, Region = "12" });
        await Publish(Deal.Company, Content("无关", TechnologyField.Blockchain));
        var result = (await ResultOfLab()).Result;

        var ofNeed = (await Engine.Door.Ask(Deal.Company, new GetNeedMatches(need))).Value.Single();
        var ofLab = (await Engine.Door.Ask(Deal.Lab, new GetNeedMatches(need))).Value.Single();
        var ofResult = (await Engine.Door.Ask(Deal.Lab, new GetResultNeeds(result))).Value.Single();

        Assert.Equal((result, need), (ofNeed.Result, ofResult.Need));
        Assert.Equal(Enum.GetValues<MatchPart>(), ofNeed.Reasons.Select(r => r.Part));
        Assert.All(ofNeed.Reasons, r => Assert.True(r.Fits));
        Assert.Equal([(ofNeed.Score, ofNeed.Reasons.Sum(r => r.Points)), (ofNeed.Score, ofNeed.Score)], [(ofLab.Score, ofLab.Reasons.Sum(r => r.Points)), (ofResult.Score, ofResult.Reasons.Sum(r => r.Points))]);
        Assert.Empty((await Engine.Door.Ask(Deal.OtherLab, new GetNeedMatches(need))).Value);
    }

    [Fact]
    public async Task Whoever_fits_is_told_once_and_not_who_the_company_is()
    {
        await Deal.Open(title: "固态电池电解质");
        var (labNegotiator, labViewer, companyNegotiator) = (await Join(Deal.Lab, MemberRole.Negotiator), await Join(Deal.Lab, MemberRole.Viewer), await Join(Deal.Company, MemberRole.Negotiator));
        var need = await Publish(Deal.Company, Content("固态电池电解质", TechnologyField.NewMaterials));
        await Publish(Deal.Company, Content("毫不相干", TechnologyField.NewMaterials)); // a field alone is no news
        await Engine.Accept(Deal.Company, new ChangeNeed(Guid.NewGuid(), need, Content("固态电池电解质", TechnologyField.NewMaterials)));
        await Follow();
        await Follow();

        var told = Assert.Single(await List(labNegotiator), n => n.Type == MatchFound.ForLab);
        Assert.DoesNotContain(Deal.Company.Organisation!.Value.Value, $"{told.Body}{told.Notice}", StringComparison.Ordinal);
        Assert.DoesNotContain(MatchFound.ForLab, await TypesOf(labViewer));

        // Another result is listed: the company is told of it, by its need.
        var another = await ListedResult("固态电池电解质之二");
        await Follow();
        Assert.Contains(await List(companyNegotiator), n => n.Type == MatchFound.ForCompany && n.Body.Contains(another.Value, StringComparison.Ordinal));

        await Engine.Accept(Deal.Lab, new SuggestResult(Guid.NewGuid(), need, another, "更适合"));
        await Engine.Accept(companyNegotiator, new AnswerSuggestion(Guid.NewGuid(), need, another, SuggestionAnswer.NotSuitable, "太贵"));
        await Follow();
        Assert.Contains("need/result-suggested", await TypesOf(companyNegotiator));
        Assert.Contains("need/suggestion-answered", await TypesOf(labNegotiator));
        Assert.DoesNotContain("need/suggestion-answered", await TypesOf(companyNegotiator));
    }

    private async Task EverythingAddsUp() => Assert.Empty(await Engine.Services.GetRequiredService<MarketplaceCheck>().Run(Storage.Audit, Time.GetUtcNow()).ToListAsync());

    private async Task<NeedId> Publish(Principal company, NeedContent content) => NeedId.Wrap((await Engine.Accept(company, new PublishNeed(Guid.NewGuid(), content))).Id);

    private async Task<NeedId[]> Board(SearchNeeds asked) => [.. (await Engine.Door.Ask(Principal.Visitor, asked)).Value.Items.Select(n => n.Need)];

    private async Task<NeedView> View(Principal reader, NeedId need) => (await Engine.Door.Ask(reader, new GetNeed(need))).Value;

    private async Task<string?> RefusalOf(Principal by, ICommandRequest command) => (await Engine.Door.Send(by, command) as Refused)?.Refusal.Code;

    private async Task<OfferView> ResultOfLab() => (await Engine.Door.Ask(Principal.Visitor, new GetOffer(Deal.Offer))).Value;

    private async Task<LabResultId> ListedResult(string title)
    {
        var known = (await Engine.Door.Ask(Deal.Lab, new GetResult((await ResultOfLab()).Result))).Value;
        var content = new ResultContent(
            new(title, "Another"), known.Summary, known.ProblemSolved, known.Comparison, known.Benefit, known.Field, known.Industry, known.Readiness, known.Rights, known.RegionCode, known.Inventors!);
        var result = LabResultId.Wrap((await Engine.Accept(Deal.Lab, new DraftResult(Guid.NewGuid(), content))).Id);
        await Engine.Accept(Deal.Lab, new SubmitResult(Guid.NewGuid(), result, TitleIsClear: true, NoDispute: true));
        await Engine.Accept(Deal.Lab, new PriceResult(Guid.NewGuid(), result, PricingMethod.NegotiatedPrice, Yuan(1_000_000_00)));
        await Engine.Accept(Deal.Lab, new StartPublicNotice(Guid.NewGuid(), result));
        Deal.Sleep(16);
        await Engine.Grains.GrainOf($"result/{result}").Wake("notice");
        return result;
    }

    private NeedContent Content(string title, params TechnologyField[] fields) => new(
        new(title, ""), new("说明要解决的问题。", ""), fields, null, null, [], null, null, Deal.Today.AddDays(200), IsNamed: false);
}
