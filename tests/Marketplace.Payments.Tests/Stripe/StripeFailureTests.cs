using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Payments;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.StripeSimulation;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Payments.Tests.Stripe;

/// <summary>What may go wrong between us and Stripe, by its number.</summary>
public sealed class StripeFailureTests : StripeTest
{
    [Fact]
    public async Task F01_Killed_between_the_call_and_its_outcome_the_payment_is_found_and_charged_once()
    {
        var agreement = await Engine.CollectionDue("killed", await SaveCard(), provider: "stripe");
        var intent = (await Engine.IntentOf(agreement)).Id;
        Engine.Stripe.AfterSend = _ => throw new KilledException();
        await Assert.ThrowsAsync<KilledException>(() => Engine.WorkOff(agreement));
        Assert.Equal((IntentStatus.Requested, 1), ((await Engine.IntentOf(agreement)).Status, Charges(intent)));

        await Restart();
        await Conclude(agreement);
        Assert.Equal((IntentStatus.Succeeded, 1, 0), ((await Engine.IntentOf(agreement)).Status, Charges(intent), Engine.Stripe.Sends));
    }

    [Theory]
    [MemberData(nameof(Silences))]
    public async Task F02_Without_an_answer_the_outcome_is_unknown_and_no_other_key_is_used(string name, Fault fault, int chargesAtOnce)
    {
        var agreement = await Engine.CollectionDue(name, await SaveCard(), provider: "stripe");
        var intent = (await Engine.IntentOf(agreement)).Id;
        Stripe.Faults.Next(Charge, fault);
        Assert.IsType<Accepted>(await Engine.WorkOff(agreement));
        Assert.Equal((IntentStatus.Unknown, chargesAtOnce), ((await Engine.IntentOf(agreement)).Status, Charges(intent)));

        await Conclude(agreement);
        Assert.Equal((IntentStatus.Succeeded, 1), ((await Engine.IntentOf(agreement)).Status, Charges(intent)));
        Assert.Equal(1, Stripe.Books.PaymentIntentsBy("intent")[intent.Value]);
    }

    public static TheoryData<string, Fault, int> Silences => new()
    {
        { "lost on its way", new Fault.DropBeforeWork(), 0 },
        { "answer lost", new Fault.DropAfterWork(), 1 },
        { "500 before", new Fault.ErrorBeforeWork(), 0 },
        { "500 after", new Fault.ErrorAfterWork(Remembered: false), 1 },
        { "429", new Fault.RateLimited(), 0 },
        { "lock", new Fault.LockTimeout(), 0 },
        { "409", new Fault.Conflict(), 0 },
        { "503", new Fault.Unavailable(), 0 },
    };

    [Fact]
    public async Task F03_After_Stripe_has_forgotten_the_key_the_payment_is_looked_up_before_anything_is_sent()
    {
        var agreement = await Engine.CollectionDue("forgotten", await SaveCard(), provider: "stripe");
        var intent = (await Engine.IntentOf(agreement)).Id;
        Stripe.Faults.Next(Charge, new Fault.DropAfterWork());
        await Engine.WorkOff(agreement);
        Engine.Pass(TimeSpan.FromHours(25));
        await Conclude(agreement);
        Assert.Equal((IntentStatus.Succeeded, 1, 1), ((await Engine.IntentOf(agreement)).Status, Charges(intent), Engine.Stripe.Sends));
    }

