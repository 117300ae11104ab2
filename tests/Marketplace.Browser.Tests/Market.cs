using System.Text.Json;
using Marketplace.Application.Catalog;
using Marketplace.Application.Door;
using Marketplace.Application.Exports;
using Marketplace.Application.Grains;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Application.Sweeps;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Disclosures;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Needs;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Payments;
using Marketplace.Domain.Teams;
using Marketplace.Journal;
using Marketplace.Search;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Marketplace.Browser.Tests;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.Inventors;
using Marketplace.Application.Banking;
using Marketplace.Application.Disclosures;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Needs;
using Marketplace.Application.Organisations;
using Marketplace.Application.Teams;

/// <summary>
/// Two labs with results and offers, two companies and what they agreed: made through the door, from January to April 2026. Readers
/// change nothing of it.
/// </summary>
public sealed class Market(IServiceProvider services)
{
    public const int MoreResults = 22;

    /// <summary>Noon in Tianjin on the first working Monday.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 4, 0, 0, TimeSpan.Zero);

    public static readonly Principal Administrator = Principal.Whole(ActorRole.Administrator, null, "zhang");

    private readonly MarketplaceDoor door = services.GetRequiredService<MarketplaceDoor>();
    private readonly SettableTime time = services.GetRequiredService<SettableTime>();
    private readonly IGrainFactory grains = services.GetRequiredService<IGrainFactory>();

    public Principal Lab { get; private set; } = null!;

    public Principal OtherLab { get; private set; } = null!;

    public Principal Company { get; private set; } = null!;

    public Principal OtherCompany { get; private set; } = null!;

    /// <summary>Named by no agreement.</summary>
    public Principal Guarantor { get; } = Principal.Whole(ActorRole.Guarantor, OrganisationId.ForUscc(CodeOf("99000000G00000001")), "gao");

    /// <summary>Likewise.</summary>
    public Principal Broker { get; } = Principal.Whole(ActorRole.Broker, OrganisationId.ForUscc(CodeOf("99000000B00000001")), "hu");

    /// <summary>Listed, with <see cref="Offer"/>.</summary>
    public LabResultId Battery { get; private set; }

    /// <summary>Listed, without an offer.</summary>
    public LabResultId Catalyst { get; private set; }

    /// <summary>Under public notice.</summary>
    public LabResultId Interface { get; private set; }

    /// <summary>A draft, visible to its lab only.</summary>
    public LabResultId Draft { get; private set; }

    public OfferId Offer { get; private set; }

    /// <summary>Converted by the company in January 2026, amended, paid in part, overdue, with a step that waits for approval.</summary>
    public AgreementId Late { get; private set; }

    /// <summary>Applied for by the other company, and nothing more.</summary>
    public AgreementId Fresh { get; private set; }

    /// <summary>Of a template; the company has proposed twice and taken one version back, the lab has said what it thinks.</summary>
    public AgreementId Negotiated { get; private set; }

    /// <summary>In trial, with criteria, measurements and a result that waits for an answer.</summary>
    public AgreementId Tried { get; private set; }

    /// <summary>Of the company, which is not named; the lab has suggested <see cref="Battery"/> and waits for an answer.</summary>
    public NeedId Need { get; private set; }

    /// <summary>Of the other company, which is named; closed, with a suggestion that did not suit.</summary>
    public NeedId ClosedNeed { get; private set; }

    /// <summary>A payment of the first instalment under <see cref="Late"/>, which the sandbox has declined.</summary>
    public PaymentIntentId Declined { get; private set; }

    /// <summary>Of the platform's account, with a booking that looks like money for <see cref="Late"/> and one that looks like nothing.</summary>
    public BankStatementId Statement { get; private set; }

    /// <summary>The booking that looks like nothing.</summary>
    public string Parked { get; private set; } = "";

    public CsvMappingId Mapping { get; private set; }

    /// <summary>The file of January, finished; the marketplace's.</summary>
    public ExportId Exported { get; private set; }

    /// <summary>The lab's, which nobody has begun.</summary>
    public ExportId Waiting { get; private set; }

    /// <summary>Of the other company about <see cref="Battery"/>, which has a file of each tier.</summary>
    public ConfidentialityId Confidentiality { get; private set; }

    /// <summary>The lab's first inventor, who has a share of <see cref="Late"/>, and has objected to it in vain.</summary>
    public Principal Inventor { get; private set; } = Principal.Visitor;

