using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Organisations;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.StripeSimulation;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Payments.Tests.Stripe;

/// <summary>A company that pays by an invoice of Stripe: asked once, paid once, and only what has come by Stripe is money there.</summary>
public sealed class StripeInvoiceTests : StripeTest
{
    private static readonly Dictionary<string, int> OneOpen = new() { ["open"] = 1 }, OnePaid = new() { ["paid"] = 1 }, OneVoid = new() { ["void"] = 1 };

    [Fact]
    public async Task An_invoice_is_paid_whole_on_its_page()
    {
        var (agreement, invoice) = await Asked("whole");
        Assert.NotNull(Stripe.Acts.PayInvoice(invoice, "pm_card_chargeDeclined"));
        await Hear();
        Assert.Equal(IntentStatus.Processing, (await Engine.IntentOf(agreement)).Status);
        Assert.Null(Stripe.Acts.PayInvoice(invoice, "pm_card_visa"));
        await Hear();

        var state = await Engine.StateOf(agreement);
        var intent = state.Intents.Single();
        Assert.Equal((IntentStatus.Succeeded, 100_000, 1), (intent.Status, state.Receipts.Single().Amount.AmountMinor, Charges(intent.Id)));
        Assert.Equal(intent.FeeMinor, Stripe.Books.Fees("cny"));
        Assert.Equal(OnePaid, Stripe.Books.InvoicesOf("intent", intent.Id.Value));
        Assert.Null(await Page(agreement));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Whatever_is_lost_on_the_way_there_is_one_invoice_with_its_lines_once(string endpoint, string name, Fault fault)
    {
        foreach (var pause in new[] { TimeSpan.FromHours(1), TimeSpan.FromHours(25) }) // Stripe has forgotten its keys by then
        {
            var agreement = await Engine.CollectionDue($"{endpoint} {name} {pause}", "invoice", provider: "stripe");
            var intent = (await Engine.IntentOf(agreement)).Id;
            Stripe.Faults.Next(endpoint, fault);
            Assert.IsType<Accepted>(await Engine.WorkOff(agreement));
            Assert.Equal(IntentStatus.Unknown, (await Engine.IntentOf(agreement)).Status);
            Engine.Pass(pause);
            Assert.IsType<Accepted>(await Engine.WorkOff(agreement));

            var asked = await Engine.IntentOf(agreement);
            Assert.Equal(IntentStatus.Processing, asked.Status);
            Assert.Equal(OneOpen, Stripe.Books.InvoicesOf("intent", intent.Value));
            Assert.Equal(100_000, Stripe.Books.LinesOf(asked.ExternalId!).Single().AmountMinor);
            Stripe.Acts.PayInvoice(asked.ExternalId!, "pm_card_visa");
            await Conclude(agreement);
            Assert.Equal((IntentStatus.Succeeded, 1), ((await Engine.IntentOf(agreement)).Status, Charges(intent)));
            await Hear();
        }
    }

    public static TheoryData<string, string, Fault> Losses
    {
        get
        {
            var losses = new TheoryData<string, string, Fault>();
            foreach (var endpoint in new[] { "POST /v1/invoices", "POST /v1/invoices/{}/add_lines", "POST /v1/invoices/{}/finalize" })
            {
                losses.Add(endpoint, "lost on its way", new Fault.DropBeforeWork());
                losses.Add(endpoint, "answer lost", new Fault.DropAfterWork());
                losses.Add(endpoint, "500 after", new Fault.ErrorAfterWork());
                losses.Add(endpoint, "429", new Fault.RateLimited());
            }

            return losses;
        }
    }

    [Fact]
    public async Task Killed_after_any_call_the_invoice_is_gone_on_with()
    {
        foreach (var endpoint in new[] { "POST /v1/invoices", "POST /v1/invoices/{}/add_lines", "POST /v1/invoices/{}/finalize" })
        {
            var agreement = await Engine.CollectionDue($"killed {endpoint}", "invoice", provider: "stripe");
            Stripe.Faults.Next(endpoint, new Fault.DropAfterWork());
            await Engine.WorkOff(agreement);
            await Restart();
            Engine.Pass(TimeSpan.FromHours(1));
            await Engine.WorkOff(agreement);
            Assert.Equal((IntentStatus.Processing, 0), ((await Engine.IntentOf(agreement)).Status, Engine.Stripe.Sends));
            Assert.Equal(OneOpen, Stripe.Books.InvoicesOf("intent", (await Engine.IntentOf(agreement)).Id.Value));
            Stripe.Acts.PayInvoice((await Engine.IntentOf(agreement)).ExternalId!, "pm_card_visa");
            await Conclude(agreement);
        }
    }

    [Fact]
    public async Task Paid_by_bank_meanwhile_the_invoice_is_void_and_nobody_can_pay_it()
    {
        var (agreement, invoice) = await Asked("bank");
        await Engine.Do(agreement, Deals.Administrator, new Domain.Agreements.RecordReceipt("bank", "line", Deals.Yuan(100_000), LocalTime.DateOf(Engine.NowUtc)));
        await Conclude(agreement);
        var intent = await Engine.IntentOf(agreement);
        Assert.Equal((IntentStatus.Failed, 0), (intent.Status, Charges(intent.Id)));
        Assert.Equal(OneVoid, Stripe.Books.InvoicesOf("intent", intent.Id.Value));
        Assert.Throws<InvalidOperationException>(() => Stripe.Acts.PayInvoice(invoice, "pm_card_visa"));
        await Hear();
    }

    [Fact]
    public async Task Paid_on_the_page_and_by_bank_the_surplus_is_unapplied_cash()
    {
        var (agreement, invoice) = await Asked("both");
        Stripe.Acts.PayInvoice(invoice, "pm_card_visa");
        await Engine.Do(agreement, Deals.Administrator, new Domain.Agreements.RecordReceipt("bank", "line", Deals.Yuan(100_000), LocalTime.DateOf(Engine.NowUtc)));
        await Conclude(agreement);
        var state = await Engine.StateOf(agreement);
        Assert.Equal((IntentStatus.Succeeded, -100_000), (state.Intents.Single().Status, state.BalanceMinor(ChartOfAccounts.Unapplied, Currency.Cny)));
        Assert.Equal(OnePaid, Stripe.Books.InvoicesOf("intent", state.Intents.Single().Id.Value));
    }

    [Fact]
    public async Task Withdrawn_when_it_was_half_made_it_is_made_and_void()
    {
        var agreement = await Engine.CollectionDue("half made", "invoice", provider: "stripe");
        var intent = (await Engine.IntentOf(agreement)).Id;
        Stripe.Faults.Next("POST /v1/invoices/{}/add_lines", new Fault.DropBeforeWork());
        await Engine.WorkOff(agreement);
        await Engine.Do(agreement, Deals.Company, new Domain.Agreements.WithdrawPayment(intent));
        await Conclude(agreement);
        Assert.Equal(IntentStatus.Failed, (await Engine.IntentOf(agreement)).Status);
        Assert.Equal(OneVoid, Stripe.Books.InvoicesOf("intent", intent.Value));
    }

    [Fact]
    public async Task A_bundle_is_one_invoice_with_a_line_for_each_sum()
    {
        var agreement = await Engine.Converted("bundle", Deals.Terms(Deals.LumpSum(100_000), Deals.LumpSum(50_000)));
        await Engine.FallDue(agreement);
        await Engine.Do(agreement, Deals.Company, new Domain.Agreements.PayObligations([2, 1], "stripe", "invoice"));
        await Engine.WorkOff(agreement);
        var invoice = (await Engine.IntentOf(agreement)).ExternalId!;
        (string?, long)[] lines = [($"{agreement} · 2", 50_000), ($"{agreement} · 1", 100_000)];
        Assert.Equal(lines, Stripe.Books.LinesOf(invoice));
        Stripe.Acts.PayInvoice(invoice, "pm_card_visa");
        await Hear();
        var state = await Engine.StateOf(agreement);
        Assert.Equal((150_000, 0, 0), (state.Receipts.Single().Amount.AmountMinor, state.Owed(1).OutstandingMinor, state.Owed(2).OutstandingMinor));
    }

    [Fact]
    public async Task However_often_and_in_whatever_order_it_is_said_a_paid_invoice_is_one_receipt()
    {
        var (agreement, invoice) = await Asked("said");
        Stripe.Acts.PayInvoice(invoice, "pm_card_visa");
        foreach (var said in Stripe.Deliveries.Queue.Reverse().ToList())
        {
            Stripe.Deliveries.Duplicate(said);
            Assert.True((await Stripe.Deliveries.Deliver(said)).IsTaken);
            await WorkOffNotices();
        }

        await Hear();
        await Engine.Services.GetRequiredService<SweepProviderBooks>().Run(SweepProviderBooks.AsFarAsTheyRemember);
        await WorkOffNotices();
        Assert.Equal(100_000, (await Engine.StateOf(agreement)).Receipts.Single().Amount.AmountMinor);
        Assert.DoesNotContain(await Notices(), n => n.Status == Domain.Payments.NoticeStatus.Parked);
    }

    [Fact]
    public async Task What_was_paid_elsewhere_is_no_money_at_Stripe_and_is_still_owed()
    {
        var (agreement, invoice) = await Asked("elsewhere");
        Stripe.Acts.PayInvoiceElsewhere(invoice);
        await Hear();
        var state = await Engine.StateOf(agreement);
        Assert.Equal((IntentStatus.Failed, 0, 100_000), (state.Intents.Single().Status, state.Receipts.Count, state.Owed(1).Principal.OutstandingMinor));
    }

    [Fact]
    public async Task One_that_is_given_up_at_Stripe_is_void_so_that_it_is_not_paid_behind_our_back()
    {
        var (agreement, invoice) = await Asked("given up");
        Stripe.Acts.GiveUpInvoice(invoice);
        await Hear();
        var intent = await Engine.IntentOf(agreement);
        Assert.Equal(IntentStatus.Failed, intent.Status);
        Assert.Equal(OneVoid, Stripe.Books.InvoicesOf("intent", intent.Id.Value));
    }

    [Fact]
    public async Task Given_up_and_paid_at_once_it_is_paid()
    {
        var (agreement, invoice) = await Asked("given up and paid");
        Stripe.Acts.GiveUpInvoice(invoice);
        Stripe.Acts.PayInvoice(invoice, "pm_card_visa");
        await Hear();
        Assert.Equal((IntentStatus.Succeeded, 100_000), ((await Engine.IntentOf(agreement)).Status, (await Engine.StateOf(agreement)).Receipts.Single().Amount.AmountMinor));
    }

    [Fact]
    public async Task A_refund_and_a_chargeback_of_an_invoice_are_known_by_the_invoice()
    {
        var (agreement, invoice) = await Asked("reversed");
        Stripe.Acts.PayInvoice(invoice, "pm_card_visa");
        await Hear();
        var payment = (await Engine.IntentOf(agreement)).ExternalId!;
        Stripe.Acts.Refund(payment, 30_000);
        Stripe.Acts.LoseDispute(Stripe.Acts.OpenDispute(payment, 70_000));
        await Hear();
        var state = await Engine.StateOf(agreement);
        Assert.Equal((2, 100_000), (state.Reversals.Count, state.Owed(1).Principal.OutstandingMinor));

        await Engine.Services.GetRequiredService<SweepProviderBooks>().Run(SweepProviderBooks.AsFarAsTheyRemember);
        Assert.All(await Movements(), m => Assert.Equal(state.Intents[0].Id.Value, m.Intent));
    }

    [Fact]
    public async Task Our_own_refund_of_an_invoice_goes_back_to_its_payment()
    {
        var (agreement, invoice) = await Asked("refunded");
        Stripe.Acts.PayInvoice(invoice, "pm_card_visa");
        await Hear();
        await Engine.Do(agreement, Deals.Administrator, new Domain.Agreements.RefundPaid(1, Deals.Yuan(100_000), "stripe", "account", "验收不合格"));
        await Conclude(agreement);
        Assert.Equal((IntentStatus.Succeeded, 100_000), ((await Engine.StateOf(agreement)).Intents[^1].Status, Stripe.Books.Of("intent", (await Engine.IntentOf(agreement)).Id.Value).Refunded));
        await Hear();
    }

    [Fact]
    public async Task Whoever_has_a_mail_address_is_sent_it_and_whoever_has_none_pays_on_the_page()
    {
        var api = new global::Stripe.StripeClient(new global::Stripe.StripeClientOptions { ApiKey = Stripe.ApiKey, ApiBase = Stripe.Url.AbsoluteUri.TrimEnd('/') });
        var (unsent, without) = await Asked("without");
        Assert.Equal("charge_automatically", (await api.V1.Invoices.GetAsync(without)).CollectionMethod);
        Stripe.Acts.PayInvoice(without, "pm_card_visa");
        await Conclude(unsent);

        var code = Uscc.Parse("91350100M000100Y43", "uscc").Value;
        var other = new Actor(ActorRole.Company, OrganisationId.ForUscc(code), "chen");
        var registered = new Domain.Organisations.RegisterOrganisation(OrganisationKind.Company, new("示例公司", "Example Company"), code, "office@company.example");
        Assert.IsType<Accepted>(await Engine.Grains.GetGrain<IOrganisationGrain>(other.Organisation!.Value.Value)
            .Execute(new CommandEnvelope(DerivedId.Guid("mail"), new byte[32], new Actor(ActorRole.Visitor, null, "visitor"), registered)));
        var agreement = await Engine.Converted("with", Deals.Terms(Deals.LumpSum()), other);
        await Engine.Do(agreement, other, new Domain.Agreements.AuthoriseCollection("stripe", "invoice"));
        await Engine.FallDue(agreement);
        await Engine.WorkOff(agreement);
        var sent = await api.V1.Invoices.GetAsync((await Engine.IntentOf(agreement)).ExternalId);
        Assert.Equal(("send_invoice", "office@company.example", false), (sent.CollectionMethod, sent.CustomerEmail, sent.AutoAdvance));
    }

    private async Task<(AgreementId, string Invoice)> Asked(string name)
    {
        var agreement = await Engine.CollectionDue(name, "invoice", provider: "stripe");
        await Engine.WorkOff(agreement);
        var intent = await Engine.IntentOf(agreement);
        Assert.Equal(IntentStatus.Processing, intent.Status);
        Assert.Equal(intent.ExternalId, (await Page(agreement))!.Address.Segments[^1]);
        return (agreement, intent.ExternalId!);
    }

    private async Task<HostedPage?> Page(AgreementId agreement) =>
        await Engine.Services.GetRequiredService<IHostedPages>().OfPayment(await Engine.OrderOf(agreement));
}
