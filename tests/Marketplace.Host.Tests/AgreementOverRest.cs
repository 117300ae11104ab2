using System.Net.Http.Headers;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Tests.Agreements;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Marketplace.Host.Tests;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;

/// <summary>A lab, a company and a stranger, and an agreement that is converted on 1 February 2026.</summary>
public abstract class AgreementOverRest : IAsyncLifetime
{
    protected RunningHost Host { get; } = new();

    protected Principal Lab { get; private set; } = null!;

    protected Principal Company { get; private set; } = null!;

    /// <summary>Another company.</summary>
    protected Principal Stranger { get; private set; } = null!;

    /// <summary>Of the agreement, from the first slash on.</summary>
    protected string Address { get; private set; } = "";

    protected virtual PaymentTrigger[] Payments => [new RunningRoyalty(50_000)];

    public virtual async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        At("2026-01-05");
        Lab = await Registered(ActorRole.Lab, "99000000L00000001");
        Company = await Registered(ActorRole.Company, "99000000C00000001");
        Stranger = await Registered(ActorRole.Company, "99000000C00000002");
        var result = LabResultId.Wrap(await Accept(Lab, new DraftResult(Guid.NewGuid(), Content)));
        await Accept(Lab, new SubmitResult(Guid.NewGuid(), result, TitleIsClear: true, NoDispute: true));
        await Accept(Lab, new PriceResult(Guid.NewGuid(), result, PricingMethod.NegotiatedPrice, new Money(1_000_000_00, Currency.Cny)));
        await Accept(Lab, new StartPublicNotice(Guid.NewGuid(), result));
        At("2026-01-25");
        await Host.App.Services.GetRequiredService<IGrainFactory>().GrainOf($"result/{result}").Wake("notice");
        var offer = OfferId.Wrap(await Accept(Lab, new MakeOffer(Guid.NewGuid(), result, Deals.Terms(Payments), new DateOnly(2027, 1, 1))));
        At("2026-02-01");
        Address = $"/api/v1/agreements/{await Converted(offer)}";
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Task<Reply> SendFile(string path, byte[] file, Principal? by = null, string mediaType = "text/csv", string? language = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return Host.Send(request, Header(by ?? Company), language);
    }

    protected static string Header(Principal principal) => $"role={principal.Role.ToString().ToLowerInvariant()};organisation={principal.Organisation};person={principal.Person}";

    protected void At(string day) => Host.App.Services.GetRequiredService<SettableTime>().StandAt(LocalTime.StartOf(Deals.Day(day)).AddHours(10));

    protected async Task<string> Accept(Principal principal, ICommandRequest command) =>
        await Host.App.Services.GetRequiredService<MarketplaceDoor>().Send(principal, command) is var answer && answer is Accepted accepted
            ? accepted.Id
            : throw new InvalidOperationException($"{command.GetType().Name}: {answer}");

    private async Task<string> Converted(OfferId offer)
    {
        var agreement = AgreementId.Wrap(await Accept(Company, new ApplyForTrial(Guid.NewGuid(), offer, "中试")));
        await Accept(Lab, new AcceptApplication(Guid.NewGuid(), agreement));
        await Accept(Lab, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        await Accept(Company, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        var document = (await Host.App.Services.GetRequiredService<MarketplaceDoor>().Ask(Company, new GetAgreement(agreement))).Value.Details.DocumentHash!;
        await Accept(Company, new SignAgreement(Guid.NewGuid(), agreement, document));
        await Accept(Lab, new SignAgreement(Guid.NewGuid(), agreement, document));
        await Accept(Lab, new FileAgreement(Guid.NewGuid(), agreement, "津备-1"));
        await Accept(Lab, new DeliverResult(Guid.NewGuid(), agreement, "资料"));
        await Accept(Company, new AcceptDelivery(Guid.NewGuid(), agreement));
        await Accept(Company, new ConvertLicence(Guid.NewGuid(), agreement));
        return agreement.Value;
    }

    private async Task<Principal> Registered(ActorRole role, string seventeen)
    {
        var code = "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(c => seventeen + c).First(text => !Uscc.Parse(text, "uscc").IsRefused);
        var kind = role == ActorRole.Lab ? OrganisationKind.Lab : OrganisationKind.Company;
        var id = OrganisationId.Wrap(await Accept(Principal.Visitor, new RegisterOrganisation(Guid.NewGuid(), kind, new($"示例{code}", $"Example {code}"), code)));
        await Accept(Principal.Whole(ActorRole.Administrator, null, "zhang"), new VerifyOrganisation(Guid.NewGuid(), id));
        return Principal.Whole(role, id, "li");
    }

    private static ResultContent Content => new(
        new("示例成果", "Example result"), new("摘要", "Summary"), new("问题", "Problem"), new("对比", "Comparison"), new("收益", "Benefit"),
        TechnologyField.NewMaterials, IndustryCode.Parse("C39", "industry").Value, TechnologyReadiness.Of(6, ReadinessScale.GbT22900, "readiness").Value,
        [new IntellectualProperty(RightKind.KnowHow, RightStatus.Unregistered, null)], "120116",
        [new Inventor("示例甲", 1_000_000)]);
}
