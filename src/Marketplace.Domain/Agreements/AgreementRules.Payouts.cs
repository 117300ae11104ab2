using Marketplace.Domain.Ledger;

namespace Marketplace.Domain.Agreements;

// Distribution of income, and payment intents: committed before money moves outside, concluded by what the provider says.
public sealed partial class AgreementRules
{
    private static Refusal? ChangeSplit(Story story, ChangeInventorSplit c)
    {
        if ((By(story, Party.Lab, out _) ?? InventorSplit.Check(c.Split, "split")) is { } refusal)
        {
            return refusal;
        }

        if (c.Split.Inventors.Count < story.Now.Inventors.Inventors.Count)
        {
            return Refusal.Invalid("inventor-removed", "发明人不能移除，可将其份额调整到最小。", "An inventor cannot be removed from the list, since shares are accounted by place.", "split.inventors");
        }

        story.Tell(new InventorSplitChanged(c.Split, story.Today));
        return null;
    }

    /// <summary>Divides the net income of each receipt between the lab and its inventors, in the split that holds today.</summary>
    private static Refusal? Distribute(Story story)
    {
        if (By(story, Party.Lab, out _, orAdministrator: true) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Receipts.All(r => r.NetUndistributedMinor == 0))
        {
            return Refusal.State("nothing-to-distribute", "没有待分配的收益。", "There is no income to distribute.");
        }

        if (story.Now.IsSplitDisputed)
        {
            return DistributionObjectedTo;
        }

        foreach (var receipt in story.Now.Receipts.Where(r => r.NetUndistributedMinor > 0))
        {
            var split = story.Now.Inventors;
            var poolMinor = split.PoolPpm == 0 ? 0 : Rounding.HalfEven((Int128)receipt.NetUndistributedMinor * split.PoolPpm, 1_000_000);
            var parts = poolMinor == 0 ? [] : Shares.Split(poolMinor, [.. split.Inventors.Select(i => i.SharePpm)]);
            story.Tell(new IncomeDistributed(
                receipt.Number, story.Money(receipt.NetUndistributedMinor), story.Money(receipt.NetUndistributedMinor - poolMinor), parts, split, story.Today));
        }

        return null;
    }

    private static Refusal? PayLab(Story story, PayLab c)
    {
        if ((By(story, Party.Lab, out _, orAdministrator: true) ?? Method(c.Provider, c.Method)) is { } refusal)
        {
            return refusal;
        }

        return PayOut(story, PayeeKind.Lab, ChartOfAccounts.LabPayable, "lab", c.Provider, c.Method);
    }

    private static Refusal? PayBroker(Story story, PayBroker c)
    {
        if ((By(story, Party.Lab, out _, orAdministrator: true) ?? Method(c.Provider, c.Method)) is { } refusal)
        {
            return refusal;
        }

        return PayOut(story, PayeeKind.Broker, ChartOfAccounts.BrokerPayable, PaymentIntent.Broker, c.Provider, c.Method);
    }

    private static Refusal? PayInventor(Story story, PayInventor c)
    {
        if ((By(story, Party.Lab, out _, orAdministrator: true) ?? Method(c.Provider, c.Method)) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.HasObjected(c.Inventor))
        {
            return DistributionObjectedTo;
        }

        return c.Inventor >= 1 && c.Inventor <= story.Now.Inventors.Inventors.Count
            ? PayOut(story, PayeeKind.Inventor, ChartOfAccounts.InventorPayable(c.Inventor), $"inventor:{c.Inventor}", c.Provider, c.Method)
            : Refusal.Invalid("inventor-unknown", "没有这位发明人。", "There is no such inventor.", "inventor");
    }

    /// <summary>All that stands on the account, less the tax that is to be withheld of it and what open payouts will withhold.</summary>
    private static Refusal? PayOut(Story story, PayeeKind kind, string account, string payee, string provider, string method)
    {
        if (IsHeld(story.Now))
        {
            return Refusal.State("payout-frozen", "有收款正处于拒付争议中，暂停付出。", "A receipt is held in a chargeback: nothing is paid out until it is decided.");
        }

        var wholeMinor = -story.Now.BalanceMinor(account, story.Now.Terms.Currency) - story.Now.Intents.Where(i => i.IsOpen && i.Payee == payee).Sum(i => i.TaxOnMinor(i.Amount.AmountMinor));
        var ratePpm = story.Context.Reference.Withholding.RatePpmOn(kind, story.Today);
        var taxMinor = wholeMinor <= 0 ? 0 : Rounding.HalfEven((Int128)wholeMinor * ratePpm, Money.WholePpm);
        if (wholeMinor - taxMinor <= 0)
        {
            return Refusal.State("nothing-to-pay", "没有可支付的款项，请先分配收益。", "There is nothing to pay out; distribute the income first.");
        }

        Request(
            story, IntentKind.Payout, story.Money(wholeMinor - taxMinor), provider, method, payee, null, null, account,
            tax: taxMinor == 0 ? null : new Withholding(taxMinor, ratePpm));
        return null;
    }

