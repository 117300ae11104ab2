using CsCheck;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>Stories that nobody would write: any terms, any command by anybody at any time, with any number.</summary>
internal static class RandomStories
{
    private static readonly Currency[] Currencies = [Currency.Cny, Currency.Parse("JPY").Value, Currency.Parse("BHD").Value, default];

    private static readonly Actor[] Actors =
        [Deals.Lab, Deals.Company, Deals.Administrator, Deals.SecondAdministrator, Actor.System, Deals.OtherLab, Deals.OtherCompany, Deals.Visitor];

    private static readonly Gen<long> AmountMinor = Gen.Frequency(
        (12, Gen.Long[1, 2_000_000]),
        (2, Among(0L, 1L, -1L, long.MinValue, long.MaxValue, AgreementTerms.MaxAmountMinor, AgreementTerms.MaxAmountMinor + 1)));

    private static readonly Gen<int> Days = Gen.Frequency((6, Gen.Int[0, 3]), (4, Gen.Int[4, 40]), (1, Gen.Int[41, 400]));

    private static readonly Gen<Move> AnyMove = Gen.Select(
        Gen.Int[0, 67], Gen.Int[0, 40], Days, AmountMinor, AmountMinor, Gen.Int[-2, 8],
        (what, who, days, amountMinor, otherMinor, number) => new Move(what, who, days, amountMinor, otherMinor, number));

    /// <summary>Terms, the first day, how far the parties go along before anything goes wrong (0–4), and what then happens.</summary>
    public static readonly Gen<(AgreementTerms Terms, int StartDay, int Smooth, Move[] Moves)> Any =
        Gen.Select(RandomTerms.Any, Gen.Int[0, 1_000], Gen.Int[0, 4], AnyMove.Array[1, 60]);

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    /// <param name="What">Which command.</param>
    /// <param name="Who">Below the number of actors: that one, else whoever should.</param>
    /// <param name="DaysBefore">Days that pass before it is asked.</param>
    internal sealed record Move(int What, int Who, int DaysBefore, long AmountMinor, long OtherMinor, int Number);

    public static AgreementStory Begin(AgreementTerms terms, int startDay, int smooth)
    {
        var on = $"{Deals.Day("2024-01-02").AddDays(startDay):yyyy-MM-dd}";
        var story = smooth switch
        {
            0 => AgreementStory.StartsOn(on).Apply(terms, Deals.Inventors),
            1 => AgreementStory.InTrialOn(on, terms, Deals.Inventors),
            2 or 3 => AgreementStory.ConvertedOn(on, terms, Deals.Inventors),
            _ => AgreementStory.ConvertedOn(on, terms, Deals.Inventors).Sleep($"{Deals.Day(on).AddDays(250):yyyy-MM-dd}"), // and forgets to pay
        };
        if (startDay % 2 == 0)
        {
            story.Reference = story.Reference with { Withholding = Deals.Withholding(story.Today) };
        }

        return story;
    }

    /// <summary>Told to its end, whatever of it is refused.</summary>
    public static AgreementStory Tell((AgreementTerms Terms, int StartDay, int Smooth, Move[] Moves) told)
    {
        var story = Begin(told.Terms, told.StartDay, told.Smooth);
        foreach (var move in told.Moves)
        {
            story.Sleep($"{story.Today.AddDays(move.DaysBefore):yyyy-MM-dd}");
            var (actor, command) = Asked(story, move);
            story.Ask(actor, command);
        }

        return story;
    }

    public static (Actor Actor, AgreementCommand Command) Asked(AgreementStory story, Move m)
    {
        var (proper, command) = Proper(story, m);
        return (m.Who < Actors.Length ? Actors[m.Who] : proper, command);
    }