    /// <summary>Of the lab; nobody has verified it.</summary>
    public PayoutAccountId Payee { get; private set; }

    /// <summary>Every kind of payment once.</summary>
    public static AgreementTerms Terms { get; } = new(
        LicenceKind.NonExclusive, "电网储能", "中国大陆", TrialMonths: 6, CommercialMonths: 24, Currency.Cny,
        [
            new DeferredLumpSum(100_000_00, 12, PayDateRule.Earlier),
            new Instalments(90_000_00, [new(0, 333_333), new(6, 333_333), new(12, 333_334)]),
            new Milestone(MilestoneKind.CumulativeNetSales, "审计报告", 50_000_00, 30, 10_000_000_00),
            new RunningRoyalty(25_000),
            new TieredRoyalty([new(0, 10_000), new(5_000_000_00, 5_000)], TierMethod.Marginal, TierBase.Cumulative),
            new MinimumAnnualRoyalty(60_000_00),
        ],
        new SalesReporting(3, 30, 15), LateInterestTerms.Standard, PlatformFeePpm: 30_000, CureDays: 30);

    /// <summary>Waits until searches know all that has happened.</summary>
    public async Task IsInTheIndex()
    {
        var last = await services.GetRequiredService<IJournal>().LastPlace();
        await services.GetRequiredService<CatalogIndex>().Reach(last!.Position);
    }

    public DateOnly Today => LocalTime.DateOf(time.GetUtcNow());

    public async Task Open()
    {
        time.StandAt(Start);
        Lab = await Registered(ActorRole.Lab, "99000000L00000001", new("海河储能实验室", "Haihe Storage Laboratory"));
        OtherLab = await Registered(ActorRole.Lab, "99000000L00000002", new("脑机实验室", "Interface Laboratory"));
        Company = await Registered(ActorRole.Company, "99000000C00000001", new("示例储能公司", "Example Storage Company"));
        OtherCompany = await Registered(ActorRole.Company, "99000000C00000002", new("示例电力公司", "Example Power Company"));

        Battery = await Noticed(Lab, Content(new("锌铁液流电池", "Zinc-iron flow battery"), TechnologyField.NewEnergy, 7));
        Catalyst = await Noticed(Lab, Content(new("氢燃料催化剂", "Hydrogen catalyst"), TechnologyField.NewMaterials, 5));
        for (var i = 1; i <= MoreResults; i++)
        {
            await Noticed(OtherLab, Content(new($"量子通信模块 {i}", $"Quantum module {i}"), TechnologyField.QuantumCommunication, 4));
        }

        Sleep(16);
        foreach (var card in (await door.Ask(Principal.Visitor, new SearchResults(Limit: Paging.MaxLimit))).Value.Items)
        {
            await grains.GrainOf($"result/{card.Result}").Wake("notice");
        }

        Interface = await Noticed(OtherLab, Content(new("脑机接口编解码", "Brain signal decoding"), TechnologyField.BrainComputerInterface, 6));
        Draft = LabResultId.Wrap((await Accept(Lab, new DraftResult(Guid.NewGuid(), Content(new("未公开的草稿", "A private draft"), TechnologyField.NewEnergy, 3)))).Id);
        Offer = OfferId.Wrap((await Accept(Lab, new MakeOffer(Guid.NewGuid(), Battery, Terms, Today.AddYears(2)))).Id);
        await Accept(Administrator, new RegisterBankAccount(Guid.NewGuid(), new BankAccount("示例平台有限公司", "6222 0200 0000 0001", "示例银行天津滨海支行", Cnaps: "102110000001"), Currency.Cny));
        Late = await Converted();
        Fresh = await Applied(OtherCompany);
        Negotiated = await Negotiating();
        Tried = await InTrial();
        await BecomeLate();
        Inventor = await AnInventor();
        await Invoice();
        await OpenBank();
        await Disclose();
        Exported = await Exporting(Administrator);
        await MakeExports();
        Waiting = await Exporting(Lab);
        await Look();
    }

    /// <summary>Has the files of months made that wait.</summary>
    public Task MakeExports() => services.GetRequiredService<MakeExports>().Run();

    public void Sleep(int days) => time.StandAt(time.GetUtcNow().AddDays(days));

    public Task<Result<T>> Ask<T>(Principal principal, IQuery<T> query) => door.Ask(principal, query);

    /// <summary>Has providers asked what became of the payments that are due to be looked at.</summary>
    public Task WorkOff(AgreementId agreement) => services.GetRequiredService<WorkOffIntents>().WorkOff($"agreement/{agreement}");