    /// <summary>What has moved since is taxed: of all that has moved so far, less what was withheld before. What comes back is given its tax back.</summary>
    private static void Withhold(Story story, PaymentIntentId id)
    {
        var moved = story.Now.Intent(id)!;
        if (story.Now.Intent(moved.Of ?? id) is { Kind: IntentKind.Payout, Tax: { } tax } payout && TaxLeftMinor(story.Now, payout) is not 0 and var taxMinor)
        {
            story.Tell(new TaxWithheld(id, story.Money(taxMinor), tax.RatePpm, AccountOf(payout), story.Today));
        }
    }

    /// <summary>What is still to be withheld of a payout, by what of it has moved and not come back; negative: what is to be given back.</summary>
    internal static long TaxLeftMinor(Agreement a, PaymentIntent payout)
    {
        var back = a.Intents.Where(i => i.Kind == IntentKind.Recovery && i.Of == payout.Id).ToArray();
        return checked(payout.TaxOnMinor(payout.MovedMinor - back.Sum(i => i.MovedMinor)) - payout.TaxWithheldMinor - back.Sum(i => i.TaxWithheldMinor));
    }

    private static Refusal? RecordTaxRemittance(Story story, RecordTaxRemittance c)
    {
        if ((ByAdministrator(story) ?? Positive(c.Amount, "amount") ?? Text(c.Reference, "reference", 200)) is { } refusal)
        {
            return refusal;
        }

        if (c.Amount.Currency != story.Now.Terms.Currency || c.Amount.AmountMinor > -story.Now.BalanceMinor(ChartOfAccounts.TaxPayable, c.Amount.Currency))
        {
            return Refusal.Invalid("remittance-exceeds-tax", "缴纳金额不能超过已代扣的税款，且币种须一致。", "No more can be remitted than was withheld, in its currency.", "amount");
        }

        if (c.PaidOn > story.Today)
        {
            return Refusal.Invalid("dates-out-of-order", "缴纳日期不能晚于今天。", "Tax cannot have been remitted in the future.", "paidOn");
        }

        if (story.Now.TaxRemittances.Contains(c.Reference))
        {
            return Refusal.State("remittance-recorded", "这笔缴税已登记。", "This remittance has been recorded already.");
        }

        story.Tell(new TaxRemitted(c.Amount, c.Reference, c.PaidOn));
        return null;
    }

    private static Refusal? Refund(Story story, RefundUnapplied c)
    {
        if ((ByAdministrator(story) ?? Positive(c.Amount, "amount") ?? Method(c.Provider, c.Method)) is { } refusal)
        {
            return refusal;
        }

        if (c.Receipt < 1 || c.Receipt > story.Now.Receipts.Count)
        {
            return ReceiptUnknown;
        }

        var receipt = story.Now.Receipts[c.Receipt - 1];
        if (IsHeld(story.Now, receipt.Number))
        {
            return Refusal.State("receipt-held", "该笔到账正处于拒付争议中，不能退款。", "This receipt is held in a chargeback: it cannot be refunded.");
        }

        if (receipt.Amount.Currency != c.Amount.Currency || c.Amount.AmountMinor > receipt.UnappliedMinor)
        {
            return Refusal.Invalid("refund-exceeds-unapplied", "退款不能超过该笔到账的未分配金额，且币种须一致。", "A refund cannot exceed what is unapplied of that receipt, in its currency.", "amount");
        }

        Request(story, IntentKind.Refund, c.Amount, c.Provider, c.Method, receipt.GuaranteeClaim is null ? "company" : "guarantor", null, c.Receipt, ChartOfAccounts.Unapplied);
        return null;
    }

    private static Refusal? Authorise(Story story, AuthoriseCollection c)
    {
        if ((By(story, Party.Company, out _) ?? Method(c.Provider, c.Method)) is { } refusal)
        {
            return refusal;
        }

        story.Tell(new CollectionAuthorised(c.Provider, c.Method, story.Today));
        return null;
    }

    private static Refusal? EndMandate(Story story)
    {
        if (By(story, Party.Company, out _) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Mandate is null)
        {
            return Refusal.State("no-mandate", "企业尚未授权扣款方式。", "The company has not authorised a way to collect.");
        }

        story.Tell(new CollectionMandateEnded("ended by the company", story.Today));
        return null;
    }

