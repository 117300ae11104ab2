using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

public sealed partial class AgreementRules
{
    public static Result<IReadOnlyList<AgreementEvent>> Decide(Agreement state, AgreementCommand command, CommandContext context)
    {
        if (state.Stage == Stage.None && command is not ApplyForTrial)
        {
            return Refusal.NotFound();
        }

        // What time has made due comes first, each step on its own day, so that no answer depends on when the alarm clock last rang.
        var story = new Story(state, context);
        CatchUp(story, asOf: LocalTime.DateOf);
        var refusal = command switch
        {
            ApplyForTrial c => Apply(story, c),
            AcceptApplication => TakeUp(story),
            DeclineApplication c => Decline(story, c),
            WithdrawApplication c => Withdraw(story, c),
            ProposeTerms c => Propose(story, c),
            WithdrawProposal c => TakeBack(story, c),
            AcceptTerm c => TakeStance(story, c.Version, c.Path, Stance.Accepted, null),
            ContestTerm c => TakeStance(story, c.Version, c.Path, Stance.Contested, c.Note),
            AcceptTerms c => Accept(story, c),
            SignAgreement c => Sign(story, c),
            FileAgreement c => File(story, c),
            DeliverResult c => Deliver(story, c),
            AcceptDelivery => ConfirmDelivery(story),
            RequestExtension c => RequestExtension(story, c),
            AnswerExtension c => AnswerExtension(story, c),
            ConvertLicence => Convert(story),
            ReturnResult c => Return(story, c),
            RecordTrialEntry c => Record(story, c),
            RetractTrialEntry c => Retract(story, c),
            Agreements.RequestSignOff => RequestSignOff(story),
            ConfirmSignOff => AnswerSignOff(story, objection: null),
            ObjectToSignOff c => ObjectTo(story, c),
            ReportSales c => ReportSales(story, c),
            CorrectSales c => CorrectSales(story, c),
            AssessSales c => AssessSales(story, c),
            Agreements.RecordSalesEvidence c => RecordSalesEvidence(story, c),
            Agreements.RecordFapiao c => RecordFapiao(story, c),
            Agreements.RecordRedFapiao c => RecordRedFapiao(story, c),
            Agreements.WithdrawFapiaoRecord c => WithdrawFapiaoRecord(story, c),
            ForecastSales c => ForecastSales(story, c),
            Agreements.ElectBuyOut => ElectBuyOut(story),
            SettleInKind c => SettleInKind(story, c),
            ClaimTrigger c => Claim(story, c),
            Agreements.AppointExpert c => AppointExpert(story, c),
            Agreements.RecordExpertOpinion c => RecordExpertOpinion(story, c),
            Agreements.RecordProofOfService c => RecordProofOfService(story, c),
            ContestTrigger c => Contest(story, c),
            DecideTrigger c => DecideTrigger(story, c),
            InvoiceObligation c => Invoice(story, c),
            ChargeEnforcementCost c => ChargeCost(story, c),
            RecordReceipt c => RecordReceipt(story, c),
            Agreements.ProposeAmendment c => ProposeAmendment(story, c),
            Agreements.SignAmendment c => SignAmendment(story, c),
            Agreements.WithdrawAmendment c => WithdrawAmendment(story, c),
            Agreements.RecordGuaranteePayment c => RecordGuaranteePayment(story, c),
            Agreements.RecordRecourse c => RecordRecourse(story, c),
            Agreements.PayBroker c => PayBroker(story, c),
            Agreements.RecordTaxRemittance c => RecordTaxRemittance(story, c),
            AllocateUnapplied => ApplyUnapplied(story),
            WaiveObligation c => Waive(story, c),
            RequestHardship c => RequestHardship(story, c),
            AnswerHardship c => AnswerHardship(story, c),
            DecideHardship c => DecideHardship(story, c),
            RefundUnapplied c => Refund(story, c),
            AuthoriseCollection c => Authorise(story, c),
            EndCollection => EndMandate(story),
            PayObligations c => Pay(story, c),
            Agreements.WithdrawPayment c => WithdrawPayment(story, c),
            Agreements.RecordReversal c => RecordReversal(story, c),
            Agreements.RecordChargeback c => RecordChargeback(story, c),
            Agreements.RefundPaid c => RefundPaid(story, c),
            Agreements.RecoverPayout c => RecoverPayout(story, c),
            CollectObligation c => Collect(story, c),
            ChangeInventorSplit c => ChangeSplit(story, c),
            DistributeIncome => Distribute(story),
            ObjectToDistribution c => Object(story, c),
            AnswerDistributionObjection c => AnswerObjection(story, c),
            PayLab c => PayLab(story, c),
            PayInventor c => PayInventor(story, c),
            RecordPaymentOutcome c => RecordOutcome(story, c),
            OpenDispute c => OpenDispute(story, c),
            DecideDispute c => DecideDispute(story, c),
            ApproveEnforcementStep c => ApproveStep(story, c),
            CloseAgreement => Close(story),
            EnforceDue => BySystem(story),
            _ => throw new InvalidOperationException($"No rule decides {command.GetType().Name}"),
        };
        if (refusal is not null)
        {
            return refusal;
        }

        CatchUp(story, asOf: _ => story.Context.Today); // what this command itself has made due
        return Result<IReadOnlyList<AgreementEvent>>.Of(story.Events);
    }

