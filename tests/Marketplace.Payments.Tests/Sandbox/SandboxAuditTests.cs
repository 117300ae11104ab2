using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Tests.Agreements;

namespace Marketplace.Payments.Tests.Sandbox;

/// <summary>Cash agrees with the provider's books (invariant 18), and the provider moves nothing unasked (16).</summary>
public sealed class SandboxAuditTests : IAsyncLifetime
{
    private PaymentEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await PaymentEngine.Start();

    public async ValueTask DisposeAsync() => await engine.DisposeAsync();

    [Theory]
    [InlineData("sandbox:ok")]
    [InlineData("sandbox:partial-40")]
    [InlineData("sandbox:decline")]
    [InlineData("sandbox:delay-3d")]
    [InlineData("sandbox:silent")]
    [InlineData("sandbox:lost")]
    public async Task Whatever_the_sandbox_does_is_sound_at_every_moment(string method)
    {
        var agreement = await engine.CollectionDue(method, method);
        Assert.Empty(await engine.Check());
        foreach (var later in new[] { TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromDays(4) })
        {
            engine.Pass(later);
            await engine.Grains.GetGrain<Application.Agreements.IAgreementGrain>(agreement.Value).Wake(Application.Reads.DueWork.Obligations);
            await engine.WorkOff(agreement);
            Assert.Empty(await engine.Check());
        }

        Assert.False((await engine.IntentOf(agreement)).IsOpen);
    }

    [Fact]
    public async Task A_payment_that_was_given_up_although_it_moved_is_named()
    {
        var agreement = await engine.CollectionDue("given up", "sandbox:silent");
        await engine.WorkOff(agreement);
        Assert.Empty(await engine.Check());

        var intent = await engine.IntentOf(agreement);
        await engine.Do(agreement, Actor.System, new RecordPaymentOutcome(intent.Id, IntentStatus.Failed, null, 0, null, "no answer"));
        Assert.Equal([$"18 payment_intents intent {intent.Id}"], await Found());
    }

    [Fact]
    public async Task Money_that_the_sandbox_has_never_heard_of_is_named()
    {
        var agreement = await engine.CollectionDue("invented", "sandbox:ok");
        var intent = await engine.IntentOf(agreement);
        await engine.Do(agreement, Actor.System, new RecordPaymentOutcome(intent.Id, IntentStatus.Succeeded, "sbx_1", intent.Amount.AmountMinor, null, null));
        Assert.Equal([$"18 payment_intents intent {intent.Id}"], await Found());
    }

    [Fact]
    public async Task Money_that_moved_unasked_is_named()
    {
        var nobodys = DerivedId.From<PaymentIntentId>("nobody's");
        await engine.Provider.Send(new PaymentOrder(
            nobodys, DerivedId.From<AgreementId>("none"), IntentKind.Payout, Deals.Yuan(1), "sandbox:ok", "lab", DerivedId.From<OrganisationId>("lab"), DerivedId.From<OrganisationId>("company"), engine.NowUtc));
        Assert.Equal([$"16 events sandbox/{nobodys}"], await Found());
    }

    [Fact]
    public async Task Another_sum_than_was_asked_is_named()
    {
        var agreement = await engine.CollectionDue("another sum", "sandbox:decline-3d");
        var intent = await engine.IntentOf(agreement);
        await engine.Provider.Send(PaymentOrder.Of(await engine.StateOf(agreement), intent) with { Amount = Deals.Yuan(99_999) });
        Assert.Equal([$"18 payment_intents intent {intent.Id}"], await Found());
    }

    private async Task<List<string>> Found() => [.. (await engine.Check()).Select(f => $"{f.Invariant} {f.Row}")];
}
