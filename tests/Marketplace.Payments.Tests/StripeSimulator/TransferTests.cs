using System.Net;
using Marketplace.StripeSimulation;
using Stripe;
using V2 = Stripe.V2.Core;

namespace Marketplace.Payments.Tests.StripeSimulation;

/// <summary>Money that goes on: to connected accounts, back from them, and to banks.</summary>
public sealed class TransferTests : SimulatedStripe
{
    [Fact]
    public async Task An_account_takes_transfers_once_Stripe_knows_it()
    {
        var created = await Client.V2.Core.Accounts.CreateAsync(Recipient());
        Assert.Equal("restricted", created.Configuration.Recipient.Capabilities.StripeBalance.StripeTransfers.Status);
        var link = await Client.V2.Core.AccountLinks.CreateAsync(new V2.AccountLinkCreateOptions
        {
            Account = created.Id,
            UseCase = new() { Type = "account_onboarding", AccountOnboarding = new() { RefreshUrl = "https://marketplace.example/again", ReturnUrl = "https://marketplace.example/done" } },
        });
        Assert.StartsWith("https://connect.stripe.com/", link.Url);
        Simulator.Acts.TopUp("usd", 1_000);
        Assert.Equal("insufficient_capabilities_for_transfer", (await Refused(HttpStatusCode.BadRequest, () => Send(created.Id, 1_000))).StripeError.Code);

        Simulator.Acts.CompleteOnboarding(created.Id);
        var known = await Client.V2.Core.Accounts.GetAsync(created.Id, new V2.AccountGetOptions { Include = ["configuration.recipient", "identity"] });
        Assert.Equal(("active", "cn"), (known.Configuration.Recipient.Capabilities.StripeBalance.StripeTransfers.Status, known.Identity.Country));
        Assert.Null((await Client.V2.Core.Accounts.GetAsync(created.Id)).Configuration); // says only what is included
        await Send(created.Id, 1_000);
        Assert.Equal(2, (await EventTypes()).Count(t => t == "account.updated"));
    }

    [Fact]
    public async Task Money_that_is_not_available_yet_is_transferred_by_the_name_of_its_charge_only()
    {
        var account = await Onboarded();
        var paid = await Pay(Paying(10_000));
        Assert.Equal("balance_insufficient", (await Refused(HttpStatusCode.BadRequest, () => Send(account, 5_000))).StripeError.Code);
        var sent = await Send(account, 6_000, paid.LatestChargeId);
        Assert.Equal((6_000, "group", paid.LatestChargeId), (sent.Amount, sent.TransferGroup, sent.SourceTransactionId));
        await Refused(HttpStatusCode.BadRequest, () => Send(account, 4_001, paid.LatestChargeId));
        Assert.Equal((0, 6_000), (Simulator.Books.Available("usd", account), Simulator.Books.Pending("usd", account)));

        Time.Advance(Simulator.Options.FundsAvailableAfter);
        Assert.Equal(6_000, Simulator.Books.Available("usd", account));
        Assert.Equal(9_680 - 6_000, Simulator.Books.Available("usd"));
        await Send(account, 3_680);
        Assert.Equal(9_680, Simulator.Books.Of("transfer_id", "t").Transferred);
    }

    [Fact]
    public async Task Transfers_are_found_by_group_destination_and_time()
    {
        Simulator.Acts.TopUp("usd", 10_000);
        var (one, other) = (await Onboarded(), await Onboarded());
        await Send(one, 1_000);
        Time.Advance(TimeSpan.FromHours(1));
        var late = await Send(other, 2_000);
        Assert.Equal(2, (await Client.V1.Transfers.ListAsync(new TransferListOptions { TransferGroup = "group" })).Data.Count);
        Assert.Equal(late.Id, (await Client.V1.Transfers.ListAsync(new TransferListOptions { Destination = other })).Data.Single().Id);
        var since = new DateRangeOptions { GreaterThanOrEqual = Time.GetUtcNow().UtcDateTime };
        Assert.Equal(late.Id, (await Client.V1.Transfers.ListAsync(new TransferListOptions { Created = since })).Data.Single().Id);
    }

