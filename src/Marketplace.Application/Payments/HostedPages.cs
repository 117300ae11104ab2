using Marketplace.Application.Door;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;

namespace Marketplace.Application.Payments;

/// <summary>Asks providers for their pages, and says in words why there is none.</summary>
internal sealed class HostedPages(IEnumerable<IHostedPages> pages, Commands commands)
{
    /// <summary>
    /// A page on which an organisation leaves something with a provider. Others' organisations are not there, nor are those that have nothing to do
    /// with it; refuses with <c>provider-unknown</c>, <c>organisation-not-verified</c>, <c>provider-unreachable</c> or what the provider says.
    /// </summary>
    public async Task<Result<HostedPage>> About(
        OrganisationId organisation, string provider, IReadOnlyList<OrganisationKind> kinds, Func<IHostedPages, OrganisationState, Task<HostedPage>> ask)
    {
        if (!commands.Principal.Sees(organisation))
        {
            return Refusal.NotFound();
        }

        var state = await commands.StateOf<IOrganisationGrain, OrganisationState>(organisation.Value);
        return state.Status == OrganisationStatus.Absent || !kinds.Contains(state.Kind) ? Refusal.NotFound()
            : state.Status is OrganisationStatus.Registered or OrganisationStatus.Rejected
                ? Refusal.State("organisation-not-verified", "机构通过核验后才能在支付渠道登记。", "An organisation is made known to a payment provider once it is verified.")
            : pages.FirstOrDefault(p => p.Name == provider) is not { } known
                ? Refusal.Invalid("provider-unknown", "本平台未启用该支付渠道，或该渠道没有自己的页面。", "No payment provider of this name that has pages of its own is in use here.", "provider")
            : await Ask(async () => await ask(known, state));
    }

    /// <summary>Not found when there is no such page, or no more.</summary>
    public static async Task<Result<HostedPage>> Ask(Func<Task<HostedPage?>> ask)
    {
        try
        {
            return await ask() is { } page ? page : Refusal.NotFound();
        }
        catch (ProviderUnreachableException)
        {
            return Refusal.State("provider-unreachable", "支付渠道暂时没有应答，请稍后再试。", "The payment provider does not answer just now; try again later.");
        }
        catch (PaymentOrderRefusedException refused)
        {
            return refused.Refusal;
        }
    }
}
