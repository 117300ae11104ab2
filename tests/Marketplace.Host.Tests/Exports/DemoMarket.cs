using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Exports;
using Marketplace.Application.Organisations;
using Marketplace.Application.Teams;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Organisations;
using Marketplace.Host.Accounts;
using Marketplace.Host.Exports;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Host.Tests.Exports;

/// <summary>A host with the demo data: years of agreements, payments and bookings.</summary>
public sealed class DemoMarket : IAsyncLifetime
{
    public static readonly Principal Administrator = Principal.Whole(ActorRole.Administrator, null, "zhang");

    public RunningHost Host { get; } = RunningHost.AsShipped("Data Source=:memory:");

    public MarketplaceDoor Door => Host.App.Services.GetRequiredService<MarketplaceDoor>();

    /// <summary>One with postings and payments, and of neither organisation of <see cref="OtherLab"/> and <see cref="OtherCompany"/>.</summary>
    public AgreementCard Agreement { get; private set; } = null!;

    public Principal Lab => Principal.Whole(ActorRole.Lab, Agreement.Lab, "wang");

    public Principal Company => Principal.Whole(ActorRole.Company, Agreement.Company, "zhao");

    public Principal OtherLab { get; private set; } = null!;

    public Principal OtherCompany { get; private set; } = null!;

    /// <summary>The demo data's inventor of a laboratory, who has a share in some of its agreements.</summary>
    public Principal Inventor { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        await Host.App.Services.GetRequiredService<Marketplace.Host.Seeds.ReplayProgress>().Ended;
        var paid = (await Ask(Administrator, new ListPaymentIntents(Status: IntentStatus.Succeeded, Limit: 1))).Items[0].Agreement;
        Agreement = (await Ask(Administrator, new ListAgreements(Limit: Paging.MaxLimit))).Items.First(a => a.Agreement.Value == paid);
        var inventor = DemoAccounts.Find("lab-inventor@demo.example")!.Person;
        Inventor = (await Ask(Principal.System, new ListMemberships(inventor))).Single().Principal(isProven: true);
        OtherLab = await Other(OrganisationKind.Lab, ActorRole.Lab);
        OtherCompany = await Other(OrganisationKind.Company, ActorRole.Company);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public async Task<T> Ask<T>(Principal principal, IQuery<T> query) => (await Door.Ask(principal, query)).Value;

    public Task<Reply> Get(string path, Principal? by) => Host.Get(path, by is null ? null : HeaderOf(by));

    /// <summary>What the table's pages hold, asked for at the door.</summary>
    public async Task<int> RowsOf(ExportedTable table, Principal principal, object request)
    {
        var sheet = (await table.Open(Door, principal, Components.Reader.OfApi(isEnglish: false), request, CancellationToken.None)).Value;
        return await sheet.Pages.SelectMany(p => p.ToAsyncEnumerable()).CountAsync();
    }

    public string AddressOf(ExportedTable table, object request, SheetFormat format = SheetFormat.Csv, string language = "zh") => table.AddressOf(request, format, language);

    private static string HeaderOf(Principal principal) =>
        $"role={principal.Role.ToString().ToLowerInvariant()};person={principal.Person}{(principal.Organisation is { } o ? $";organisation={o}" : "")}";

    private async Task<Principal> Other(OrganisationKind kind, ActorRole role)
    {
        var all = (await Ask(Administrator, new ListOrganisations(Kind: kind, Limit: Paging.MaxLimit))).Items;
        return Principal.Whole(role, OrganisationId.Wrap(all.First(o => o.Organisation != Agreement.Lab.Value && o.Organisation != Agreement.Company.Value).Organisation), "stranger");
    }
}