    [Fact]
    public async Task F04_One_webhook_that_comes_fifty_times_at_once_is_kept_once_and_posts_once()
    {
        var agreement = await Engine.CollectionDue("fifty", await SaveCard(), provider: "stripe");
        await Engine.WorkOff(agreement);
        var event_ = Stripe.Deliveries.Queue.Last(d => d.Type == "payment_intent.succeeded").EventId;
        var before = (await Notices()).Count;
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Stripe.Deliveries.Resend(event_, Endpoint)));
        Assert.All(answers, status => Assert.Equal(200, status));
        Assert.Equal(before + 1, (await Notices()).Count);

        var waiting = (await Notices()).Single(n => n.Notice == $"stripe:{event_}");
        var worker = Engine.Services.GetRequiredService<WorkOffProviderNotices>();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => worker.WorkOff($"provider-notice/{waiting.Notice}")));
        Stripe.Deliveries.DropAll();
        Assert.Equal(100_000, (await Engine.StateOf(agreement)).Receipts.Single().Amount.AmountMinor);
    }

    [Fact]
    public async Task F05_Two_events_for_one_fact_have_one_effect()
    {
        var agreement = await Collected("one fact");
        var payment = (await Engine.IntentOf(agreement)).ExternalId!;
        var dispute = Stripe.Acts.OpenDispute(payment);
        await Hear(); // charge.dispute.created and charge.dispute.funds_withdrawn, and whatever else
        Assert.True((await Notices()).Count(n => n.About == dispute) >= 2);
        var state = await Engine.StateOf(agreement);
        Assert.Equal((1, 100_000), (state.Reversals.Count, state.BalanceMinor(ChartOfAccounts.Disputed, Currency.Cny)));
    }

    [Fact]
    public async Task F06_In_whatever_order_webhooks_come_the_end_is_the_same_and_nothing_regresses()
    {
        var card = await SaveCard();
        var ends = new HashSet<string>(StringComparer.Ordinal);
        var orders = Permutations(4).ToArray();
        var agreements = await Engine.CollectionsDue("order", orders.Length, card);
        foreach (var (agreement, order) in agreements.Zip(orders))
        {
            // The first things said of the payment, and the last two of its lost chargeback.
            await Engine.WorkOff(agreement);
            var intent = await Engine.IntentOf(agreement);
            var paid = Stripe.Deliveries.Queue.TakeLast(2).ToArray();
            Stripe.Acts.LoseDispute(Stripe.Acts.OpenDispute(intent.ExternalId!));
            Delivery[] said = [.. paid, .. Stripe.Deliveries.Queue.TakeLast(2)];
            foreach (var i in order)
            {
                Assert.True((await Stripe.Deliveries.Deliver(said[i])).IsTaken);
                await WorkOffNotices();
            }

            Stripe.Deliveries.DropAll();
            var state = await Engine.StateOf(agreement);
            Assert.Single(state.Reversals);
            ends.Add($"{state.Owed(1).Status} {state.Reversals[0].Status} {state.CashMinor(Currency.Cny)} {state.BalanceMinor(ChartOfAccounts.Disputed, Currency.Cny)} {state.Intents[0].Status}");
        }

        Assert.Single(ends);
    }

    [Fact]
    public async Task F06_A_whole_life_of_charge_refund_and_chargeback_ends_the_same_in_every_order_that_is_drawn()
    {
        const int Lives = 24;
        const int Seed = 20261129;
        var random = new Random(Seed);
        var ends = new Dictionary<string, int>(StringComparer.Ordinal);
        var agreements = await Engine.CollectionsDue("life", Lives, await SaveCard());
        for (var life = 0; life < Lives; life++)
        {
            await Engine.WorkOff(agreements[life]);
            var payment = (await Engine.IntentOf(agreements[life])).ExternalId!;
            var dispute = "";
            var acts = new Queue<Action>(
            [
                () => Stripe.Acts.Refund(payment, 30_000), () => dispute = Stripe.Acts.OpenDispute(payment, 70_000), () => Stripe.Acts.RespondToDispute(dispute),
                () => Stripe.Acts.LoseDispute(dispute),
            ]);
            while (life % 2 == 0 && acts.TryDequeue(out var act))
            {
                act(); // every other life is heard of when it is over, the others while they last
            }

            while (acts.Count > 0 || Stripe.Deliveries.Queue.Count > 0)
            {
                var waiting = Stripe.Deliveries.Queue;
                if (waiting.Count == 0 || (acts.Count > 0 && random.Next(3) == 0))
                {
                    acts.Dequeue()();
                    continue;
                }

                var said = waiting[random.Next(waiting.Count)];
                Assert.True((await Stripe.Deliveries.Deliver(said)).IsTaken);
                Assert.IsType<Accepted>(await Engine.Services.GetRequiredService<WorkOffProviderNotices>().WorkOff($"provider-notice/stripe:{said.EventId}"));
            }

            var state = await Engine.StateOf(agreements[life]);
            var end = $"{state.Owed(1).Status} {state.Owed(1).Principal.OutstandingMinor} {string.Join(' ', state.Reversals.Select(r => $"{r.Status} {r.AmountMinor}").Order(StringComparer.Ordinal))} "
                + $"{state.BalanceMinor(ChartOfAccounts.Disputed, Currency.Cny)} {state.Intents[0].Status} {state.Intents[0].FeeMinor}";
            ends.TryAdd(end, life);
        }

        Assert.True(ends.Count == 1, $"seed {Seed}: {string.Join("; ", ends.Select(e => $"life {e.Value} ends {e.Key}"))}");
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}, {Lives} lives end {ends.Keys.Single()}");
    }

    [Fact]
    public async Task F07_Webhooks_that_were_lost_for_days_are_found_in_Stripes_own_list()
    {
        var agreement = await Collected("lost");
        var dispute = Stripe.Acts.OpenDispute((await Engine.IntentOf(agreement)).ExternalId!);
        Engine.Pass(TimeSpan.FromDays(5));
        Stripe.Acts.LoseDispute(dispute);
        Stripe.Deliveries.DropAll();
        Engine.Pass(TimeSpan.FromDays(5));

        await Engine.Services.GetRequiredService<SweepProviderBooks>().Run(SweepProviderBooks.AsFarAsTheyRemember);
        await WorkOffNotices();
        var state = await Engine.StateOf(agreement);
        Assert.Equal((ReversalStatus.TakenBack, 100_000), (state.Reversals.Single().Status, state.Owed(1).Principal.OutstandingMinor));
        var kept = (await Notices()).Count;
        await Engine.Services.GetRequiredService<SweepProviderBooks>().Run(SweepProviderBooks.AsFarAsTheyRemember);
        Assert.Equal(kept, (await Notices()).Count);
    }

    [Fact]
    public async Task F08_Forged_stale_and_foreign_notices_are_answered_400_and_leave_no_row()
    {
        await Collected("forged");
        var known = Stripe.Deliveries.Queue[^1].EventId;
        Stripe.Deliveries.DropAll();
        var before = (await Notices()).Count;
        Assert.Equal(400, await Stripe.Deliveries.SendForged(known, Endpoint));
        Assert.Equal(400, await Stripe.Deliveries.SendStale(known, Endpoint, TimeSpan.FromMinutes(6)));
        Assert.Equal(400, await Stripe.Deliveries.SendAltered(known, Endpoint, body => body.Replace("\"livemode\":false", "\"livemode\":true", StringComparison.Ordinal)));
        foreach (var body in new[] { "", "{", "[]", "null", "{}", "\"evt\"", """{"id":"evt_1","object":"event"}""", """{"id":"evt 1","object":"event","type":"x","created":1,"data":{"object":{"id":"pi_1"}}}""" })
        {
            Assert.Equal(400, await Stripe.Deliveries.SendBody(body, Endpoint));
        }

        using var http = new HttpClient();
        foreach (var signature in new[] { null, "", "t=", "t=1,v1=", "v1=00", "t=99999999999999999999,v1=00", "t=9999999999,v1=00", "t=1,v1=zz", new string('x', 5_000) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint.Url) { Content = new StringContent("{}") };
            if (signature is not null)
            {
                request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
            }

            Assert.Equal(400, (int)(await http.SendAsync(request)).StatusCode);
        }

        Assert.Equal(404, (int)(await http.PostAsync(new Uri(Endpoint.Url, "/webhooks/nobody"), new StringContent("{}"))).StatusCode);
        Assert.Equal(before, (await Notices()).Count);
    }

    [Fact]
    public async Task F09_A_notice_in_another_version_is_kept_as_it_came_and_parked()
    {
        await Collected("version");
        var known = Stripe.Deliveries.Queue[^1].EventId;
        Stripe.Deliveries.DropAll();
        var body = Stripe.Deliveries.BodyOf(known).Replace(known, "evt_other_version", StringComparison.Ordinal);
        var other = System.Text.RegularExpressions.Regex.Replace(body, "\"api_version\":\\s*\"[^\"]*\"", "\"api_version\":\"2020-08-27\"");
        Assert.Equal(200, await Stripe.Deliveries.SendBody(other, Endpoint));
        Assert.Equal(200, await Stripe.Deliveries.SendBody(System.Text.RegularExpressions.Regex.Replace(body, "\"api_version\":\\s*\"[^\"]*\"", "\"api_version\":null").Replace("evt_other", "evt_no", StringComparison.Ordinal), Endpoint));

        var parked = (await Notices()).Where(n => n.Status == NoticeStatus.Parked).ToList();
        Assert.Equal(2, parked.Count);
        var kept = await Engine.Grains.GetGrain<IProviderNoticeGrain>("stripe:evt_other_version").State();
        Assert.Equal((other, "2020-08-27"), (kept.Received!.Body, kept.Received.ApiVersion));

        // It is named again and again until somebody has looked.
        foreach (var _ in new[] { "once", "again" })
        {
            Alerts.Lines.Clear();
            await Engine.Services.GetRequiredService<SweepProviderBooks>().Run(SweepProviderBooks.Lately);
            Assert.Contains(Alerts.Lines, l => l.Contains("stripe:evt_other_version", StringComparison.Ordinal) && l.Contains("2020-08-27", StringComparison.Ordinal));
            Assert.Contains(Alerts.Lines, l => l.Contains("stripe:evt_no_version", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task F09_A_movement_that_Stripe_tells_differently_later_is_named_and_the_first_word_stays()
    {
        var agreement = await Collected("restated");
        var sweep = Engine.Services.GetRequiredService<SweepProviderBooks>();
        await sweep.Run(SweepProviderBooks.AsFarAsTheyRemember);
        var before = Assert.Single(await Movements());
        Assert.Empty(Alerts.Lines);

        Stripe.Acts.RestateFee((await Engine.IntentOf(agreement)).ExternalId!, before.FeeMinor + 5);
        PlatformsOwnMinor = -5;
        await sweep.Run(SweepProviderBooks.AsFarAsTheyRemember);
        Assert.Equal(before, Assert.Single(await Movements()));
        Assert.Contains(Alerts.Lines, l => l.Contains(before.Movement, StringComparison.Ordinal));
        Assert.Equal((DifferenceKind.Balance, 5), (await Reconciled()).Differences.Select(d => (d.Kind, d.LedgerMinor - d.ProviderMinor)).Single());
        StaysDifferent = DifferenceKind.Balance;
    }

    [Fact]
    public async Task F10_Paid_by_bank_while_the_page_is_open_the_page_is_closed()
    {
        var (agreement, session) = await PageOpen("closed page");
        await Engine.Do(agreement, Deals.Administrator, new Domain.Agreements.RecordReceipt("bank", "line", Deals.Yuan(100_000), LocalTime.DateOf(Engine.NowUtc)));
        await Conclude(agreement);
        Assert.Equal(IntentStatus.Failed, (await Engine.StateOf(agreement)).Intents[^1].Status);
        Assert.Throws<InvalidOperationException>(() => Stripe.Acts.SubmitCheckout(session, "pm_card_visa"));
    }

    [Fact]
    public async Task F10_Paid_by_card_and_bank_the_surplus_is_unapplied_cash_and_goes_back()
    {
        var (agreement, session) = await PageOpen("both");
        Stripe.Acts.SubmitCheckout(session, "pm_card_visa");
        await Engine.Do(agreement, Deals.Administrator, new Domain.Agreements.RecordReceipt("bank", "line", Deals.Yuan(100_000), LocalTime.DateOf(Engine.NowUtc)));
        await Conclude(agreement); // the last look
        var state = await Engine.StateOf(agreement);
        Assert.Equal((IntentStatus.Succeeded, -100_000), (state.Intents[^1].Status, state.BalanceMinor(ChartOfAccounts.Unapplied, Currency.Cny)));

        var surplus = state.Receipts.Single(r => r.UnappliedMinor > 0);
        await Engine.Do(agreement, Deals.Administrator, new Domain.Agreements.RefundUnapplied(surplus.Number, Deals.Yuan(100_000), surplus.Source == "stripe" ? "stripe" : "sandbox", surplus.Source == "stripe" ? "account" : "sandbox:ok"));
        await Conclude(agreement);
        Assert.Equal(0, (await Engine.StateOf(agreement)).BalanceMinor(ChartOfAccounts.Unapplied, Currency.Cny));
    }

    [Fact]
    public async Task F12_A_refund_after_the_payout_whose_reversal_fails_leaves_a_receivable()
    {
        await OpenLabsAccount();
        var agreement = await Collected("refund after payout");
        await Engine.Do(agreement, Deals.Lab, new Domain.Agreements.DistributeIncome());
        Engine.Pass(TimeSpan.FromDays(3)); // until funds are available
        await Engine.Do(agreement, Deals.Lab, new Domain.Agreements.PayLab("stripe", "account"));
        await Conclude(agreement);
        var payout = (await Engine.StateOf(agreement)).Intents.Single(i => i.Kind == IntentKind.Payout);
        Assert.Equal(IntentStatus.Succeeded, payout.Status);
        Stripe.Acts.PayOut("cny", (await Profile(Deals.Lab.Organisation!.Value)).Payee); // the lab's account is empty
        Stripe.Acts.TopUp("cny", PlatformsOwnMinor = 200_000);

        await Engine.Do(agreement, Deals.Administrator, new Domain.Agreements.RefundPaid(1, Deals.Yuan(100_000), "stripe", "account", "验收不合格"));
        await Conclude(agreement);
        var owes = (await Engine.StateOf(agreement)).BalanceMinor(ChartOfAccounts.LabPayable, Currency.Cny);
        Assert.Equal(payout.MovedMinor, owes);
        await Engine.Do(agreement, Deals.Administrator, new Domain.Agreements.RecoverPayout(payout.Id, Deals.Yuan(owes)));
        await Conclude(agreement);
        var state = await Engine.StateOf(agreement);
        Assert.Equal((IntentStatus.Failed, owes), (state.Intents[^1].Status, state.BalanceMinor(ChartOfAccounts.LabPayable, Currency.Cny)));
    }

    [Fact]
    public async Task F13_A_chargeback_after_closure_is_held_then_lost_or_won_each_once()
    {
        foreach (var isWon in new[] { false, true })
        {
            var agreement = await Collected($"chargeback {isWon}");
            var dispute = Stripe.Acts.OpenDispute((await Engine.IntentOf(agreement)).ExternalId!);
            await Hear();
            Assert.Equal(100_000, (await Engine.StateOf(agreement)).BalanceMinor(ChartOfAccounts.Disputed, Currency.Cny));
            if (isWon)
            {
                Stripe.Acts.WinDispute(dispute);
            }
            else
            {
                Stripe.Acts.LoseDispute(dispute);
            }

            await Hear();
            await Engine.Services.GetRequiredService<SweepProviderBooks>().Run(SweepProviderBooks.AsFarAsTheyRemember);
            await WorkOffNotices();
            var state = await Engine.StateOf(agreement);
            Assert.Equal((0, isWon ? ReversalStatus.Released : ReversalStatus.TakenBack), (state.BalanceMinor(ChartOfAccounts.Disputed, Currency.Cny), state.Reversals.Single().Status));
            Assert.Equal(isWon ? 0 : 100_000, state.Owed(1).Principal.OutstandingMinor);
        }
    }

    [Fact]
    public async Task A_payee_that_is_barred_and_cleared_again_may_be_paid_again()
    {
        await OpenLabsAccount();
        var account = (await Profile(Deals.Lab.Organisation!.Value)).Payee!;
        Stripe.Acts.RestrictAccount(account);
        await Hear();
        Assert.False((await Profile(Deals.Lab.Organisation!.Value)).MayBePaid);
        Stripe.Acts.CompleteOnboarding(account);
        await Hear();
        Assert.True((await Profile(Deals.Lab.Organisation!.Value)).MayBePaid);
    }

    [Fact]
    public async Task A_company_pays_by_what_it_has_left_itself_and_by_nobody_elses()
    {
        var (own, others) = (await SaveCard(), await SaveCard(by: Deals.OtherCompany.Organisation));
        var agreement = await Engine.Converted("own", Deals.Terms(Deals.LumpSum()));
        await Engine.FallDue(agreement);
        var company = Principal.Whole(ActorRole.Company, Deals.Company.Organisation, "officer");
        foreach (var foreign in new[] { others, "saved:pm_card_visa" })
        {
            Assert.Equal("method-unknown", Assert.IsType<Refused>(await Engine.Door.Send(company, new Application.Agreements.AuthoriseCollection(Guid.NewGuid(), agreement, "stripe", foreign))).Refusal.Code);
            Assert.Equal("method-unknown", Assert.IsType<Refused>(await Engine.Door.Send(company, new Application.Agreements.PayObligations(Guid.NewGuid(), agreement, [1], "stripe", foreign))).Refusal.Code);
        }

        Assert.IsType<Accepted>(await Engine.Door.Send(company, new Application.Agreements.AuthoriseCollection(Guid.NewGuid(), agreement, "stripe", own)));
        Assert.IsType<Accepted>(await Engine.Door.Send(company, new Application.Agreements.PayObligations(Guid.NewGuid(), agreement, [1], "stripe", own)));
        await Conclude(agreement);
        Assert.Equal(IntentStatus.Succeeded, (await Engine.IntentOf(agreement)).Status);
    }

    private async Task<AgreementId> Collected(string name)
    {
        var agreement = await Engine.CollectionDue(name, await SaveCard(), provider: "stripe");
        await Conclude(agreement);
        Assert.Equal(IntentStatus.Succeeded, (await Engine.IntentOf(agreement)).Status);
        return agreement;
    }

    private async Task<(AgreementId, string Session)> PageOpen(string name)
    {
        var agreement = await Engine.CollectionDue(name, "sandbox:decline");
        await Conclude(agreement);
        await Engine.Do(agreement, Deals.Company, new Domain.Agreements.PayObligations([1], "stripe", "checkout"));
        await Engine.WorkOff(agreement);
        return (agreement, (await Engine.StateOf(agreement)).Intents[^1].ExternalId!);
    }

    private static IEnumerable<int[]> Permutations(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        return Permute(order, 0);

        static IEnumerable<int[]> Permute(int[] order, int from)
        {
            if (from == order.Length)
            {
                yield return [.. order];
                yield break;
            }

            for (var i = from; i < order.Length; i++)
            {
                (order[from], order[i]) = (order[i], order[from]);
                foreach (var permuted in Permute(order, from + 1))
                {
                    yield return permuted;
                }

                (order[from], order[i]) = (order[i], order[from]);
            }
        }
    }
}