    /// <summary>Which party this is of the agreement.</summary>
    public static Party PartyOf(Agreement agreement, Actor actor) => actor.Role switch
    {
        ActorRole.Lab when actor.Organisation == agreement.Lab => Party.Lab,
        ActorRole.Company when actor.Organisation == agreement.Company => Party.Company,
        ActorRole.Guarantor or ActorRole.Broker when agreement.Stage != Stage.None && ThirdParty.Of(agreement.Terms) is { } third
            && actor.Organisation == third.Organisation && (actor.Role == ActorRole.Guarantor) == (third.Role == ThirdPartyRole.Guarantor) => Party.Third,
        _ => Party.None,
    };

    /// <summary>Which party asks. Whoever is neither a party, nor an administrator, nor the system is told that there is nothing here.</summary>
    private static Refusal? By(Story story, Party allowed, out Party party, bool orAdministrator = false)
    {
        party = PartyOf(story.Now, story.Context.Actor);
        if (party == Party.None && story.Context.Actor.Role is not (ActorRole.Administrator or ActorRole.System))
        {
            return Refusal.NotFound();
        }

        return (party & allowed) != 0 || (orAdministrator && party == Party.None)
            ? null
            : Refusal.Forbidden("not-your-part", "这一步由合同另一方或管理员办理。", "This step belongs to another party or to an administrator.");
    }

    private static Refusal? ByAdministrator(Story story) => By(story, Party.None, out _, orAdministrator: true);

    /// <summary>A decision about the parties is taken by a person, never by the system.</summary>
    private static Refusal? ByPersonInCharge(Story story) => ByAdministrator(story) ?? (story.Context.Actor.Role == ActorRole.Administrator
        ? null
        : Refusal.Forbidden("person-needed", "这一步须由管理员本人决定。", "A person must decide this: an administrator."));

    private static Refusal? BySystem(Story story) => ByAdministrator(story) ?? (story.Context.Actor.Role == ActorRole.System
        ? null
        : Refusal.Forbidden("system-only", "这一步由系统自动办理。", "Only the system does this."));

    private static Refusal? In(Story story, params ReadOnlySpan<Stage> stages) => In(story.Now, stages);

    private static Refusal? In(Agreement now, params ReadOnlySpan<Stage> stages) => stages.Contains(now.Stage)
        ? null
        : Refusal.State("agreement-state", $"合同处于“{AgreementWords.Zh(now.Stage)}”，不能这样做。", $"The agreement is {AgreementWords.En(now.Stage)}: this cannot be done now.");

    /// <summary>The licence is in force or was: there may be obligations.</summary>
    private static Refusal? InCommercialLife(Story story) =>
        In(story, Stage.Converted, Stage.Overdue, Stage.Cure, Stage.Breached, Stage.Terminated, Stage.Settled);

    private static Refusal? InTrialLife(Story story) => In(story, Stage.InTrial, Stage.Extended, Stage.DecisionDue);

    private static Refusal? OptionalText(string? text, string field) => string.IsNullOrEmpty(text) ? null : Text(text, field);

    private static Refusal? Text(string? text, string field, int most = 2000) =>
        string.IsNullOrWhiteSpace(text) ? Refusal.Invalid("text-missing", "请填写内容。", "Please write something here.", field)
        : text.Length > most ? Refusal.Invalid("text-too-long", $"最多{most}字。", $"At most {most} characters.", field)
        : null;

    private static Refusal? Existing(Story story, int number, string field) => number >= 1 && number <= story.Now.Obligations.Count
        ? null
        : Refusal.Invalid("obligation-unknown", "合同没有这一笔应付款。", "The agreement has no such obligation.", field);

    private static Refusal? InCurrency(Story story, Money amount, string field) =>
        amount.Currency != story.Now.Terms.Currency
            ? Refusal.Invalid("currency-differs", $"合同币种为 {story.Now.Terms.Currency.Code}。", $"The agreement is in {story.Now.Terms.Currency.Code}.", $"{field}.currency")
            : Positive(amount, field);

    private static Refusal? Positive(Money amount, string field) =>
        amount.Currency == default
            ? Refusal.Invalid("currency-missing", "请注明币种。", "Name the currency.", $"{field}.currency")
            : amount.AmountMinor switch
            {
                <= 0 => Refusal.Invalid("amount-not-positive", "金额必须大于零。", "The amount must be greater than zero.", $"{field}.amountMinor"),
                > AgreementTerms.MaxAmountMinor => Refusal.Invalid("amount-out-of-range", "金额超过系统上限。", "The amount is above the limit of the system.", $"{field}.amountMinor"),
                _ => null,
            };
}
