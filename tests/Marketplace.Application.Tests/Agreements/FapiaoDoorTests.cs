using System.Text;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Application.Grains;
using Marketplace.Application.Invariants;
using Marketplace.Application.Reads;
using Marketplace.Application.Tests.Policy;
using Marketplace.Domain;
using Marketplace.Journal;
using Marketplace.Storage.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Marketplace.Application.Tests.Agreements;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;

public sealed class Fapiao_on_sqlite() : FapiaoDoorTests(PolicyTest.OnSqlite);

public sealed class Fapiao_on_postgres() : FapiaoDoorTests(PolicyTest.OnPostgres);

/// <summary>Fapiao through the door, on two hosts: whose they are, that a number is one agreement's, and that a record names a file that is there.</summary>
public abstract class FapiaoDoorTests(Func<Task<Database>> create) : IAsyncLifetime
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.Zero));
    private readonly MemoryFileStore files = new();
    private Database database = null!;
    private IStorage storage = null!;
    private TestEngine engine = null!;
    private TestEngine otherEngine = null!;
    private AgreementTestDeal deal = null!;

    public async ValueTask InitializeAsync()
    {
        database = await create();
        storage = database.NewStorage();
        await storage.Open();
        engine = await Start();
        otherEngine = await Start(); // of another cluster: two grains for one stream
        deal = await new AgreementTestDeal(engine, time).Open();
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await otherEngine.DisposeAsync();
        await storage.DisposeAsync();
        await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_lab_records_it_and_whoever_sees_the_agreement_reads_it()
    {
        var agreement = await Invoiced();
        await engine.Accept(deal.Lab, Fapiao(agreement, 1) with { FileName = @"C:\发票\一.pdf" });
        var record = Assert.Single((await engine.Door.Ask(deal.Company, new ListFapiao(agreement))).Value);
        Assert.Equal(("一.pdf", 100_000_00), (record.File.Name, record.TotalMinor));

        var opened = (await otherEngine.Door.Ask(deal.Company, new GetFapiaoFile(agreement, 1))).Value;
        Assert.Equal("fapiao-26122000000000000001.pdf", opened.Name); // of our making
        Assert.Equal("original 1", await new StreamReader(opened.Content).ReadToEndAsync());
        foreach (var stranger in new[] { deal.OtherLab, deal.OtherCompany })
        {
            Assert.Equal(RefusalKind.NotFound, (await engine.Door.Ask(stranger, new ListFapiao(agreement))).Refusal?.Kind);
            Assert.Equal(RefusalKind.NotFound, (await engine.Door.Ask(stranger, new GetFapiaoFile(agreement, 1))).Refusal?.Kind);
        }

        Assert.Equal(RefusalKind.NotFound, (await engine.Door.Ask(deal.Lab, new GetFapiaoFile(agreement, 2))).Refusal?.Kind);
        await AllIsWell();
    }

    [Fact]
    public async Task A_strangers_file_is_not_even_read()
    {
        var agreement = await Invoiced();
        Assert.Equal("not-found", await engine.Refuse(deal.OtherLab, Fapiao(agreement, 1)));
        Assert.Equal("role-not-allowed", await engine.Refuse(deal.Company, Fapiao(agreement, 1)));
        Assert.Empty(files.Files);
    }

    [Fact]
    public async Task Sent_again_it_is_recorded_once_and_another_file_is_another_request()
    {
        var agreement = await Invoiced();
        var request = Fapiao(agreement, 1);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i =>
            (i % 2 == 0 ? engine : otherEngine).Door.Send(deal.Lab, request with { File = Content("original 1") })));
        Assert.IsType<Accepted>(Assert.Single(answers.Distinct()));
        Assert.Equal("command-id-reused", await engine.Refuse(deal.Lab, request with { File = Content("another") }));
        Assert.Single((await engine.Door.Ask(deal.Lab, new ListFapiao(agreement))).Value);
        await AllIsWell();
    }

    [Fact]
    public async Task Of_two_agreements_that_record_one_number_at_the_same_time_one_does()
    {
        AgreementId[] agreements = [await Invoiced(), await Invoiced(deal.OtherCompany)];
        Principal[] buyers = [deal.Company, deal.OtherCompany];
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            (i % 4 < 2 ? engine : otherEngine).Door.Send(deal.Lab, Fapiao(agreements[i % 2], 1, buyers[i % 2]))));
        Assert.Single(answers.OfType<Accepted>());
        Assert.Superset(
            new HashSet<string> { "fapiao-of-another-agreement" }, answers.OfType<Refused>().Select(r => r.Refusal.Code).ToHashSet());
        Assert.All(answers.OfType<Refused>(), r => Assert.Contains(r.Refusal.Code, new[] { "fapiao-of-another-agreement", "fapiao-recorded" }));
        await AllIsWell();
    }

    [Fact]
    public async Task A_withdrawn_number_comes_back_where_it_was_and_nowhere_else()
    {
        var (one, other) = (await Invoiced(), await Invoiced(deal.OtherCompany));
        await engine.Accept(deal.Lab, Fapiao(one, 1));
        await engine.Accept(deal.Lab, new WithdrawFapiaoRecord(Guid.NewGuid(), one, 1, "金额有误"));
        Assert.Equal("fapiao-of-another-agreement", await engine.Refuse(deal.Lab, Fapiao(other, 1, deal.OtherCompany)));
        await engine.Accept(deal.Lab, Fapiao(one, 1) with { Total = new Money(50_000_00, Currency.Cny) });
        await engine.Accept(deal.Lab, new RecordRedFapiao(Guid.NewGuid(), one, 2, Number(2), deal.Today, new Money(-50_000_00, Currency.Cny), new Money(0, Currency.Cny)) { File = Content("red") });
        Assert.Equal("fapiao-of-another-agreement", await engine.Refuse(deal.Lab, Fapiao(other, 2, deal.OtherCompany)));
        await AllIsWell();
    }

    [Fact]
    public async Task What_is_refused_takes_no_number()
    {
        var (one, other) = (await Invoiced(), await Invoiced(deal.OtherCompany));
        Assert.Equal("fapiao-buyer", await engine.Refuse(deal.Lab, Fapiao(one, 1, deal.OtherCompany))); // chose the wrong agreement
        await engine.Accept(deal.Lab, Fapiao(other, 1, deal.OtherCompany));
        await AllIsWell();
    }

    [Fact]
    public async Task Sums_that_lack_fapiao_are_listed_for_their_lab()
    {
        var agreement = await Invoiced();
        await deal.Convert(deal.OtherCompany); // not invoiced yet
        Assert.Equal(100_000_00, Assert.Single(await Lacking()).Owed.FapiaoLeftMinor);
        await engine.Accept(deal.Lab, Fapiao(agreement, 1) with { Total = new Money(40_000_00, Currency.Cny) });
        Assert.Equal(60_000_00, Assert.Single(await Lacking()).Owed.FapiaoLeftMinor);
        await engine.Accept(deal.Lab, Fapiao(agreement, 2) with { Total = new Money(60_000_00, Currency.Cny) });
        Assert.Empty(await Lacking());

        async Task<IReadOnlyList<ObligationCard>> Lacking() => (await engine.Door.Ask(deal.Lab, new ListObligations(LacksFapiao: true))).Value.Items;
    }

    [Fact]
    public async Task The_check_names_a_file_that_is_missing_or_altered()
    {
        var agreement = await Invoiced();
        await engine.Accept(deal.Lab, Fapiao(agreement, 1) with { Total = new Money(1, Currency.Cny) });
        await engine.Accept(deal.Lab, Fapiao(agreement, 2) with { Total = new Money(1, Currency.Cny) });
        var (first, second) = (await Hash(1), await Hash(2));
        files.Files[first] = [0];
        files.Files.Remove(second, out _);
        Assert.Equal(
            [$"{Invariant.FilesAreThere} files {first} agreement/{agreement}: has other bytes than its hash says", $"{Invariant.FilesAreThere} files {second} agreement/{agreement}: is missing"],
            (await Check()).Select(f => $"{f.Invariant} {f}"));
        Assert.Equal("file-damaged", (await engine.Door.Ask(deal.Lab, new GetFapiaoFile(agreement, 1))).Refusal?.Code);

        async Task<string> Hash(int record) => (await engine.Door.Ask(deal.Lab, new ListFapiao(agreement))).Value[record - 1].File.Sha256;
    }

    private Task<TestEngine> Start() => TestEngine.Start(storage, time: time, configure: services => services.AddSingleton<IFileStore>(files));

    private async Task<AgreementId> Invoiced(Principal? company = null)
    {
        var agreement = await deal.Convert(company);
        await engine.Accept(deal.Lab, new InvoiceObligation(Guid.NewGuid(), agreement, 1));
        return agreement;
    }

    private RecordFapiao Fapiao(AgreementId agreement, int n, Principal? buyer = null) => new(
        Guid.NewGuid(), agreement, 1, Number(n), deal.Today, new Money(100_000_00, Currency.Cny), new Money(0, Currency.Cny), AgreementTestDeal.CodeOf(buyer ?? deal.Company))
    {
        File = Content($"original {n}"),
    };

    private static FapiaoNumber Number(int n) => FapiaoNumber.Parse($"26122{n:000000000000000}", "number").Value;

    private static MemoryStream Content(string text) => new(Encoding.UTF8.GetBytes(text));

    private async Task<IReadOnlyList<Finding>> Check() => await engine.Services.GetRequiredService<MarketplaceCheck>().Run(storage.Audit, time.GetUtcNow()).ToListAsync();

    private async Task AllIsWell() => Assert.Empty(await Check());
}