    [Fact]
    public async Task A_reversal_takes_back_what_is_still_there()
    {
        Simulator.Acts.TopUp("usd", 10_000);
        var account = await Onboarded();
        var sent = await Send(account, 10_000);
        var back = await Client.V1.Transfers.Reversals.CreateAsync(sent.Id, new TransferReversalCreateOptions { Amount = 4_000, Metadata = new() { ["reversal_id"] = "r" } });
        Assert.Equal((4_000, sent.Id), (back.Amount, back.TransferId));
        Assert.Equal(4_000, Simulator.Books.Available("usd"));

        Assert.NotNull(Simulator.Acts.PayOut("usd", account));
        var refused = await Refused(HttpStatusCode.BadRequest, () => Client.V1.Transfers.Reversals.CreateAsync(sent.Id));
        Assert.Equal("balance_insufficient", refused.StripeError.Code);
        Assert.Equal("r", (await Client.V1.Transfers.Reversals.ListAsync(sent.Id)).Data.Single().Metadata["reversal_id"]);
        Assert.Equal(4_000, (await Client.V1.Transfers.GetAsync(sent.Id)).AmountReversed);
        Assert.Equal(["transfer.created", "transfer.reversed"], (await EventTypes()).Where(t => t.StartsWith("transfer")));
    }

    [Fact]
    public async Task A_script_empties_the_balance()
    {
        Simulator.Acts.TopUp("usd", 10_000);
        var account = await Onboarded();
        Simulator.Faults.Next("POST /v1/transfers", new Fault.BalanceInsufficient());
        Simulator.Faults.Next("POST /v1/transfers/{}/reversals", new Fault.BalanceInsufficient());
        await Refused(HttpStatusCode.BadRequest, () => Send(account, 1_000));
        var sent = await Send(account, 1_000);
        await Refused(HttpStatusCode.BadRequest, () => Client.V1.Transfers.Reversals.CreateAsync(sent.Id));
    }

    [Fact]
    public async Task A_payout_names_what_it_took_to_the_bank()
    {
        await Pay(Paying(10_000));
        Assert.Null(Simulator.Acts.PayOut("usd"));
        Time.Advance(Simulator.Options.FundsAvailableAfter);
        var id = Simulator.Acts.PayOut("usd")!;
        await Pay(Paying(20_000));

        var payout = await Client.V1.Payouts.GetAsync(id);
        Assert.Equal((9_680, "in_transit"), (payout.Amount, payout.Status));
        var within = (await Client.V1.BalanceTransactions.ListAsync(new BalanceTransactionListOptions { Payout = id })).Data;
        Assert.Equal(["payout", "charge"], within.Select(t => t.Type));
        Assert.Equal(0, within.Sum(t => t.Net));
        Simulator.Acts.SettlePayout(id);
        Assert.Equal("paid", (await Client.V1.Payouts.ListAsync()).Data.Single().Status);
        Assert.Equal(["payout.created", "payout.paid"], (await EventTypes()).Where(t => t.StartsWith("payout")));
    }

    [Fact]
    public async Task A_payout_that_comes_back_is_in_the_balance_again()
    {
        Simulator.Acts.TopUp("usd", 1_000);
        var id = Simulator.Acts.PayOut("usd")!;
        Simulator.Acts.FailPayout(id);
        Assert.Equal(("failed", 1_000), ((await Client.V1.Payouts.GetAsync(id)).Status, Simulator.Books.Available("usd")));
    }

    [Fact]
    public async Task The_books_of_a_connected_account_are_its_own()
    {
        Simulator.Acts.TopUp("usd", 1_000);
        var account = await Onboarded();
        await Send(account, 400);
        var theirs = new RequestOptions { StripeAccount = account };
        Assert.Equal(400, (await Client.V1.Balance.GetAsync(null, theirs)).Available.Single().Amount);
        Assert.Equal("payment", (await Client.V1.BalanceTransactions.ListAsync(null, theirs)).Data.Single().Type);
        Assert.Equal(600, (await Client.V1.Balance.GetAsync()).Available.Single().Amount);
    }

    [Fact]
    public async Task The_platform_knows_itself() =>
        Assert.Equal(Simulator.Options.Account, (await Client.V1.Accounts.GetSelfAsync()).Id);

    private static V2.AccountCreateOptions Recipient() => new()
    {
        ContactEmail = "lab@example.cn",
        DisplayName = "重点实验室",
        Identity = new() { Country = "cn", EntityType = "company" },
        Configuration = new() { Recipient = new() { Capabilities = new() { StripeBalance = new() { StripeTransfers = new() { Requested = true } } } } },
        Include = ["configuration.recipient"],
    };

    private async Task<string> Onboarded()
    {
        var account = await Client.V2.Core.Accounts.CreateAsync(Recipient());
        Simulator.Acts.CompleteOnboarding(account.Id);
        return account.Id;
    }

    private Task<Transfer> Send(string account, long amountMinor, string? charge = null) => Client.V1.Transfers.CreateAsync(new TransferCreateOptions
    {
        Amount = amountMinor, Currency = "usd", Destination = account, TransferGroup = "group", SourceTransaction = charge, Metadata = new() { ["transfer_id"] = "t" },
    });
}
