using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Payments.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Marketplace.Payments.Tests;

public sealed class WorkOffIntentsTests : IAsyncLifetime
{
    private PaymentEngine engine = null!;

    public async ValueTask InitializeAsync() => engine = await PaymentEngine.Start();

    public async ValueTask DisposeAsync() => await engine.DisposeAsync();

    [Fact]
    public async Task What_moves_at_the_provider_is_what_the_agreement_records()
    {
        var agreement = await engine.CollectionDue("ok", "sandbox:ok");
        Assert.IsType<Accepted>(await engine.WorkOff(agreement));

        var state = await engine.StateOf(agreement);
        var intent = state.Intents[0];
        Assert.Equal((IntentStatus.Succeeded, 100_000), (intent.Status, intent.MovedMinor));
        Assert.StartsWith("sbx_", intent.ExternalId, StringComparison.Ordinal);
        Assert.Equal(100_000, state.CashMinor(Currency.Cny));
        Assert.Equal(Stage.Settled, state.Stage);
        var book = await engine.BookOf(intent.Id);
        Assert.Equal(intent.ExternalId, Assert.IsType<SandboxPaymentAccepted>(book[0]).Payment.Value);
        Assert.Equal(Deals.Yuan(100_000), Assert.IsType<SandboxMoneyMoved>(book[1]).Moved);
        Assert.Equal((1, 1), (engine.Provider.LookUps, engine.Provider.Sends));
    }

    [Fact]
    public async Task A_concluded_intent_is_not_asked_about_again()
    {
        var agreement = await engine.CollectionDue("once", "sandbox:ok");
        await engine.WorkOff(agreement);
        engine.Pass(TimeSpan.FromDays(30));
        Assert.Equal(new Accepted(agreement.Value, 0), await engine.WorkOff(agreement));
        Assert.Equal((1, 1), (engine.Provider.LookUps, engine.Provider.Sends));
    }

    [Fact]
    public async Task An_answer_that_got_lost_is_looked_up_a_minute_later_and_nothing_is_sent_again()
    {
        var agreement = await engine.CollectionDue("silent", "sandbox:silent");
        Assert.IsType<Accepted>(await engine.WorkOff(agreement));
        var unknown = await engine.IntentOf(agreement);
        Assert.Equal((IntentStatus.Unknown, engine.NowUtc.AddMinutes(1)), (unknown.Status, unknown.NextLookUtc));

        engine.Pass(TimeSpan.FromSeconds(59));
        await engine.WorkOff(agreement);
        Assert.Equal(IntentStatus.Unknown, (await engine.IntentOf(agreement)).Status);

        engine.Pass(TimeSpan.FromSeconds(1));
        await engine.WorkOff(agreement);
        Assert.Equal(IntentStatus.Succeeded, (await engine.IntentOf(agreement)).Status);
        Assert.Equal(1, engine.Provider.Sends);
    }

    [Fact]
    public async Task A_request_that_got_lost_is_sent_again_under_the_same_key()
    {
        var agreement = await engine.CollectionDue("lost", "sandbox:lost");
        await engine.WorkOff(agreement);
        Assert.Equal(IntentStatus.Unknown, (await engine.IntentOf(agreement)).Status);

        engine.Pass(TimeSpan.FromMinutes(1));
        await engine.WorkOff(agreement);
        var intent = await engine.IntentOf(agreement);
        Assert.Equal(IntentStatus.Succeeded, intent.Status);
        Assert.Equal(2, engine.Provider.Sends);
        Assert.Single((await engine.BookOf(intent.Id)).OfType<SandboxMoneyMoved>());
    }

    [Fact]
    public async Task Late_news_of_a_payment_count_from_the_day_on_which_the_money_moved()
    {
        var agreement = await engine.CollectionDue("delay", "sandbox:delay-3d");
        await engine.WorkOff(agreement);
        var processing = await engine.IntentOf(agreement);
        Assert.Equal((IntentStatus.Processing, engine.NowUtc.AddDays(3)), (processing.Status, processing.NextLookUtc));

        engine.Pass(TimeSpan.FromDays(10));
        await engine.WorkOff(agreement);
        var state = await engine.StateOf(agreement);
        Assert.Equal(IntentStatus.Succeeded, state.Intents[0].Status);

        // Due on the 3rd, paid on the 6th: three days late, though we heard of it on the 13th.
        Assert.Equal(Deals.Day("2026-03-06"), state.Obligations[0].Late!.Through);
        Assert.Equal(1, engine.Provider.Sends);
    }

    [Fact]
    public async Task A_payment_that_is_declined_at_first_goes_through_when_the_provider_tries_again()
    {
        var agreement = await engine.CollectionDue("decline once", "sandbox:decline-once");
        await engine.WorkOff(agreement);
        Assert.Equal(IntentStatus.Processing, (await engine.IntentOf(agreement)).Status);

        engine.Pass(TimeSpan.FromDays(1));
        await engine.WorkOff(agreement);
        Assert.Equal(IntentStatus.Succeeded, (await engine.IntentOf(agreement)).Status);
        Assert.Equal(1, engine.Provider.Sends);
    }