    private static (Actor Proper, AgreementCommand Command) Proper(AgreementStory story, Move m)
    {
        var a = story.State;
        var money = new Money(m.AmountMinor, Currencies[m.OtherMinor is > 0 and < 1_900_000 ? 0 : Math.Abs((int)(m.OtherMinor % 4))]);
        var number = m.Number;
        var openIntent = a.Intents.Count == 0 ? null : a.Intents[Math.Abs(number) % a.Intents.Count];
        int ClaimOr(int any, ClaimStatus status) => a.Claims.Values.FirstOrDefault(c => c.Status == status)?.Trigger ?? any;
        var owed = a.Obligations.Where(o => o.EnforceableMinor > 0).Skip(Math.Max(0, number % 3)).FirstOrDefault();
        var some = owed?.Number ?? number;
        var part = owed is null || number == 8 ? m.AmountMinor : 1 + Math.Abs(m.AmountMinor % Math.Max(1, owed.EnforceablePrincipalMinor));
        if (m.What > 20 && StepToTrial(a, number % 2 == 0 ? Deals.Lab : Deals.Company) is { } step)
        {
            return step;
        }

        return m.What switch
        {
            0 => (Deals.Lab, new AcceptApplication()),
            1 => (number < 0 ? Deals.Lab : Deals.Company, number < -1 ? new DeclineApplication("不符") : new WithdrawApplication(number < 5 ? " " : "不需要")),
            2 => (number % 2 == 0 ? Deals.Lab : Deals.Company, new ProposeTerms(
                Deals.Terms(Deals.LumpSum(m.AmountMinor)) with { CureDays = 30 + m.DaysBefore % 60 }, null, number > 3 ? story.Today.AddDays(number * 12) : null,
                number % 3 == 0 ? [new AcceptanceCriterion("收率", "收率", "%", CriterionComparison.AtLeast, m.AmountMinor % 100, null, "色谱")] : null)),
            3 when number > 5 => (a.Newest.By == Party.Lab ? Deals.Lab : Deals.Company, new WithdrawProposal(a.Newest.Version)),
            3 when number > 3 => (a.Newest.By == Party.Lab ? Deals.Company : Deals.Lab, Stance(a, m)),
            3 => (number % 2 == 0 ? Deals.Lab : Deals.Company, new AcceptTerms(a.Newest.Version)),
            4 => (number % 2 == 0 ? Deals.Lab : Deals.Company, new SignAgreement(a.DocumentHash!)),
            5 => (Deals.Lab, new FileAgreement("津备")),
            6 => (Deals.Lab, new DeliverResult("资料")),
            7 or 8 when a.TrialStartedOn is not null && m.OtherMinor % 2 == 0 => (number % 2 == 0 ? Deals.Lab : Deals.Company, OfTrial(story, m)),
            7 => (Deals.Company, new AcceptDelivery()),
            8 => (Deals.Company, new RequestExtension(number, "未完")),
            9 => (Deals.Lab, new AnswerExtension(number > 0, number > 3 ? null : "已够")),
            10 => (Deals.Company, new ConvertLicence()),
            11 => (Deals.Company, number == 8 ? new ReturnResult("停用", "销毁") : new AllocateUnapplied()),
            12 or 13 => (Deals.Company, Deals.Report(a.Reports.Count + 1, money, number > 0 ? [] : [new SalesDeduction("退货", m.OtherMinor)], Others(a, m))),
            14 when number == 7 => (Deals.Company, new ElectBuyOut()),
            14 when number == 6 => (Deals.Lab, new SettleInKind(a.Obligations.LastOrDefault(o => o.Kind == ObligationKind.Equity)?.Number ?? some, money with { AmountMinor = part }, "股东名册")),
            14 when number == 5 => (Deals.Company, new ForecastSales(money)),
            14 => (Deals.Company, Deals.Correct(1 + Math.Abs(number % Math.Max(1, a.Reports.Count)), money, [], "更正", Others(a, m))),
            15 or 16 or 52 => (m.AmountMinor % 2 == 0 ? Deals.Lab : Deals.Company, new ClaimTrigger(number, story.Today.AddDays(-m.DaysBefore), "证据")),
            17 or 53 => (number % 2 == 0 ? Deals.Company : Deals.Lab, new ContestTrigger(ClaimOr(number, ClaimStatus.Open), "不符")),
            18 or 54 => (Deals.Administrator, new DecideTrigger(ClaimOr(number, ClaimStatus.Contested), m.AmountMinor % 2 == 0, "裁定")),
            19 when number == 7 => (Deals.Lab, new RecordSalesEvidence($"invoice {m.OtherMinor % 40}", story.Today.AddDays(-m.DaysBefore), money, new string('a', 64))),
            19 => (Deals.Lab, new InvoiceObligation(number)),
            20 when number is 6 or 7 => (Deals.Administrator, new AssessSales(a.Reports.Count + 1, money, "估定", Others(a, m))),
            20 => (Deals.Administrator, new ChargeEnforcementCost(some, money, "公证费")),
            21 or 22 or 23 or 24 or 25 => (Deals.Administrator, new RecordReceipt("bank", $"line {m.OtherMinor}", money, story.Today.AddDays(-Math.Max(-1, number)))),
            26 or 45 => (Deals.Lab, new WaiveObligation(some, money with { AmountMinor = part }, "谅解")),
            27 => (Deals.Administrator, new RefundUnapplied(number, money, "sandbox", "acct")),
            28 => (Deals.Company, new AuthoriseCollection("sandbox", "card")),
            29 => (Deals.Administrator, new CollectObligation(some)),
            30 => (Deals.Lab, new ChangeInventorSplit(new InventorSplit(m.AmountMinor, [new("甲", 500_000), new("乙", 500_000)]))),
            31 when number is 0 or 1 => (Deals.Lab, new ObjectToDistribution(1 + number, m.AmountMinor % 2 == 0 ? null : a.Receipts.Count, "不符")),
            31 when number is 2 or 3 or 8 => (Deals.Lab, new AnswerDistributionObjection(Math.Max(1, a.Objections.Count - (number % 2)), number == 2, "答复")),
            31 => (Deals.Lab, new DistributeIncome()),
            32 when number == 8 => (Deals.Administrator, new RecordTaxRemittance(money, $"完税证明 {m.DaysBefore}", story.Today)),
            32 => (Deals.Lab, number > 2 ? new PayLab("sandbox", "acct") : new PayInventor(number, "sandbox", "acct")),
            33 or 34 or 35 => (Actor.System, Outcome(openIntent, m)),
            36 or 37 or 46 => (number % 2 == 0 ? Deals.Lab : Deals.Company, new OpenDispute([new ContestedSum(some, part)], "不符")),
            38 => (Deals.Company, new OpenDispute([.. a.Obligations.Where(o => o.WasInvoiced && o.ContestedMinor == 0 && o.Principal.OutstandingMinor > 0).Take(2).Select(o => new ContestedSum(o.Number, o.Principal.OutstandingMinor))], "不符")),
            39 or 40 or 47 => (Deals.Administrator, Decision(a, m)),
            41 or 42 or 48 or 49 or 50 or 51 => (number % 2 == 0 ? Deals.Administrator : Deals.SecondAdministrator, Approval(a, m)),
            43 => (Deals.Lab, number > 5 ? new CloseAgreement() : new AllocateUnapplied()),
            44 => Hardship(story, m, some),
            55 or 56 => (Deals.Company, new PayObligations([.. a.Obligations.Where(o => o is { WasInvoiced: true, EnforceableMinor: > 0 }).Take(1 + Math.Abs(number % 3)).Select(o => o.Number)], "sandbox", "card")),
            57 => (Deals.Company, new WithdrawPayment(openIntent?.Id ?? DerivedId.From<PaymentIntentId>("none"))),
            58 => (Deals.Lab, new RefundPaid(number, money, "sandbox", "card", "多付")),
            59 => (Deals.Administrator, new RecoverPayout(openIntent?.Id ?? DerivedId.From<PaymentIntentId>("none"), money)),
            60 or 61 => (Deals.Administrator, Reversal(a, m, money)),
            66 => (number % 5 == 0 ? Deals.Administrator : Deals.Lab, Fapiao(story, m, some)),
            62 or 63 or 64 or 65 => (Actor.System, Chargeback(a, m, money)),
            _ => (Actor.System, new EnforceDue(number % 2 == 0 ? WakePurpose.Obligations : WakePurpose.Trial)),
        };
    }

