using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Tests.Agreements;

/// <summary>An agreement in each stage, and each command with what it could plausibly carry there.</summary>
internal static class AllStages
{
    private static readonly AgreementTerms Terms = Deals.Terms(Deals.LumpSum(), Deals.MassProduction(), new RunningRoyalty(50_000));

    private static readonly Lazy<IReadOnlyList<AgreementStory>> Told = new(() => [.. Tell()]);

    /// <summary>One story per state but None, to go on by itself.</summary>
    public static IEnumerable<AgreementStory> Stories() => Told.Value.Select(s => s.Copy());

    private static IEnumerable<AgreementStory> Tell()
    {
        AgreementStory Applied() => AgreementStory.StartsOn("2025-03-03").Apply(Terms, Deals.Inventors);
        AgreementStory Trial() => AgreementStory.InTrialOn(
            "2025-03-03", Terms, Deals.Inventors, [new AcceptanceCriterion("收率", "反应收率", "%", CriterionComparison.AtLeast, 95m, null, "气相色谱")])
            .Do(Deals.Company, new RecordTrialEntry(TrialEntryKind.Measurement, null, Deals.Day("2025-03-03"), 0, 96.5m));
        AgreementStory Converted() => AgreementStory.ConvertedOn("2025-03-03", Terms, Deals.Inventors);
        AgreementStory Cure() => Converted().Until("2026-05-06").Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice));
        AgreementStory Settled() => AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-03-03").Pay(100_000);
        AgreementStory Signed() => Applied().Sign();

        yield return Applied();
        yield return Applied().Do(Deals.Lab, new DeclineApplication("不符"));
        yield return Applied().Do(Deals.Company, new WithdrawApplication("不需要"));
        yield return Applied().Do(Deals.Lab, new AcceptApplication()).Do(Deals.Lab, new ProposeTerms(Terms with { TrialMonths = 9, CureDays = 60 }, null));
        yield return Applied().Do(Deals.Lab, new AcceptApplication()).Do(Deals.Lab, new AcceptTerms(1)).Do(Deals.Company, new AcceptTerms(1));
        yield return Signed();
        yield return Signed().Do(Deals.Lab, new FileAgreement("津备-1"));
        yield return Signed().Do(Deals.Lab, new FileAgreement("津备-1")).Do(Deals.Lab, new DeliverResult("资料"));
        yield return Trial();
        yield return Trial().Do(Deals.Company, new RequestExtension(3, "未完")).Do(Deals.Lab, new AnswerExtension(true, null)).Do(Deals.Company, new RequestSignOff());
        yield return Trial().Until("2026-02-10").Do(Deals.Lab, new ClaimTrigger(1, Deals.Day("2026-02-01"), "投产")).Do(Deals.Company, new ContestTrigger(1, "试产"));
        yield return Converted();
        yield return Trial().Do(Deals.Company, new ReturnResult("停用", "销毁"));
        yield return Trial().Until("2026-03-04");
        yield return Converted().Until("2026-03-10");
        yield return Converted().Until("2026-03-10").Do(Deals.Company, new OpenDispute([new ContestedSum(1, 100_000)], "不符")).Do(Deals.Company, new AuthoriseCollection("sandbox", "card"));
        yield return Cure();
        yield return Cure().Until("2026-06-06");
        yield return Cure().Until("2026-06-06").Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.Termination)).Do(Deals.SecondAdministrator, new ApproveEnforcementStep(1, EnforcementStep.Termination));
        yield return Settled();
        yield return Trial().Do(Deals.Company, new ReturnResult("停用", "销毁")).Do(Deals.Lab, new CloseAgreement());
    }

    /// <summary>Every command once.</summary>
    public static IEnumerable<AgreementCommand> Commands(AgreementStory story)
    {
        var newest = story.State.Stage == Stage.None ? null : story.State.Newest;
        PaymentIntentId Intent(IntentKind kind) => story.State.Intents.LastOrDefault(i => i.Kind == kind)?.Id ?? DerivedId.From<PaymentIntentId>("none");
        return
        [
            new ApplyForTrial(
                DerivedId.From<AgreementId>("agreement"), DerivedId.From<OfferId>("offer"), DerivedId.From<LabResultId>("result"),
                Deals.Lab.Organisation!.Value, Deals.Company.Organisation!.Value, Terms, Deals.Inventors, Deals.MayApply, null),
            new AcceptApplication(),
            new DeclineApplication("不符"),
            new WithdrawApplication("不需要"),
            new ProposeTerms(Terms, null),
            new WithdrawProposal(newest?.Version ?? 1),
            new AcceptTerm(newest?.Version ?? 1, "trialMonths"),
            new ContestTerm(newest?.Version ?? 1, "cureDays", "太短"),
            new AcceptTerms(newest?.Version ?? 1),
            new SignAgreement(story.State.DocumentHash ?? ""),
            new FileAgreement("津备-2"),
            new DeliverResult("资料"),
            new AcceptDelivery(),
            new RequestExtension(3, "未完"),
            new AnswerExtension(true, null),
            new ConvertLicence(),
            new ReturnResult("停用", "销毁"),
            new RecordTrialEntry(TrialEntryKind.Note, "正常", story.Today),
            new RetractTrialEntry(1, "误读"),
            new RequestSignOff(),
            new ConfirmSignOff(),
            new ObjectToSignOff("样品不足"),
            Deals.Report(story.State.Reports.Count + 1, Deals.Yuan(1_000_000), [new SalesDeduction("退货", 1_000)]),
            Deals.Correct(1, Deals.Yuan(900_000), [], "退货"),
            new AssessSales(story.State.Reports.Count + 1, Deals.Yuan(1_000_000), "发票"),
            new RecordSalesEvidence("26122000000012345678", story.Today, Deals.Yuan(50_000), new string('a', 64)),
            Deals.Fapiao(1, 1, $"{story.Today:yyyy-MM-dd}", 1_000),
            Deals.Red(1, 2, $"{story.Today:yyyy-MM-dd}", -1_000),
            new WithdrawFapiaoRecord(1, "误录"),
            new ForecastSales(Deals.Yuan(50_000)),
            new ElectBuyOut(),
            new SettleInKind(1, Deals.Yuan(1), "股东名册"),
            new ClaimTrigger(0, story.Today, "发票"),
            new AppointExpert(0, "专家甲", "示例研究院"),
            new RecordExpertOpinion(0, true, "属实", new string('a', 64)),
            new RecordProofOfService(1, "公证送达", "公证-1", story.Today, new string('a', 64)),
            new ContestTrigger(0, "不符"),
            new DecideTrigger(1, true, "属实"),
            new InvoiceObligation(1),
            new ChargeEnforcementCost(1, Deals.Yuan(5_000), "公证费"),
            new RecordReceipt("bank", "a line", Deals.Yuan(30_000), story.Today),
            new ProposeAmendment(new AmendmentChange(story.State.Reports.Count + 2, [], [new SublicenceShare(100_000, 0)]), null),
            new SignAmendment(1, story.State.Amendments.FirstOrDefault()?.DocumentHash ?? ""),
            new WithdrawAmendment(1, "不需要"),
            new WaiveObligation(1, Deals.Yuan(10_000), "谅解"),
            new RecordGuaranteePayment(1, "bank", "a guarantor", Deals.Yuan(1_000), story.Today),
            new RecordRecourse(1, Deals.Yuan(1), "回款"),
            new PayBroker("sandbox", "acct"),
            new RecordTaxRemittance(Deals.Yuan(1), "完税证明-1", story.Today),
            new AllocateUnapplied(),
            new RequestHardship(1, [new HardshipPart(story.Today.AddDays(30), 50_000), new HardshipPart(story.Today.AddDays(60), 50_000)], false, "资金紧张"),
            new AnswerHardship(true, null),
            new DecideHardship(true, "同意"),
            new RefundUnapplied(1, Deals.Yuan(1), "sandbox", "acct"),
            new AuthoriseCollection("sandbox", "card"),
            new EndCollection(),
            new CollectObligation(1),
            new PayObligations([1], "sandbox", "card"),
            new WithdrawPayment(Intent(IntentKind.Collection)),
            new RefundPaid(1, Deals.Yuan(1), "sandbox", "card", "多付"),
            new RecoverPayout(Intent(IntentKind.Payout), Deals.Yuan(1)),
            new RecordReversal("bank", "back", story.State.Receipts.FirstOrDefault()?.Reference ?? "none", Deals.Yuan(1), "退汇"),
            new RecordChargeback(Intent(IntentKind.Collection), "dp_1", Deals.Yuan(1), ChargebackStatus.Lost, "fraudulent"),
            new ChangeInventorSplit(Deals.Inventors),
            new DistributeIncome(),
            new ObjectToDistribution(1, null, "贡献未计"),
            new AnswerDistributionObjection(1, true, "属实"),
            new PayLab("sandbox", "acct"),
            new PayInventor(1, "sandbox", "acct"),
            new RecordPaymentOutcome(story.State.Intents.LastOrDefault()?.Id ?? DerivedId.From<PaymentIntentId>("none"), IntentStatus.Failed, "sbx", 0, null, "declined"),
            new OpenDispute([new ContestedSum(1, 1_000)], "不符"),
            new DecideDispute(1, [], "应付"),
            new ApproveEnforcementStep(1, EnforcementStep.BreachNotice),
            new CloseAgreement(),
            new EnforceDue(WakePurpose.Trial),
        ];
    }
}