    private static Refusal? Collect(Story story, CollectObligation c)
    {
        if ((By(story, Party.Company, out var party, orAdministrator: true) ?? InCommercialLife(story) ?? Existing(story, c.Obligation, "obligation")) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Mandate is null)
        {
            return Refusal.State("no-mandate", "企业尚未授权扣款方式。", "The company has not authorised a way to collect.");
        }

        var owed = story.Now.Owed(c.Obligation);
        if (!owed.WasInvoiced || owed.EnforceableMinor == 0 || (party != Party.Company && owed.DueOn > story.Today)) // the mandate is for the due date
        {
            return Refusal.State("nothing-due", "这一笔没有可收取的金额。", "Nothing of this obligation can be collected now.");
        }

        return RequestCollection(story, c.Obligation)
            ? null
            : Refusal.State("collection-open", "已有一笔扣款正在处理。", "A collection of it is still under way.");
    }

    /// <summary>Asks the provider for what is enforceable, unless it is being asked already.</summary>
    private static bool RequestCollection(Story story, int number)
    {
        if (story.Now.Mandate is not { } mandate
            || story.Now.Intents.Any(i => i.IsOpen && i.Pays(number)))
        {
            return false;
        }

        Request(story, IntentKind.Collection, story.Money(story.Now.Owed(number).EnforceableMinor), mandate.Provider, mandate.Method, null, number, null, string.Empty);
        return true;
    }

    /// <summary>The company pays here and now what is enforceable of these sums; due or not.</summary>
    private static Refusal? Pay(Story story, PayObligations c)
    {
        if ((By(story, Party.Company, out _) ?? InCommercialLife(story) ?? Method(c.Provider, c.Method)) is { } refusal)
        {
            return refusal;
        }

        if (c.Obligations is not { Count: > 0 } || c.Obligations.Distinct().Count() != c.Obligations.Count)
        {
            return Refusal.Invalid("obligations-missing", "请选择要支付的款项，每笔一次。", "Name the sums to pay, each once.", "obligations");
        }

        for (var i = 0; i < c.Obligations.Count; i++)
        {
            if (Existing(story, c.Obligations[i], $"obligations[{i}]") is { } unknown)
            {
                return unknown;
            }

            var owed = story.Now.Owed(c.Obligations[i]);
            if (!owed.WasInvoiced || owed.EnforceableMinor == 0)
            {
                return Refusal.State("nothing-due", "这一笔没有可收取的金额。", "Nothing of this obligation can be collected now.");
            }

            if (story.Now.Intents.Any(intent => intent.IsOpen && intent.Pays(owed.Number)))
            {
                return Refusal.State("collection-open", "已有一笔扣款正在处理。", "A collection of it is still under way.");
            }
        }

        foreach (var number in c.Obligations)
        {
            ChargeLateInterest(story, number); // what is owed today, whenever the books were looked at last
        }

        long[] parts = [.. c.Obligations.Select(n => story.Now.Owed(n).EnforceableMinor)];
        var isOne = parts.Length == 1;
        Request(
            story, IntentKind.Collection, story.Money(parts.Sum()), c.Provider, c.Method, null, isOne ? c.Obligations[0] : null, null, string.Empty,
            bundle: isOne ? null : c.Obligations, bundleMinor: isOne ? null : parts);
        return null;
    }

    private static Refusal? WithdrawPayment(Story story, WithdrawPayment c)
    {
        if (By(story, Party.Company, out _, orAdministrator: true) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Intent(c.Intent) is not { Kind: IntentKind.Collection } intent)
        {
            return Refusal.NotFound();
        }

        if (!intent.IsOpen || intent.IsWithdrawn)
        {
            return Refusal.State("payment-not-open", "这笔支付已了结或已撤回。", "This payment is concluded or withdrawn already.");
        }

        story.Tell(new PaymentWithdrawn(intent.Id, "withdrawn by the company or an administrator", story.Context.NowUtc));
        return null;
    }

    /// <summary>Whoever has paid in one way is not to be asked in another: of each open collection of which nothing is left to pay.</summary>
    private static void WithdrawWhatIsPaid(Story story)
    {
        foreach (var intent in story.Now.Intents.Where(i => i is { Kind: IntentKind.Collection, IsOpen: true, IsWithdrawn: false }))
        {
            if (story.Now.Obligations.All(o => o.EnforceableMinor == 0 || !intent.Pays(o.Number)))
            {
                story.Tell(new PaymentWithdrawn(intent.Id, "paid in another way, or not owed any more", story.Context.NowUtc));
            }
        }
    }