    /// <summary>Companies say what they look for.</summary>
    private async Task Look()
    {
        Need = NeedId.Wrap((await Accept(Company, new PublishNeed(Guid.NewGuid(), NeedFor(new("电网侧长时储能用的液流电池", "Flow battery to store power for long")) with
        {
            MinReadiness = 8, Budget = new Money(500_000_00, Currency.Cny), Payments = [PaymentModel.RunningRoyalty, PaymentModel.Milestone], TrialMonths = 6, Region = "12",
        }))).Id);
        await Accept(Lab, new SuggestResult(Guid.NewGuid(), Need, Battery, "二十千瓦样机可先试用半年。"));
        ClosedNeed = NeedId.Wrap((await Accept(OtherCompany, new PublishNeed(Guid.NewGuid(), NeedFor(new("氢燃料电池催化剂", "Catalyst of a hydrogen fuel cell")) with { Fields = [TechnologyField.NewMaterials], IsNamed = true }))).Id);
        await Accept(Lab, new SuggestResult(Guid.NewGuid(), ClosedNeed, Catalyst, "寿命更长。"));
        await Accept(OtherCompany, new AnswerSuggestion(Guid.NewGuid(), ClosedNeed, Catalyst, SuggestionAnswer.NotSuitable, "需要更高的成熟度。"));
        await Accept(OtherCompany, new CloseNeed(Guid.NewGuid(), ClosedNeed, NeedClosing.NotNeeded));
    }

    public NeedContent NeedFor(BilingualText title) => new(
        title, new("现有方案寿命短、成本高，希望先试用再付款。", "What there is lives short and costs much; we want to try first."), [TechnologyField.NewEnergy], null, null, [], null, null, Today.AddYears(1), IsNamed: false);

    /// <summary>A picture of each tier; the other company has signed, and has taken the second.</summary>
    private async Task Disclose()
    {
        foreach (var (title, tier) in new[] { ("成果宣传图", DisclosureTier.Public), ("工艺窗口与测试数据", DisclosureTier.Confidential), ("完整图纸", DisclosureTier.Agreement) })
        {
            byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, (byte)tier];
            await Accept(Lab, new AttachResultFile(Guid.NewGuid(), Battery, title, tier, $"{title}.png") { File = new MemoryStream(png) });
        }