    [Fact]
    public async Task After_a_decline_another_method_collects_the_same_sum()
    {
        var agreement = await engine.CollectionDue("decline", "sandbox:decline");
        await engine.WorkOff(agreement);
        var declined = await engine.IntentOf(agreement);
        Assert.Equal((IntentStatus.Failed, 0), (declined.Status, declined.MovedMinor));
        Assert.Empty((await engine.StateOf(agreement)).Receipts);

        await engine.Do(agreement, Deals.Company, new AuthoriseCollection("sandbox", "sandbox:ok"));
        await engine.Do(agreement, Deals.Company, new CollectObligation(1));
        await engine.WorkOff(agreement);
        var state = await engine.StateOf(agreement);
        Assert.Equal(IntentStatus.Succeeded, state.Intents[1].Status);
        Assert.NotEqual(state.Intents[0].ExternalId, state.Intents[1].ExternalId);
        Assert.Equal(Stage.Settled, state.Stage);
    }

    [Fact]
    public async Task After_a_part_the_next_collection_asks_for_the_rest()
    {
        var agreement = await engine.CollectionDue("partial", "sandbox:partial-40");
        await engine.WorkOff(agreement);
        var part = await engine.IntentOf(agreement);
        Assert.Equal((IntentStatus.PartlySucceeded, 40_000), (part.Status, part.MovedMinor));

        await engine.Do(agreement, Deals.Company, new AuthoriseCollection("sandbox", "sandbox:ok"));
        await engine.Do(agreement, Deals.Company, new CollectObligation(1));
        await engine.WorkOff(agreement);
        var state = await engine.StateOf(agreement);
        Assert.Equal(60_000, state.Intents[1].Amount.AmountMinor);
        Assert.Equal([40_000, 60_000], state.Receipts.Select(r => r.Amount.AmountMinor));
        Assert.Equal(Stage.Settled, state.Stage);
    }

    [Theory]
    [InlineData(1, "sandbox:partial-40", IntentStatus.Failed, 0)]
    [InlineData(1, "sandbox:partial-60", IntentStatus.Succeeded, 1)]
    public async Task A_part_that_rounds_to_nothing_or_to_all_ends_as_that(long amountMinor, string method, IntentStatus status, long movedMinor)
    {
        var agreement = await engine.CollectionDue(method, method, amountMinor);
        Assert.IsType<Accepted>(await engine.WorkOff(agreement));
        var intent = await engine.IntentOf(agreement);
        Assert.Equal((status, movedMinor), (intent.Status, intent.MovedMinor));
    }

    [Fact]
    public async Task A_payout_that_is_declined_goes_back_to_whom_it_is_owed_and_is_paid_another_way()
    {
        var agreement = await engine.CollectionDue("payout", "sandbox:ok");
        await engine.WorkOff(agreement);
        await engine.Do(agreement, Deals.Lab, new DistributeIncome());
        var owedMinor = -(await engine.StateOf(agreement)).BalanceMinor(ChartOfAccounts.LabPayable, Currency.Cny);
        Assert.True(owedMinor > 0);

        await engine.Do(agreement, Deals.Lab, new PayLab("sandbox", "sandbox:decline"));
        Assert.Equal(0, (await engine.StateOf(agreement)).BalanceMinor(ChartOfAccounts.LabPayable, Currency.Cny));
        await engine.WorkOff(agreement);
        Assert.Equal(-owedMinor, (await engine.StateOf(agreement)).BalanceMinor(ChartOfAccounts.LabPayable, Currency.Cny));

        await engine.Do(agreement, Deals.Lab, new PayLab("sandbox", "sandbox:ok"));
        await engine.WorkOff(agreement);
        var state = await engine.StateOf(agreement);
        Assert.Equal(0, state.BalanceMinor(ChartOfAccounts.LabPayable, Currency.Cny));
        Assert.Equal(100_000 - owedMinor, state.CashMinor(Currency.Cny));
        Assert.Equal(IntentKind.Payout, Assert.IsType<SandboxPaymentAccepted>((await engine.BookOf(state.Intents[2].Id))[0]).Kind);
    }

    [Fact]
    public async Task Pauses_double_up_to_an_hour_while_the_provider_is_out_of_reach()
    {
        var agreement = await engine.CollectionDue("unreachable", "sandbox:ok");
        engine.Provider.BeforeLookUp = (_, _) => throw new ProviderUnreachableException("down");
        var pauses = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            Assert.IsType<Accepted>(await engine.WorkOff(agreement));
            var pause = (await engine.IntentOf(agreement)).NextLookUtc - engine.NowUtc;
            pauses.Add(pause.TotalMinutes);
            engine.Pass(pause);
        }

        Assert.Equal([1, 1, 2, 4, 8, 16, 32, 60, 60], pauses);
        Assert.Equal(0, engine.Provider.Sends); // whoever is not heard about is not sent either

