using CsCheck;
using Marketplace.Application.Catalog;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Notices;
using Marketplace.Application.Organisations;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;

namespace Marketplace.Search.Tests;

/// <summary>Whoever has saved a search is told of what the index would find: the matcher in memory and the index agree on everything.</summary>
public sealed class ListedNowTests() : CatalogTest(OnSqlite)
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char["电池液流 ab1，"], 1, 8];
    private static readonly Gen<string> Asked = Gen.OneOf(Gen.String[Gen.Char["电池液流 ab1，"], 1, 4], Text);
    private static readonly Gen<TechnologyField> AnyField = Gen.Bool.Select(b => b ? TechnologyField.NewEnergy : TechnologyField.Aerospace);

    private static readonly Gen<CatalogFilter> Filters = Gen.Select(
        Asked.Null(), AnyField.HashSet[0, 1], Gen.Int[5, 7].HashSet[0, 2], Gen.Bool.Select(b => b ? "12" : "31").HashSet[0, 1],
        Gen.Enum<LicenceKind>().HashSet[0, 1], Gen.Bool.Select(b => b ? PaymentModel.Instalments : PaymentModel.Milestone).HashSet[0, 2], Gen.Enum<TrialLength>().HashSet[0, 2],
        Gen.Select(Gen.Enum<RightStatus>().HashSet[0, 2], Gen.Enum<OfferCover>().HashSet[0, 1]),
        (text, fields, levels, regions, licences, payments, trials, others) =>
            new CatalogFilter(text, [.. fields], [.. levels], [.. regions], [.. licences], [.. payments], [.. trials], [.. others.Item1], [.. others.Item2], [], null));

    [Fact]
    public async Task The_matcher_in_memory_and_the_index_agree()
    {
        var rows = new List<ResultRow>();
        var offers = new List<OfferRow>();
        var made = Gen.Select(Text, Text, AnyField, Gen.Int[5, 7], Gen.Bool, Gen.Int[0, 2], Gen.Int[1, 24], Gen.Select(Gen.Enum<LicenceKind>(), Gen.Enum<RightStatus>().HashSet[0, 2], Gen.Enum<OfferCover>())).Array[40].Single();
        for (var i = 0; i < made.Length; i++)
        {
            var (title, summary, field, level, isInTianjin, number, months, (licence, rights, cover)) = made[i];
            rows.Add(Shelf.Row(i, title, i, summary, field, level, isInTianjin ? "120116" : "310115") with { RightStatuses = string.Join(' ', rights) });
            offers.AddRange(Enumerable.Range(0, number).Select(n => Shelf.Offer((i * 10) + n, i, Today.AddDays(9), licence, months, n == 0 ? PaymentModel.Instalments : PaymentModel.Milestone) with { Cover = cover }));
        }

        foreach (var row in rows)
        {
            await Shelf.Put(row);
        }

        foreach (var offer in offers)
        {
            await Shelf.Put(offer);
        }

        await Host.Follow();
        var lab = new OrganisationRow(Shelf.Lab, OrganisationKind.Lab, OrganisationStatus.Verified, "海河实验室", "Haihe Laboratory", "", null, null, null);
        var listed = rows.Select(r => (r.Result, Listed: TellSearches.Listed(r, lab, [.. offers.Where(o => o.Result == r.Result)]))).ToList();
        var (fitting, asked) = (0, 0);
        await Filters.SampleAsync(
            async filter =>
            {
                var prepared = new PreparedFilter(filter);
                var expected = listed.Where(l => prepared.Fits(l.Listed)).Select(l => l.Result).Order(StringComparer.Ordinal).ToList();
                Assert.Equal(await Host.Find(filter), expected);
                Interlocked.Add(ref fitting, expected.Count);
                Interlocked.Increment(ref asked);
            },
            iter: 1_000, threads: 1);
        Assert.True(asked >= 1_000 && fitting > 100, $"{fitting} found by {asked} questions: that says little.");
    }
}