        byte[] scan = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 9];
        await Accept(Company, new AttachEvidence(Guid.NewGuid(), Late, "到货签收单", EvidenceSubject.Delivery, null, "签收单.png") { File = new MemoryStream(scan) });
        Confidentiality = await Signed(OtherCompany, Battery);
        await (await door.Ask(OtherCompany, new GetResultFile(Battery, 2))).Value.Content.DisposeAsync();
    }

    /// <summary>A company signs the confidentiality agreement about a result.</summary>
    public async Task<ConfidentialityId> Signed(Principal company, LabResultId result)
    {
        var offered = (await door.Ask(company, new GetConfidentialityOffer(result))).Value;
        return ConfidentialityId.Wrap((await Accept(company, new SignConfidentiality(Guid.NewGuid(), result, offered.Sha256))).Id);
    }

    private async Task<ExportId> Exporting(Principal by) => ExportId.Wrap((await Accept(by, new StartExport(Guid.NewGuid(), LedgerMonth.Of(Start)))).Id);

    /// <exception cref="InvalidOperationException">Refused: the story is told wrongly.</exception>
    public async Task<Accepted> Accept(Principal principal, ICommandRequest command) => await door.Send(principal, command) switch
    {
        Accepted accepted => accepted,
        Refused refused => throw new InvalidOperationException($"{command.GetType().Name}: {refused.Refusal.Code}: {refused.Refusal.En}"),
        var other => throw new InvalidOperationException($"Unknown answer {other}"),
    };

    /// <summary>A statement taken, imported and looked at, as sweeps do.</summary>
    public async Task<BankStatementId> Import(byte[] file)
    {
        var accepted = await Accept(Administrator, new UploadStatement(Guid.NewGuid()) { File = new MemoryStream(file) });
        await Sweep();
        return BankStatementId.Wrap(accepted.Id);
    }

    /// <summary>What the alarm clock does about statements.</summary>
    public async Task Sweep()
    {
        var sweep = services.GetRequiredService<DueWorkSweep>();
        await sweep.Run(DueWork.Statement, s => services.GetRequiredService<ImportStatements>().Import(s));
        await sweep.Run(DueWork.BankLine, l => services.GetRequiredService<MatchBankLines>().WorkOff(l));
    }

    /// <summary>More money has come for the late agreement, and the lab wants its share on its account.</summary>
    public async Task OrderPayoutByBank()
    {
        await WorkOff();
        await Accept(Administrator, new RecordReceipt(Guid.NewGuid(), Late, "bank", "line 2", new Money(5_000_00, Currency.Cny), Today));
        await Accept(Lab, new DistributeIncome(Guid.NewGuid(), Late));
        await Accept(Lab, new PayLab(Guid.NewGuid(), Late, "bank", BankPayments.MethodOf(Payee)));
        await WorkOff();

        Task WorkOff() => services.GetRequiredService<DueWorkSweep>().Run(DueWork.Intent, a => services.GetRequiredService<WorkOffIntents>().WorkOff(a));
    }

    private async Task OpenBank()
    {
        await Accept(Administrator, new RegisterBankAccount(Guid.NewGuid(), new BankAccount("示例平台", BankFile.Account, "示例银行天津分行"), Currency.Cny));
        var owed = (await door.Ask(Administrator, new GetAgreement(Late))).Value.Details.Obligations.First(o => o.IsOpen && o.DueOn < Today);
        Statement = await Import(BankFile.Of(Today, 0, (owed.OutstandingMinor, "示例储能公司", "许可费"), (12_34, "某某公司", "货款")));
        Parked = (await door.Ask(Administrator, new ListBankLines(BankLineStatus.Parked))).Value.Items[0].Line;
        Mapping = CsvMappingId.Wrap((await Accept(Administrator, new SaveCsvMapping(Guid.NewGuid(), CsvMappingPresets.Of("CMB", BankFile.Account, "CNY")))).Id);
        Payee = PayoutAccountId.Wrap((await Accept(Lab, new RegisterPayoutAccount(Guid.NewGuid(), new BankAccount("海河储能实验室", "62170002", "示例银行")))).Id);
        await services.GetRequiredService<ReceiveProviderNotice>().Keep(new ReceiveNotice(
            "stripe", "evt_1", "charge.dispute.created", "ch_1", time.GetUtcNow(), "2031-01-01", "{}", NoticeVia.Webhook, "another version: 2031-01-01"));
    }

    private async Task<AgreementId> Applied(Principal company) =>
        AgreementId.Wrap((await Accept(company, new ApplyForTrial(Guid.NewGuid(), Offer, "储能样机"))).Id);

    private async Task<AgreementId> Negotiating()
    {
        async Task<AgreementTerms> Filled(string values) => (await door.Ask(OtherCompany, new FillTemplate(
            "try-and-buy", JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(values)!))).Value;
        var agreement = await Applied(OtherCompany);
        await Accept(Lab, new AcceptApplication(Guid.NewGuid(), agreement));
        await Accept(OtherCompany, new ProposeTerms(Guid.NewGuid(), agreement, await Filled("{}"), "改用先试后买模板。"));
        await Accept(OtherCompany, new ProposeTerms(Guid.NewGuid(), agreement, await Filled("""{"trialMonths":9}"""), null));
        await Accept(OtherCompany, new WithdrawProposal(Guid.NewGuid(), agreement, 3));
        await Accept(OtherCompany, new ProposeTerms(Guid.NewGuid(), agreement, await Filled("""{"trialMonths":9,"cureDays":60}"""), "试用期须覆盖一个采暖季。"));
        await Accept(Lab, new AcceptTerm(Guid.NewGuid(), agreement, 4, "trialMonths"));
        await Accept(Lab, new ContestTerm(Guid.NewGuid(), agreement, 4, "cureDays", "最多四十五天。"));
        return agreement;
    }

    private async Task<AgreementId> InTrial()
    {
        var agreement = await Applied(OtherCompany);
        await Accept(Lab, new AcceptApplication(Guid.NewGuid(), agreement));
        AcceptanceCriterion[] criteria = [new("RTE", "AC round-trip efficiency", "%", CriterionComparison.AtLeast, 82.5m, null, "恒功率循环三次"), new("SPL", "Sound pressure at 1 m", "dB", CriterionComparison.AtMost, null, 60m, "声级计")];
        await Accept(Lab, new ProposeTerms(Guid.NewGuid(), agreement, Terms, null, Criteria: criteria));
        await Accept(OtherCompany, new AcceptTerms(Guid.NewGuid(), agreement, 2));
        await SignAndDeliver(agreement, Lab, OtherCompany);
        EvidenceFile report = new("循环测试.csv", new string('a', 64), 48_213);
        await Accept(OtherCompany, new RecordTrialEntry(Guid.NewGuid(), agreement, TrialEntryKind.Measurement, Today, "室温", 0, 84.25m, [report]));
        await Accept(OtherCompany, new RecordTrialEntry(Guid.NewGuid(), agreement, TrialEntryKind.Measurement, Today, null, 1, 61m));
        await Accept(OtherCompany, new RetractTrialEntry(Guid.NewGuid(), agreement, 2, "风扇未装隔音罩"));
        await Accept(OtherCompany, new RecordTrialEntry(Guid.NewGuid(), agreement, TrialEntryKind.Measurement, Today, "装隔音罩后", 1, 58m));
        await Accept(Lab, new RecordTrialEntry(Guid.NewGuid(), agreement, TrialEntryKind.Issue, Today, "电解液液位传感器误报。"));
        await Accept(OtherCompany, new RequestSignOff(Guid.NewGuid(), agreement));
        return agreement;
    }

    private async Task<AgreementId> Converted()
    {
        var agreement = await Applied(Company);
        await Accept(Lab, new AcceptApplication(Guid.NewGuid(), agreement));
        await Accept(Lab, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        await Accept(Company, new AcceptTerms(Guid.NewGuid(), agreement, 1));
        await SignAndDeliver(agreement, Lab, Company);
        await Accept(Company, new ConvertLicence(Guid.NewGuid(), agreement));
        await Accept(Company, new ProposeAmendment(Guid.NewGuid(), agreement, new AmendmentChange(5, [3], [new RunningRoyalty(20_000)]), "第二年起降低费率"));
        var amendment = (await door.Ask(Company, new GetAgreement(agreement))).Value.Details.Amendments[0];
        await Accept(Company, new SignAmendment(Guid.NewGuid(), agreement, amendment.Number, amendment.DocumentHash));
        await Accept(Lab, new SignAmendment(Guid.NewGuid(), agreement, amendment.Number, amendment.DocumentHash));
        return agreement;
    }

    /// <summary>What both have agreed takes effect, and the trial begins.</summary>
    public async Task SignAndDeliver(AgreementId agreement, Principal lab, Principal company)
    {
        var document = (await door.Ask(company, new GetAgreement(agreement))).Value.Details.DocumentHash!;
        await Accept(company, new SignAgreement(Guid.NewGuid(), agreement, document));
        await Accept(lab, new SignAgreement(Guid.NewGuid(), agreement, document));
        await Accept(lab, new FileAgreement(Guid.NewGuid(), agreement, "津备-1"));
        await Accept(lab, new DeliverResult(Guid.NewGuid(), agreement, "样品与资料"));
        await Accept(company, new AcceptDelivery(Guid.NewGuid(), agreement));
    }

    private async Task<Principal> AnInventor()
    {
        const string Secret = "what the mail says";
        var (person, invitation) = (DerivedId.From<PersonId>("inventor"), Guid.NewGuid());
        await Accept(Lab, new InviteMember(invitation, [MemberRole.Inventor], Sha256Hex.Of(Secret), Inventor: "示例甲"));
        await Accept(Principal.Whole(ActorRole.Person, null, person.Value), new JoinTeam(Guid.NewGuid(), InviteMember.IdOf(invitation), Secret));
        var inventor = Principal.Whole(ActorRole.Lab, Lab.Organisation, person.Value);
        await Accept(inventor, new ObjectToOwnShare(Guid.NewGuid(), Late, "I measured the membranes, and my part says nothing of it.", Receipt: 1));
        await Accept(Lab, new AnswerDistributionObjection(Guid.NewGuid(), Late, 1, IsUpheld: false, "The laboratory's notebooks say otherwise."));
        return inventor;
    }

    /// <summary>The first instalment (CNY 29 999.97) falls due at conversion, is paid in part, and the rest is not, for three months.</summary>
    private async Task BecomeLate()
    {
        await WakeOn(Today.AddDays(1));
        await Accept(Company, new PayObligations(Guid.NewGuid(), Late, [2], "sandbox", "sandbox:decline"));
        await WorkOff(Late);
        Declined = (await door.Ask(Company, new GetAgreement(Late))).Value.Details.Intents.Single().Id;
        await Accept(Administrator, new RecordReceipt(Guid.NewGuid(), Late, "bank", "line 1", new Money(10_000_00, Currency.Cny), Today));
        await Accept(Lab, new DistributeIncome(Guid.NewGuid(), Late));
        await Accept(Lab, new PayLab(Guid.NewGuid(), Late, "sandbox", "sandbox:ok"));
        for (var week = 0; week < 13; week++)
        {
            await WakeOn(Today.AddDays(7));
        }
    }

    /// <summary>Of the first instalment: a part, of which a red one takes some back, and one that was recorded wrongly.</summary>
    private async Task Invoice()
    {
        RecordFapiao Blue(int n, long totalMinor) => new(
            Guid.NewGuid(), Late, 2, Number(n), Today, new Money(totalMinor, Currency.Cny), new Money(totalMinor / 20, Currency.Cny), CodeOf("99000000C00000001"), "发票 一.pdf")
        {
            File = Original,
        };

        await Accept(Lab, Blue(1, 20_000_00));
        await Accept(Lab, new RecordRedFapiao(Guid.NewGuid(), Late, 1, Number(2), Today, new Money(-5_000_00, Currency.Cny), new Money(-250_00, Currency.Cny)) { File = Original });
        await Accept(Lab, Blue(3, 1_000_00));
        await Accept(Lab, new WithdrawFapiaoRecord(Guid.NewGuid(), Late, 3, "金额录入有误"));
    }

    private static Stream Original => new MemoryStream("%PDF-1.7 %%EOF"u8.ToArray());

    private static FapiaoNumber Number(int n) => FapiaoNumber.Parse($"26122{n:000000000000000}", "number").Value;

    public static Uscc CodeOf(string seventeen) =>
        "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(c => Uscc.Parse(seventeen + c, "uscc")).First(code => !code.IsRefused).Value;

    private async Task WakeOn(DateOnly day)
    {
        time.StandAt(LocalTime.StartOf(day).AddHours(12));
        await grains.GrainOf($"agreement/{Late}").Wake(DueWork.Obligations);
    }

    /// <summary>A verified organisation, and somebody who may do everything for it.</summary>
    public async Task<Principal> Registered(ActorRole role, string seventeen, BilingualText name)
    {
        var code = CodeOf(seventeen).Value;
        var kind = role switch
        {
            ActorRole.Lab => OrganisationKind.Lab,
            ActorRole.Company => OrganisationKind.Company,
            ActorRole.Guarantor => OrganisationKind.Guarantor,
            ActorRole.Broker => OrganisationKind.Broker,
            _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No role of an organisation"),
        };
        var id = OrganisationId.Wrap((await Accept(Principal.Visitor, new RegisterOrganisation(Guid.NewGuid(), kind, name, code))).Id);
        await Accept(Administrator, new VerifyOrganisation(Guid.NewGuid(), id));
        return Principal.Whole(role, id, "wang");
    }

    /// <summary>A result under public notice since just now.</summary>
    public async Task<LabResultId> Noticed(Principal lab, ResultContent content)
    {
        var result = LabResultId.Wrap((await Accept(lab, new DraftResult(Guid.NewGuid(), content))).Id);
        await Accept(lab, new SubmitResult(Guid.NewGuid(), result, TitleIsClear: true, NoDispute: true));
        await Accept(lab, new PriceResult(Guid.NewGuid(), result, PricingMethod.NegotiatedPrice, new Money(1_234_567_89, Currency.Cny)));
        await Accept(lab, new StartPublicNotice(Guid.NewGuid(), result));
        time.StandAt(time.GetUtcNow().AddMilliseconds(1)); // the catalog is ordered by the instant of publication
        return result;
    }

    public static ResultContent Content(BilingualText title, TechnologyField field, int level) => new(
        title, new($"{title.Zh}:一句话说明。", $"{title.En}: said in one sentence."), new("现有方案昂贵。", "What there is costs too much."),
        new("寿命为主流方案的两倍。", "Lives twice as long as the leading alternative."), new("总成本降低三成。", "A third off the total cost."),
        field, IndustryCode.Parse("C3841", "industry").Value, TechnologyReadiness.Of(level, ReadinessScale.GbT22900, "readiness").Value,
        [new IntellectualProperty(RightKind.InventionPatent, RightStatus.Granted, "201310699744.2")], "120116",
        [new Inventor("示例甲", 750_000), new Inventor("示例乙", 250_000)]);
}