        engine.Provider.BeforeLookUp = (_, _) => Task.CompletedTask;
        await engine.WorkOff(agreement);
        Assert.Equal(IntentStatus.Succeeded, (await engine.IntentOf(agreement)).Status);
    }

    [Fact]
    public async Task A_provider_that_hangs_is_given_up_after_half_a_minute_and_the_intent_stays_open()
    {
        var agreement = await engine.CollectionDue("hanging", "sandbox:ok");
        var asked = new TaskCompletionSource();
        CancellationToken handed = default;
        engine.Provider.BeforeSend = (_, cancel) =>
        {
            handed = cancel;
            asked.SetResult();
            return new TaskCompletionSource().Task; // deaf to its token
        };
        var time = new FakeTimeProvider();
        var work = new WorkOffIntents(
            engine.Grains, engine.Services.GetRequiredService<PaymentProviders>(), engine.Services.GetRequiredService<MarketplaceClock>(), time,
            NullLogger<WorkOffIntents>.Instance).WorkOff($"agreement/{agreement}");
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(handed.IsCancellationRequested);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<Accepted>(await work);
        Assert.True(handed.IsCancellationRequested);
        Assert.Equal(IntentStatus.Unknown, (await engine.IntentOf(agreement)).Status);
    }

    [Fact]
    public async Task Stopping_the_host_is_no_word_of_the_provider()
    {
        var agreement = await engine.CollectionDue("stopping", "sandbox:ok");
        using var stopping = new CancellationTokenSource();
        engine.Provider.BeforeLookUp = (_, _) => stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.WorkOff(agreement, stopping.Token));
        Assert.Equal(IntentStatus.Requested, (await engine.IntentOf(agreement)).Status);
    }

    [Fact]
    public async Task An_intent_of_a_provider_that_is_not_here_is_refused_by_name_and_holds_up_no_other()
    {
        var agreement = await engine.CollectionDue("unknown provider", "card", provider: "acme-pay");
        await engine.Do(agreement, Deals.Administrator, new RecordReceipt("bank", "line 1", Deals.Yuan(100_000), Deals.Day("2026-03-03")));
        await engine.Do(agreement, Deals.Lab, new DistributeIncome());
        await engine.Do(agreement, Deals.Lab, new PayLab("sandbox", "sandbox:ok"));

        var refusal = Assert.IsType<Refused>(await engine.WorkOff(agreement)).Refusal;
        Assert.Equal("provider-unknown", refusal.Code);
        Assert.Contains("acme-pay", refusal.Zh, StringComparison.Ordinal);
        Assert.Contains("acme-pay", refusal.En, StringComparison.Ordinal);
        var state = await engine.StateOf(agreement);
        Assert.Contains(state.Intents[0].Id.Value, refusal.En, StringComparison.Ordinal);
        Assert.Equal([IntentStatus.Requested, IntentStatus.Succeeded], state.Intents.Select(i => i.Status));
    }

    [Fact]
    public async Task A_payment_that_its_provider_forgot_is_shown_to_people_and_never_sent_again()
    {
        var agreement = await engine.CollectionDue("forgotten", "sandbox:ok");
        var intent = await engine.IntentOf(agreement);
        await engine.Do(agreement, Actor.System, new RecordPaymentOutcome(intent.Id, IntentStatus.Processing, "sbx_before", 0, engine.NowUtc, null));

        Assert.Equal("payment-lost", Assert.IsType<Refused>(await engine.WorkOff(agreement)).Refusal.Code);
        Assert.Equal(0, engine.Provider.Sends);
        Assert.Equal(IntentStatus.Processing, (await engine.IntentOf(agreement)).Status);
    }

    [Fact]
    public async Task Words_that_contradict_the_order_are_not_recorded_but_shown_to_people()
    {
        var agreement = await engine.CollectionDue("another order", "sandbox:ok");
        var intent = await engine.IntentOf(agreement);
        await engine.Provider.Send(await engine.OrderOf(agreement) with { Amount = Deals.Yuan(1) });

        Assert.Equal("sandbox-key-reused", Assert.IsType<Refused>(await engine.WorkOff(agreement)).Refusal.Code);
        Assert.Equal(IntentStatus.Requested, (await engine.IntentOf(agreement)).Status);
    }

    [Fact]
    public async Task Many_who_work_off_the_same_intent_at_once_move_the_money_once()
    {
        foreach (var method in SandboxMethods.All.Select(m => m.Example))
        {
            var agreement = await engine.CollectionDue($"crowd {method}", method);
            for (var day = 0; day < 5; day++)
            {
                var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => engine.WorkOff(agreement)));
                Assert.All(answers, a => Assert.IsType<Accepted>(a));
                engine.Pass(TimeSpan.FromDays(1));
            }

            var state = await engine.StateOf(agreement);
            Assert.False(state.Intents[0].IsOpen);
            var movedMinor = (await engine.BookOf(state.Intents[0].Id)).OfType<SandboxMoneyMoved>().Sum(m => m.Moved.AmountMinor);
            Assert.Equal(movedMinor, state.Intents[0].MovedMinor);
            Assert.Equal(movedMinor, state.Receipts.Sum(r => r.Amount.AmountMinor));
        }
    }
}
