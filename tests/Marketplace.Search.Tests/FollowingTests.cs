using Marketplace.Application.Catalog;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Storage.Tests;

namespace Marketplace.Search.Tests;

public sealed class Following_on_sqlite() : FollowingTests(OnSqlite);

public sealed class Following_on_postgres() : FollowingTests(OnPostgres);

public abstract class FollowingTests(Func<Task<Database>> create) : CatalogTest(create)
{
    [Fact]
    public async Task What_is_published_is_found_by_every_host_and_what_is_withdrawn_by_none()
    {
        await using var other = new CatalogHost(Storage, Time);
        var battery = Shelf.Row(1, "锌铁液流电池", 1);
        await Host.Follow();
        await other.Follow();
        await Shelf.Put(battery);
        foreach (var host in new[] { Host, other })
        {
            await host.FollowUntil(() => host.Finds("液流", "锌铁液流电池"));
            Assert.Equal(1, (await host.Count(new CountResults("液流")))!.Total.Number);
        }

        await Shelf.Withdraw(battery);
        Assert.Empty(await Host.Titles(new SearchResults("液流"))); // before the index knows
        foreach (var host in new[] { Host, other })
        {
            await host.FollowUntil(async () => (await host.Count(new CountResults("液流")))!.Total.Number == 0);
            Assert.Empty(await host.Titles(new SearchResults("液流")));
        }
    }

    [Fact]
    public async Task What_was_there_before_the_index_is_in_it()
    {
        await Shelf.Put(Shelf.Row(1, "锌铁液流电池", 1));
        await Shelf.Put(Shelf.Row(2, "未公开的液流草稿", 2, status: ResultStatus.Draft));
        Assert.Null(await Host.Count(new CountResults())); // nobody has counted yet
        Assert.Equal(["锌铁液流电池"], await Host.Titles(new SearchResults("液流")));

        await Host.FollowUntil(async () => await Host.Count(new CountResults("液流")) is { Total.Number: 1 });
        Assert.Equal(["锌铁液流电池"], await Host.Titles(new SearchResults("液流")));
    }

    [Fact]
    public async Task An_offer_is_counted_from_its_event_to_its_last_day()
    {
        await Shelf.Put(Shelf.Row(1, "锌铁液流电池", 1));
        await Host.Follow();
        await Shelf.Put(Shelf.Offer(1, 1, Today.AddDays(3), LicenceKind.Exclusive, 12, PaymentModel.TieredRoyalty, PaymentModel.EntryFee));
        Task<bool> Fits(bool does) => Fit(new SearchResults(Licence: [LicenceKind.Exclusive], Payment: [PaymentModel.EntryFee], Trial: [TrialLength.From7To12Months]), does);
        await Host.FollowUntil(() => Fits(true));

        Time.Advance(TimeSpan.FromDays(3));
        await Host.Follow();
        Assert.True(await Fits(true)); // its last day
        Time.Advance(TimeSpan.FromDays(1));
        await Host.Follow();
        Assert.True(await Fits(false));
        Assert.Empty((await Host.Count(new CountResults()))!.Payments);

        // Withdrawn before its day.
        await Shelf.Put(Shelf.Offer(2, 1, Today.AddDays(30), LicenceKind.Sole));
        await Host.FollowUntil(() => Fit(new SearchResults(Licence: [LicenceKind.Sole]), true));
        await Shelf.Put(Shelf.Offer(2, 1, Today.AddDays(30), LicenceKind.Sole) with { Status = OfferStatus.Withdrawn });
        await Host.FollowUntil(() => Fit(new SearchResults(Licence: [LicenceKind.Sole]), false));

        async Task<bool> Fit(SearchResults query, bool does) => (await Host.Ask(query)).Items.Count == (does ? 1 : 0);
    }

    [Fact]
    public async Task A_laboratory_is_found_by_its_name_also_after_it_has_another()
    {
        await Shelf.Put(Shelf.Row(1, "锌铁液流电池", 1));
        await Host.FollowUntil(() => Host.Finds("haihe", "锌铁液流电池"));
        await Shelf.RegisterLab("渤海实验室", "Bohai Laboratory");
        await Host.FollowUntil(() => Host.Finds("渤海", "锌铁液流电池"));
        Assert.Empty(await Host.Titles(new SearchResults("海河")));
    }

    [Fact]
    public async Task What_the_tables_say_without_an_index_the_index_says_too()
    {
        await using var plain = new CatalogHost(Storage, Time, isIndexed: false);
        for (var i = 0; i < 60; i++)
        {
            await Shelf.Put(Shelf.Row(
                i, $"成果 {i}", i / 3, field: (TechnologyField)(i % 5), level: i % 7 == 0 ? null : 1 + (i % 9), region: i % 2 == 0 ? "120116" : "310115",
                status: i % 11 == 0 ? ResultStatus.Suspended : ResultStatus.Listed) with
            {
                RightStatuses = i % 3 == 0 ? "" : string.Join(' ', new[] { (RightStatus)(i % 4), (RightStatus)(i % 3) }.Distinct()),
            });
            if (i % 2 == 0)
            {
                await Shelf.Put(Shelf.Offer(i, i, Today.AddDays(i - 20), (LicenceKind)(i % 4), 1 + (i % 20), (PaymentModel)(i % 6), (PaymentModel)(6 + (i % 3))) with { Cover = (OfferCover)(i / 2 % 2) });
            }
        }

        await Host.FollowUntil(async () => (await Host.Count(new CountResults()))?.Total.Number == 60);
        foreach (var query in new SearchResults[]
        {
            new(), new(Field: [TechnologyField.BiomedicineAndCells, TechnologyField.NewEnergy]), new(Readiness: [3, 9]), new(MinReadiness: 5), new(Region: ["31"]),
            new(Licence: [LicenceKind.Sole, LicenceKind.Exclusive]), new(Payment: [PaymentModel.Instalments, PaymentModel.EntryFee]), new(Trial: [TrialLength.UpTo3Months, TrialLength.Longer]),
            new(Status: ResultStatus.Suspended), new(Lab: OrganisationId.Wrap(Shelf.Lab)), new("成果", Region: ["12"], Trial: [TrialLength.From4To6Months]),
            new(Field: [TechnologyField.AdvancedComputing], Readiness: [1, 2, 3, 4], Region: ["12", "31"], Licence: [LicenceKind.NonExclusive]),
            new(Right: [RightStatus.Pending]), new(Right: [RightStatus.Granted, RightStatus.Unregistered]), new(Cover: [OfferCover.Guaranteed]),
            new(Region: ["12"], Right: [RightStatus.Pending, RightStatus.Lapsed], Cover: [OfferCover.Unsecured]),
        })
        {
            var (indexed, told) = (await Everything(Host, query), await Everything(plain, query));
            Assert.Equal(told, indexed);
            var counts = await Host.Count(new CountResults(
                query.Text, query.Field, query.Readiness, query.Region, query.Licence, query.Payment, query.Trial, query.Right, query.Cover, query.Status, query.Lab, query.MinReadiness));
            Assert.Equal(new CatalogCount(told.Count, false), counts!.Total);
        }
    }

    /// <summary>All pages, small ones.</summary>
    private static async Task<IReadOnlyList<string>> Everything(CatalogHost host, SearchResults query)
    {
        var all = new List<string>();
        string? next = null;
        do
        {
            var page = await host.Ask(query with { After = next, Limit = 7 });
            all.AddRange(page.Items.Select(c => c.Title.Zh));
            next = page.Next;
        }
        while (next is not null);

        return all;
    }
}
