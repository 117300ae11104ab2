using System.Text;
using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Host.Tests.Seeds;
using Marketplace.Journal;
using Marketplace.Payments.Bank;
using Marketplace.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Payments.Tests.Bank;

// Inside the namespace, so that a use case hides the rule of the same name.
using Marketplace.Application.Banking;

/// <summary>Money leaves when two administrators say so and a statement says that it has. Derived once per database.</summary>
public abstract class BankPaymentTests(bool onPostgres) : BankTest(onPostgres)
{
    private static readonly Principal LabOfficer = Principal.Whole(ActorRole.Lab, Deals.Lab.Organisation, "wang");
    private static readonly BankAccount LabAccount = new("海河实验室", "6217 1234", "示例银行", Cnaps: "102110000001");

    private int files;

    [Fact]
    public async Task A_payout_goes_through_two_people_one_file_and_a_statement()
    {
        var (agreement, intent) = await Payout("payout", await Verified());
        Assert.Equal(IntentStatus.Processing, (await Intent(agreement, intent)).Status);
        await Books.Accept(BankBooks.Zhang, new ApproveBankPayment(Guid.NewGuid(), intent));
        Assert.Equal("second-person-needed", await Books.Refuse(BankBooks.Zhang, new ApproveBankPayment(Guid.NewGuid(), intent)));
        Assert.Equal("payments-count", await Books.Refuse(BankBooks.Zhang, Batch())); // once is not enough
        await Books.Accept(BankBooks.Li, new ApproveBankPayment(Guid.NewGuid(), intent));

        var batch = PaymentBatchId.Wrap((await Books.Accept(BankBooks.Zhang, Batch())).Id);
        var file = await FileOf(batch);
        Assert.Contains($"<EndToEndId>{BankPaymentOrder.EndToEndIdOf(intent)}</EndToEndId>", Encoding.UTF8.GetString(file));
        Engine.Pass(TimeSpan.FromHours(5));
        Assert.Equal(file, await FileOf(batch));
        Assert.Equal("payments-count", await Books.Refuse(BankBooks.Zhang, Batch())); // it is in one file and in no other
        await Engine.WorkOff(agreement);
        Assert.Equal(IntentStatus.Processing, (await Intent(agreement, intent)).Status);

        var amountMinor = (await Intent(agreement, intent)).Amount.AmountMinor;
        await Import(new(-amountMinor, $"转账 {BankPaymentOrder.EndToEndIdOf(intent).ToLowerInvariant()}，许可收益"));
        await LookAgain(agreement);
        Assert.Equal((IntentStatus.Succeeded, amountMinor), ((await Intent(agreement, intent)).Status, (await Intent(agreement, intent)).MovedMinor));
        Assert.Equal(BankPaymentStatus.Made, Assert.Single(await Books.Rows<BankPaymentRow>()).Status);
        Assert.Equal(0, await Books.Unmatched());

        // The agreement has been told: what comes back now is for a person.
        await Import(new(amountMinor, "退汇", EndToEnd: BankPaymentOrder.EndToEndIdOf(intent)));
        Assert.Equal(ParkReason.ReturnedAfterSuccess, (await Books.Line("退汇")).Parked);
    }

    [Fact]
    public async Task Beside_payments_of_another_provider_each_is_found_in_its_own_books()
    {
        for (var i = 0; i < 5; i++)
        {
            await Engine.WorkOff(await Engine.CollectionDue($"beside {i}", "sandbox:ok")); // ids before and after the bank's
        }

        await Payout("beside", await Verified());
        Assert.Empty(await Engine.Check());
    }

    [Fact]
    public async Task What_the_bank_could_not_pay_is_owed_again()
    {
        var account = await Verified();
        var (agreement, intent) = await Payout("returned", account);
        var amountMinor = (await Intent(agreement, intent)).Amount.AmountMinor;
        await Export(intent);
        await Import(new(-(amountMinor + 1), $"another sum {BankPaymentOrder.EndToEndIdOf(intent)}"));
        Assert.Equal(ParkReason.PaymentDiffers, (await Books.Line("another")).Parked);
        await Import(new(amountMinor, "returned", EndToEnd: BankPaymentOrder.EndToEndIdOf(intent)));
        await LookAgain(agreement);
        Assert.Equal(IntentStatus.Failed, (await Intent(agreement, intent)).Status);

        await Engine.Do(agreement, Deals.Lab, new Domain.Agreements.PayLab("bank", BankPayments.MethodOf(account)));
        Assert.Equal(amountMinor, (await Engine.StateOf(agreement)).Intents[^1].Amount.AmountMinor);
    }

    [Fact]
    public async Task Nothing_is_paid_on_an_account_that_is_not_the_payees_or_not_verified()
    {
        var (agreement, unverified) = await Payout("unverified", await Registered());
        Assert.Equal(IntentStatus.Failed, (await Intent(agreement, unverified)).Status);

        var stranger = Principal.Whole(ActorRole.Company, Deals.Company.Organisation, "chen");
        var foreign = PayoutAccountId.Wrap((await Books.Accept(stranger, new RegisterPayoutAccount(Guid.NewGuid(), LabAccount))).Id);
        await Books.Accept(BankBooks.Zhang, new VerifyPayoutAccount(Guid.NewGuid(), foreign));
        var (other, intent) = await Payout("of another", foreign);
        Assert.Equal(IntentStatus.Failed, (await Intent(other, intent)).Status);
        Assert.Empty(await Books.Rows<BankPaymentRow>());
        Assert.Equal("not-found", await Books.Refuse(stranger, new ClosePayoutAccount(Guid.NewGuid(), await Registered(), "x")));
    }