    private static AgreementCommand Fapiao(AgreementStory story, Move m, int obligation)
    {
        var (on, n, record) = ($"{story.Today.AddDays(-m.DaysBefore % 3):yyyy-MM-dd}", 1 + (Math.Abs((int)(m.OtherMinor % 40))), 1 + Math.Abs(m.Number % 4));
        return m.Number switch
        {
            7 => new WithdrawFapiaoRecord(record, "误录"),
            5 or 6 => Deals.Red(record, n, on, -m.AmountMinor / 2, 0),
            _ => Deals.Fapiao(obligation, n, on, m.AmountMinor, m.AmountMinor / 20),
        };
    }

    private static (Actor Proper, AgreementCommand Command) Hardship(AgreementStory story, Move m, int obligation)
    {
        var openMinor = obligation > 0 && obligation <= story.State.Obligations.Count ? story.State.Owed(obligation).Principal.OutstandingMinor : 0;
        HardshipPart[] parts = openMinor > 1 && m.Number != 0
            ? [new(story.Today.AddDays(20), openMinor / 2), new(story.Today.AddDays(80), openMinor - (openMinor / 2))]
            : [new(story.Today.AddDays(m.Number + 1), openMinor)];
        return story.State.Hardship switch
        {
            null => (Deals.Company, new RequestHardship(obligation, parts, WaiveInterest: m.Number % 2 == 0, "资金紧张")),
            { LabConsents: false } => (Deals.Lab, new AnswerHardship(m.Number > 0, "现金流")),
            _ => (Deals.Administrator, new DecideHardship(m.Number > 0, "裁定")),
        };
    }

    private static AgreementCommand OfTrial(AgreementStory story, Move m) => m.Number switch
    {
        < 0 => new RetractTrialEntry(story.State.TrialLog.Count, "误读"),
        < 3 => new RecordTrialEntry(TrialEntryKind.Measurement, null, story.Today.AddDays(-m.DaysBefore), 0, m.AmountMinor % 10_000 / 100m),
        3 => new RecordTrialEntry(TrialEntryKind.Issue, "漏液", story.Today),
        < 6 => new RequestSignOff(),
        6 => new ObjectToSignOff("样品不足"),
        _ => new ConfirmSignOff(),
    };