    private static void Request(
        Story story, IntentKind kind, Money amount, string provider, string method, string? payee, int? obligation, int? receipt, string account,
        IReadOnlyList<int>? bundle = null, PaymentIntentId? of = null, Withholding? tax = null, IReadOnlyList<long>? bundleMinor = null) =>
        story.Tell(new PaymentRequested(
            DerivedId.From<PaymentIntentId>(story.Now.Id.Value, "intent", $"{story.Now.Intents.Count + 1}"),
            kind, amount, provider, method, payee, obligation, receipt, account, story.Context.NowUtc, bundle, of, tax, bundleMinor));

    /// <summary>Repeated, late and unordered words of the provider are normal: nothing regresses, and nothing counts twice.</summary>
    private static Refusal? RecordOutcome(Story story, RecordPaymentOutcome c)
    {
        if (BySystem(story) is { } refusal)
        {
            return refusal;
        }

        if (story.Now.Intent(c.Intent) is not { } intent)
        {
            return Refusal.NotFound();
        }

        if (CheckOutcome(c, intent.Amount.AmountMinor) is { } inconsistent)
        {
            return inconsistent;
        }

        if (c.Status is IntentStatus.Requested or IntentStatus.Processing or IntentStatus.Unknown)
        {
            if (intent.IsOpen)
            {
                story.Tell(new PaymentPending(c.Intent, c.Status, c.ExternalId, c.NextLookUtc!.Value));
            }

            return null;
        }

        var newlyMovedMinor = c.MovedMinor - intent.MovedMinor;
        if (intent.IsOpen)
        {
            story.Tell(new PaymentConcluded(
                intent.Id, intent.Kind, c.Status, c.ExternalId, intent.Amount, intent.Amount with { AmountMinor = c.MovedMinor }, AccountOf(intent), c.Reason, story.Today, intent.Provider));
        }
        else if (newlyMovedMinor > 0)
        {
            story.Tell(new PaymentMovedLate(intent.Id, intent.Amount with { AmountMinor = newlyMovedMinor }, AccountOf(intent), story.Today, intent.Provider, intent.Kind));
        }

        if (newlyMovedMinor > 0)
        {
            Withhold(story, intent.Id);
        }

        if (c.FeeMinor > intent.FeeMinor)
        {
            story.Tell(new ProviderFeeCharged(intent.Id, intent.Provider, intent.Amount with { AmountMinor = c.FeeMinor - intent.FeeMinor }, story.Today));
        }

        if (intent.Kind == IntentKind.Collection && newlyMovedMinor > 0)
        {
            var already = story.Now.Receipts.Count(r => r.Source == intent.Provider && r.Reference.StartsWith(intent.Id.Value, StringComparison.Ordinal));
            Receive(
                story, intent.Provider, already == 0 ? intent.Id.Value : $"{intent.Id.Value}#{already + 1}", intent.Amount with { AmountMinor = newlyMovedMinor },
                c.MovedOn is { } movedOn && movedOn < story.Today ? movedOn : story.Today, intent.Provider);
        }

        return null;
    }

    /// <summary>Words of a provider that contradict themselves are not recorded: the order is looked up again.</summary>
    private static Refusal? CheckOutcome(RecordPaymentOutcome c, long askedMinor) => c.Status switch
    {
        IntentStatus.Requested or IntentStatus.Processing or IntentStatus.Unknown => c.NextLookUtc is not null
            ? null
            : Refusal.Invalid("next-look-missing", "未决的支付须有下次查询时间。", "An open payment needs the time at which to look again.", "nextLookUtc"),
        IntentStatus.Succeeded when c.MovedMinor == askedMinor => null,
        IntentStatus.PartlySucceeded when c.MovedMinor > 0 && c.MovedMinor < askedMinor => null,
        IntentStatus.Failed when c.MovedMinor == 0 => null,
        _ => Refusal.Invalid("outcome-inconsistent", "支付结果与变动金额不符。", "The outcome does not fit the amount that moved.", "movedMinor"),
    };

    private static string AccountOf(PaymentIntent intent) => intent switch
    {
        { Kind: IntentKind.Collection } => string.Empty,
        { Kind: IntentKind.Refund } => ChartOfAccounts.Unapplied,
        { Payee: "lab" } => ChartOfAccounts.LabPayable,
        { Payee: PaymentIntent.Broker } => ChartOfAccounts.BrokerPayable,
        { Payee: { } payee } => ChartOfAccounts.InventorPayable(int.Parse(payee.AsSpan("inventor:".Length), System.Globalization.CultureInfo.InvariantCulture)),
        _ => throw new InvalidOperationException($"{intent.Id} pays nobody"),
    };

    private static Refusal? Method(string provider, string method) => Text(provider, "provider", 50) ?? Text(method, "method", 200);
}
