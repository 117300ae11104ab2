using System.Text.Json;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Teams;
using Xunit;

namespace Marketplace.Browser.Tests.Journeys;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Licensing;

/// <summary>A stage of its own for somebody's journey, and what others do on it meanwhile.</summary>
public abstract class Journey : IAsyncLifetime
{
    protected Stage Stage { get; } = new();

    protected Market Market => Stage.Market;

    public ValueTask InitializeAsync() => Stage.InitializeAsync();

    public ValueTask DisposeAsync() => Stage.DisposeAsync();

    /// <summary>The laboratory of every journey but its own.</summary>
    protected Task<Principal> Laboratory() => Market.Registered(ActorRole.Lab, "99000000L00000001", new("海河储能实验室", "Haihe Storage Laboratory"));

    /// <summary>The company of every journey but its own.</summary>
    protected Task<Principal> Company() => Market.Registered(ActorRole.Company, "99000000C00000001", new("示例储能公司", "Example Storage Company"));

    /// <summary>A listed result that may be applied for, on the terms of a template.</summary>
    /// <param name="blanks">JSON: what is filled in; the rest takes its default.</param>
    protected async Task<OfferId> Offered(Principal lab, string template = "trial-then-lump-sum", string blanks = """{"fieldOfUse":"电网储能"}""")
    {
        var battery = await Market.Noticed(lab, Market.Content(new("锌铁液流电池", "Zinc-iron flow battery"), TechnologyField.NewEnergy, 7));
        await Stage.Pass(16);
        var terms = (await Market.Ask(lab, new FillTemplate(template, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(blanks)!))).Value;
        return OfferId.Wrap((await Market.Accept(lab, new MakeOffer(Guid.NewGuid(), battery, terms, Market.Today.AddYears(1)))).Id);
    }

    /// <summary>The terms of an offer, accepted by both; nobody has signed.</summary>
    protected async Task<AgreementId> Agreed(OfferId offer, Principal lab, Principal company)
    {
        var agreement = AgreementId.Wrap((await Market.Accept(company, new ApplyForTrial(Guid.NewGuid(), offer, "储能样机"))).Id);
        await Market.Accept(lab, new AcceptApplication(Guid.NewGuid(), agreement));
        await Market.Accept(lab, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        await Market.Accept(company, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        return agreement;
    }

    /// <summary>Agreed, and signed by laboratory and company: a third party has yet to sign.</summary>
    /// <param name="role">Of the third party, as the template calls it.</param>
    protected async Task<AgreementId> SignedByTwo(Principal lab, Principal company, string role, string name, string seventeen)
    {
        var agreement = await Agreed(
            await Offered(lab, "tripartite-guarantee",
                $$"""{"fieldOfUse":"电网储能","thirdPartyRole":"{{role}}","thirdPartyName":"{{name}}","thirdPartyUscc":"{{Market.CodeOf(seventeen).Value}}","thirdPartyContact":"示例联系人"}"""),
            lab, company);
        var document = (await Deal(agreement)).DocumentHash!;
        await Market.Accept(company, new SignAgreement(Guid.NewGuid(), agreement, document));
        await Market.Accept(lab, new SignAgreement(Guid.NewGuid(), agreement, document));
        return agreement;
    }

    /// <summary>A lump sum by the shortest way to a commercial licence.</summary>
    protected async Task<AgreementId> Converted(Principal lab, Principal company)
    {
        var agreement = await Agreed(await Offered(lab), lab, company);
        await Market.SignAndDeliver(agreement, lab, company);
        await Market.Accept(company, new ConvertLicence(Guid.NewGuid(), agreement));
        return agreement;
    }

    protected async Task<Domain.Agreements.Agreement> Deal(AgreementId agreement) => (await Market.Ask(Market.Administrator, new GetAgreement(agreement))).Value.Details;

    /// <summary>The marketplace's first administrator, who has just proven who they are.</summary>
    protected async Task<Walker> First()
    {
        var first = await Stage.Newcomer();
        await first.Register(Stage.FirstAdministrator, "管一");
        await first.Go("/account/prove?back=/team");
        await first.ProveHere();
        return first;
    }

    /// <summary>Somebody whom the first administrator asks into the marketplace's team, and who has come.</summary>
    protected async Task<Walker> Colleague(Walker first, string mail, string name, params IReadOnlyList<MemberRole> roles)
    {
        await first.Go("/team");
        await first.Fill("邮箱", mail);
        foreach (var role in roles)
        {
            await first.Page.Locator($"#invite-{role}").CheckAsync();
        }

        await first.Press("发送邀请");
        await first.Reads("邀请已发送。");
        var colleague = await Stage.Newcomer();
        await colleague.Register(mail, name);
        await colleague.Join(mail, roles);
        return colleague;
    }
}
