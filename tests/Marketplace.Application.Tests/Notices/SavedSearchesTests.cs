using Marketplace.Application.Catalog;
using Marketplace.Application.Door;
using Marketplace.Application.Notices;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Teams;
using Marketplace.Storage.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Application.Tests.Notices;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Licensing;

public sealed class SavedSearchesOnSqlite() : SavedSearchesTests(OnSqlite);

public sealed class SavedSearchesOnPostgres() : SavedSearchesTests(OnPostgres);

/// <summary>Whoever has saved a search is told of each result that fits it, once, and of nothing that was there before.</summary>
public abstract class SavedSearchesTests(Func<Task<Database>> create) : NoticeTest(create)
{
    private readonly Principal reader = new(ActorRole.Person, null, PersonId.New().Value, Duty.Self, IsProven: false);
    private readonly Principal stranger = new(ActorRole.Person, null, PersonId.New().Value, Duty.Self, IsProven: false);

    [Fact]
    public async Task A_result_that_is_listed_is_told_to_whoever_searches_for_it_and_once()
    {
        await Save("成果", "示例");
        await Save("别的", "电池");
        var paused = await Save("暂停的", "示例");
        await Engine.Accept(reader, new ChangeSearch(Guid.NewGuid(), paused, IsPaused: true));
        await Deal.Open(); // lists a result and makes its first offer
        await Follow();
        await Follow();

        var told = Assert.Single(await List(reader));
        Assert.Equal((SearchHit.Type, "示例成果"), (told.Type, told.Subject.Zh));
        Assert.Empty(await List(stranger));
        Assert.Equal([("暂停的", 0), ("别的", 0), ("成果", 1)], (await Searches()).Select(s => (s.Name, s.New)).OrderBy(s => s.Item2).ThenByDescending(s => s.Name, StringComparer.Ordinal));

        // Opened, nothing of it is new any more.
        Deal.Sleep(1);
        await Engine.Accept(reader, new OpenSearch(Guid.NewGuid(), (await Searches()).Single(s => s.Name == "成果").Search));
        Assert.All(await Searches(), s => Assert.Equal(0, s.New));
    }

    [Fact]
    public async Task What_was_there_before_is_no_news_but_its_first_offer_is()
    {
        await Deal.Open();
        var result = (await Engine.Door.Ask(reader, new GetOffer(Deal.Offer))).Value.Result;
        Deal.Sleep(1);
        await Save("成果", "示例");
        await Engine.Accept(Deal.Lab, new MakeOffer(Guid.NewGuid(), result, Agreements.AgreementTestDeal.Terms, Deal.Today.AddYears(1)));
        await Follow();
        Assert.Empty(await List(reader)); // it had one already

        foreach (var offer in (await Engine.Door.Ask(reader, new ListOffers(result))).Value.Items)
        {
            await Engine.Accept(Deal.Lab, new WithdrawOffer(Guid.NewGuid(), OfferId.Wrap(offer.Offer), "重拟"));
        }

        Deal.Sleep(1);
        await Engine.Accept(Deal.Lab, new MakeOffer(Guid.NewGuid(), result, Agreements.AgreementTestDeal.Terms, Deal.Today.AddYears(1)));
        Time.Advance(TimeSpan.FromMinutes(1));
        await Engine.Accept(Deal.Lab, new MakeOffer(Guid.NewGuid(), result, Agreements.AgreementTestDeal.Terms, Deal.Today.AddYears(1)));
        await Follow();
        Assert.Single(await List(reader));
    }

    [Fact]
    public async Task Followed_again_from_the_beginning_nothing_is_told_twice()
    {
        await Save("成果", "示例");
        await Deal.Open();
        await Follow();
        await using (var database = await Tables.CreateDbContextAsync())
        {
            await database.Positions.Where(p => p.Name == NoticePosition.Journal).ExecuteUpdateAsync(set => set.SetProperty(p => p.Epoch, 0).SetProperty(p => p.Place, 0));
        }

        await Follow();
        Assert.Single(await List(reader));
    }

    [Fact]
    public async Task A_search_is_its_persons_and_one_command_saves_it_once()
    {
        var command = new SaveSearch(Guid.NewGuid(), "电池", Asked("电池"));
        await Engine.Accept(reader, command);
        await Engine.Accept(reader, command);
        var search = Assert.Single(await Searches());
        Assert.Equal(("电池", false), (search.Name, search.IsPaused));
        Assert.Equal("电池", search.Asked.Text);

        Assert.Equal("not-found", await RefusalOf(stranger, new ChangeSearch(Guid.NewGuid(), search.Search, Name: "我的")));
        Assert.Equal("not-found", await RefusalOf(stranger, new OpenSearch(Guid.NewGuid(), search.Search)));
        await Engine.Accept(stranger, new DeleteSearch(Guid.NewGuid(), search.Search));
        Assert.Single(await Searches());
        await Engine.Accept(reader, new ChangeSearch(Guid.NewGuid(), search.Search, Name: "储能"));
        Assert.Equal("储能", (await Searches()).Single().Name);
        await Engine.Accept(reader, new DeleteSearch(Guid.NewGuid(), search.Search));
        Assert.Empty(await Searches());

        Assert.Equal("sign-in-required", await RefusalOf(Principal.Visitor, command));
        Assert.Equal("account-required", await RefusalOf(Deal.Lab, command)); // a principal of the demo is nobody with an account
        Assert.Equal("text-missing", await RefusalOf(reader, command with { CommandId = Guid.NewGuid(), Name = " " }));
        Assert.Equal("text-malformed", await RefusalOf(reader, command with { CommandId = Guid.NewGuid(), Name = "a\0" }));
        Assert.Equal("asked.text", ((Refused)await Engine.Door.Send(reader, command with { CommandId = Guid.NewGuid(), Asked = Asked("") })).Refusal.Field);
        Assert.Equal("choices-too-many", await RefusalOf(reader, command with { CommandId = Guid.NewGuid(), Asked = Asked("x") with { Readiness = [.. Enumerable.Repeat(1, 101)] } }));
    }

    [Fact]
    public async Task Whoever_erases_their_account_leaves_no_search()
    {
        await Save("电池", "电池");
        await Engine.Services.GetRequiredService<NoticeStore>().Forget(PersonId.Wrap(reader.Person), CancellationToken.None);
        Assert.Empty(await Searches());
    }

    [Fact]
    public async Task Somebody_keeps_fifty_searches_and_no_more()
    {
        for (var i = 0; i < SaveSearch.Most; i++)
        {
            await Save($"{i}", "电池");
        }

        Assert.Equal("searches-too-many", await RefusalOf(reader, new SaveSearch(Guid.NewGuid(), "又一个", Asked("电池"))));
    }

    private async Task<Guid> Save(string name, string text) => Guid.ParseExact((await Engine.Accept(reader, new SaveSearch(Guid.NewGuid(), name, Asked(text)))).Id, "N");

    private async Task<IReadOnlyList<SavedSearchView>> Searches() => (await Engine.Door.Ask(reader, new ListSearches())).Value;

    private async Task<string?> RefusalOf(Principal by, ICommandRequest command) => (await Engine.Door.Send(by, command) as Refused)?.Refusal.Code;

    private static SearchedFor Asked(string text) => new(text, [], [], [], [], [], []);
}