    private static AgreementCommand Stance(Agreement a, Move m)
    {
        var path = AgreementRules.Differences(a, a.Newest).Select(d => d.Path).Skip(m.DaysBefore % 3).FirstOrDefault() ?? "trialMonths";
        return m.AmountMinor % 2 == 0 ? new AcceptTerm(a.Newest.Version, path) : new ContestTerm(a.Newest.Version, path, "不同意");
    }

    private static OtherFigures? Others(Agreement a, Move m)
    {
        long Asked<T>(long value) => a.Terms.Payments.Any(p => p is T) ? value : 0;
        return m.Number == 0 ? null : new OtherFigures(
            Asked<UnitRoyalty>(Math.Abs(m.OtherMinor % 1_000)), Asked<IncrementShare>(m.OtherMinor % 1_000_000),
            Asked<SublicenceShare>(Math.Abs(m.OtherMinor % 1_000_000)), Asked<StackingReduction>(Math.Abs(m.AmountMinor % 100_000)));
    }

    // So that many stories get as far as the trial.
    private static (Actor, AgreementCommand)? StepToTrial(Agreement a, Actor either) => a.Stage switch
    {
        Stage.Applied => (Deals.Lab, new AcceptApplication()),
        Stage.Negotiating => (either, new AcceptTerms(a.Newest.Version)),
        Stage.Agreed => (either, new SignAgreement(a.DocumentHash!)),
        Stage.Signed => (Deals.Lab, new FileAgreement("津备-1")),
        Stage.Filed => (Deals.Lab, new DeliverResult("资料")),
        Stage.Delivered => (Deals.Company, new AcceptDelivery()),
        _ => null,
    };

    private static RecordPaymentOutcome Outcome(PaymentIntent? intent, Move m)
    {
        var id = intent?.Id ?? DerivedId.From<PaymentIntentId>("none");
        var amountMinor = intent?.Amount.AmountMinor ?? 1;
        return m.Number switch
        {
            < 0 => new(id, IntentStatus.Unknown, null, 0, DateTimeOffset.UnixEpoch, "timeout"),
            < 2 => new(id, IntentStatus.Failed, "sbx", 0, null, "declined"),
            < 4 => new(id, IntentStatus.PartlySucceeded, "sbx", amountMinor / 2, null, null),
            4 => new(id, (IntentStatus)m.DaysBefore, "sbx", m.AmountMinor, null, null),
            _ => new(id, IntentStatus.Succeeded, "sbx", amountMinor, null, null),
        };
    }

    private static RecordReversal Reversal(Agreement a, Move m, Money money)
    {
        var receipt = a.Receipts.Count == 0 ? null : a.Receipts[Math.Abs(m.Number) % a.Receipts.Count];
        return new RecordReversal(receipt?.Source ?? "bank", $"back {m.OtherMinor % 50}", receipt?.Reference ?? "none", m.Number < 6 && receipt is not null ? receipt.Amount : money, "退汇");
    }

    private static RecordChargeback Chargeback(Agreement a, Move m, Money money)
    {
        PaymentIntent[] collected = [.. a.Intents.Where(i => i is { Kind: IntentKind.Collection, MovedMinor: > 0 })];
        var intent = collected.Length == 0 ? null : collected[Math.Abs(m.Number) % collected.Length];
        return new RecordChargeback(
            intent?.Id ?? DerivedId.From<PaymentIntentId>("none"), $"dp {m.OtherMinor % 2}", intent is null ? money : intent.Amount with { AmountMinor = intent.MovedMinor },
            (ChargebackStatus)(m.DaysBefore % 3), "fraudulent");
    }

    private static DecideDispute Decision(Agreement a, Move m)
    {
        var open = a.Disputes.FirstOrDefault(d => d.IsOpen);
        return open is null ? new DecideDispute(m.Number, [], "裁定") : new DecideDispute(open.Number, m.Number switch
        {
            < 2 => [],
            < 5 => [.. open.Contested.Select(c => new ContestedSum(c.Key, c.Value))],
            _ => [new ContestedSum(open.Contested.Keys.First(), m.AmountMinor)],
        }, "裁定");
    }

    private static ApproveEnforcementStep Approval(Agreement a, Move m) =>
        a.Obligations.SelectMany(o => o.Proposed.Select(p => new ApproveEnforcementStep(o.Number, p.Step))).Skip(Math.Max(0, m.Number % 2)).FirstOrDefault()
        ?? new ApproveEnforcementStep(m.Number, EnforcementStep.Termination);
}