    [Fact]
    public async Task A_rejected_payment_is_owed_again_and_a_collection_is_refused()
    {
        var account = await Verified();
        var (agreement, intent) = await Payout("rejected", account);
        await Books.Accept(BankBooks.Zhang, new RejectBankPayment(Guid.NewGuid(), intent, "账户有误"));
        Assert.Equal("bank-payment-state", await Books.Refuse(BankBooks.Li, new ApproveBankPayment(Guid.NewGuid(), intent)));
        await LookAgain(agreement);
        Assert.Equal(IntentStatus.Failed, (await Intent(agreement, intent)).Status);

        var collected = await Engine.CollectionDue("collected", BankPayments.MethodOf(account), provider: "bank");
        await Engine.WorkOff(collected);
        Assert.Equal(IntentStatus.Failed, (await Engine.IntentOf(collected)).Status);
    }

    /// <summary>Whatever commit is the last before the host dies, the rerun puts every approved payment into one file, and none into two.</summary>
    [Fact]
    public async Task F22_A_batch_of_payments_that_was_cut_off_is_finished_by_a_rerun()
    {
        var account = await Verified();
        for (var kill = 1; kill <= 5; kill++)
        {
            var intents = new List<PaymentIntentId>();
            foreach (var i in Enumerable.Range(1, 3))
            {
                var (_, intent) = await Payout($"cut {kill} {i}", account);
                await Approve(intent);
                intents.Add(intent);
            }

            var mortal = await RestartMortal();
            mortal.LiveFor(kill);
            var create = Batch();
            try
            {
                await Engine.Door.Send(BankBooks.Zhang, create);
            }
            catch (JournalUnavailableException)
            {
                // The answer of the last commit is lost with the host.
            }

            await Restart();
            await Books.Sweep();
            var row = Assert.Single(await Books.Rows<PaymentBatchRow>(), b => b.Batch == Id.CreatedBy<PaymentBatchId>(create.CommandId).Value);
            Assert.Equal((PaymentBatchStatus.Sealed, 3), (row.Status, row.Payments));
            var file = Encoding.UTF8.GetString(await FileOf(PaymentBatchId.Wrap(row.Batch)));
            Assert.All(intents, intent => Assert.Contains(BankPaymentOrder.EndToEndIdOf(intent), file));
            Assert.All((await Books.Rows<BankPaymentRow>()).Where(p => intents.Contains(PaymentIntentId.Wrap(p.Intent))), p => Assert.Equal((BankPaymentStatus.Exported, row.Batch), (p.Status, p.Batch)));
        }
    }

    private CreatePaymentBatch Batch() => new(Guid.NewGuid(), BankBooks.OwnId(), LocalTime.DateOf(Engine.NowUtc));

    private async Task<byte[]> FileOf(PaymentBatchId batch) => Pain001.Write((await Engine.Door.Ask(BankBooks.Zhang, new GetPaymentBatchFile(batch))).Value.Orders).Value;

    private async Task Export(PaymentIntentId intent)
    {
        await Approve(intent);
        await Books.Accept(BankBooks.Zhang, Batch());
    }

    private async Task Approve(PaymentIntentId intent)
    {
        await Books.Accept(BankBooks.Zhang, new ApproveBankPayment(Guid.NewGuid(), intent));
        await Books.Accept(BankBooks.Li, new ApproveBankPayment(Guid.NewGuid(), intent));
    }

    private Task Import(Booking booking) => Books.Import(BankBooks.File([booking with { Day = $"{LocalTime.DateOf(Engine.NowUtc):yyyy-MM-dd}", Servicer = $"F{++files}" }]));

    private async Task LookAgain(AgreementId agreement)
    {
        Engine.Pass(TimeSpan.FromHours(5));
        Assert.IsType<Accepted>(await Engine.WorkOff(agreement));
    }

    private async Task<PayoutAccountId> Registered() => PayoutAccountId.Wrap((await Books.Accept(LabOfficer, new RegisterPayoutAccount(Guid.NewGuid(), LabAccount))).Id);

    private async Task<PayoutAccountId> Verified()
    {
        var account = await Registered();
        await Books.Accept(BankBooks.Zhang, new VerifyPayoutAccount(Guid.NewGuid(), account));
        return account;
    }

    private async Task<PaymentIntent> Intent(AgreementId agreement, PaymentIntentId intent) => (await Engine.StateOf(agreement)).Intent(intent)!;

    /// <summary>A company has paid by transfer, the income is divided, and the lab's part has been ordered.</summary>
    private async Task<(AgreementId Agreement, PaymentIntentId Intent)> Payout(string name, PayoutAccountId account)
    {
        var agreement = await Engine.Converted(name);
        await Engine.FallDue(agreement);
        await Import(new(100_000, $"{name} {RemittanceReference.Of(agreement, 1)}"));
        await Engine.Do(agreement, Deals.Lab, new Domain.Agreements.DistributeIncome());
        await Engine.Do(agreement, Deals.Lab, new Domain.Agreements.PayLab("bank", BankPayments.MethodOf(account)));
        Assert.IsType<Accepted>(await Engine.WorkOff(agreement));
        return (agreement, (await Engine.StateOf(agreement)).Intents[^1].Id);
    }
}

public sealed class SqliteBankPaymentTests() : BankPaymentTests(onPostgres: false);

public sealed class PostgresBankPaymentTests() : BankPaymentTests(onPostgres: true);
