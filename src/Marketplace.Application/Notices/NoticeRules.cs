using System.Collections.Frozen;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Credit;
using Marketplace.Domain.Disclosures;
using Marketplace.Domain.Guarantees;
using Marketplace.Domain.Invoicing;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Needs;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Payments;
using Marketplace.Domain.Rights;
using Marketplace.Domain.Sweeps;
using Marketplace.Domain.Teams;

namespace Marketplace.Application.Notices;

/// <summary>
/// Who is told of what: every event type is named here, with its readers or with the reason why nobody is told. A test compares it with all there
/// are, so that a new one waits for somebody to decide.
/// </summary>
public static partial class NoticeRules
{
    private static readonly Dictionary<Type, Func<object, NoticeRule?>> Rules = [];
    private static readonly Dictionary<Type, string> Reasons = [];

    static NoticeRules()
    {
        AddNegotiation();
        AddSignatures();
        AddTrial();
        AddSums();
        AddMoney();
        AddReports();
        AddDefault();
        AddOrganisations();
        AddResults();
        AddNeeds();
        AddPlatform();
        AddRegisters();
        (Told, SilentFor) = (Rules.ToFrozenDictionary(), Reasons.ToFrozenDictionary());
    }

    /// <summary>Event types of which somebody may be told.</summary>
    public static IReadOnlyDictionary<Type, Func<object, NoticeRule?>> Told { get; }

    /// <summary>Event types of which nobody is ever told, and why.</summary>
    public static IReadOnlyDictionary<Type, string> SilentFor { get; }

    /// <summary>Event types from which it follows what is told of other things: matches and searches, see <see cref="TellMatches"/> and <see cref="TellSearches"/>.</summary>
    public static IReadOnlySet<Type> Watched { get; } = new HashSet<Type> { typeof(ResultListed), typeof(ResultResumed), typeof(OfferMade), typeof(NeedPublished), typeof(NeedChanged) };

    /// <summary>How streams that may be told of are read, by kind.</summary>
    private static readonly FrozenDictionary<string, Func<string, string, object?>> Readers = new Dictionary<string, Func<string, string, object?>>(StringComparer.Ordinal)
    {
        ["agreement"] = Read<AgreementEvent>,
        ["bank-line"] = Read<BankLineEvent>,
        ["bank-payment"] = Read<BankPaymentEvent>,
        ["confidentiality"] = Read<ConfidentialityEvent>,
        ["credit"] = Read<CreditEvent>,
        ["due-work"] = Read<FailingWorkEvent>,
        ["need"] = Read<NeedEvent>,
        ["offer"] = Read<OfferEvent>,
        ["organisation"] = Read<OrganisationEvent>,
        ["payout-account"] = Read<PayoutAccountEvent>,
        ["provider-notice"] = Read<ProviderNoticeEvent>,
        ["reconciliation"] = Read<ReconciliationEvent>,
        ["result"] = Read<LabResultEvent>,
        ["team"] = Read<TeamEvent>,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What happened, as it was; null: a stream of which nothing is ever told.</summary>
    /// <param name="kind">Of the stream: <c>agreement</c>.</param>
    /// <exception cref="UnknownEventException">A newer version wrote it, and has to say who is told.</exception>
    public static object? Read(string kind, string type, string body) =>
        Readers.TryGetValue(kind, out var read) ? read(type, body) ?? throw new UnknownEventException($"{kind}/{type}") : null;

    /// <summary>Null: nobody is told.</summary>
    public static NoticeRule? Of(object happened) => Told.TryGetValue(happened.GetType(), out var rule) ? rule(happened) : null;

    private static object? Read<TEvent>(string type, string body) where TEvent : class =>
        EventCatalog<TEvent>.Instance.Knows(type) ? EventCatalog<TEvent>.Instance.Read(type, body) : null;

    private static void AddOrganisations()
    {
        const NoticeTopic Topic = NoticeTopic.Organisation;
        Tell<OrganisationRegistered>(NoticeTopic.Operation, NoticeReaders.None, Duty.None, Duty.Approve);
        Tell<LicenceHandedIn>(NoticeTopic.Operation, NoticeReaders.None, Duty.None, Duty.Approve);
        Tell<OrganisationVerified>(Topic, NoticeReaders.Owner, Duty.Read);
        Tell<OrganisationRejected>(Topic, NoticeReaders.Owner, Duty.Lead);
        Tell<OrganisationSuspended>(Topic, NoticeReaders.Owner, Duty.Read);
        Tell<OrganisationReinstated>(Topic, NoticeReaders.Owner, Duty.Read);
        Silent<TeamFounded>("whoever founded it has done so themselves");
        Tell<MemberInvited>(Topic, NoticeReaders.Owner, Duty.Lead);
        Silent<InvitationWithdrawn>("it has changed nothing");
        Tell<MemberJoined>(Topic, NoticeReaders.Owner, Duty.Lead);
        Tell<MemberRolesChanged>(Topic, NoticeReaders.Owner | NoticeReaders.Person, Duty.Lead);
        Tell<MemberRemoved>(Topic, NoticeReaders.Owner | NoticeReaders.Person, Duty.Lead);
        Tell<ExposureLimitSet>(NoticeTopic.Money, NoticeReaders.Owner, Duty.Finance | Duty.Negotiate);
        Tell<InnovationAssessed>(NoticeTopic.Money, NoticeReaders.Owner, Duty.Finance | Duty.Negotiate);
        Tell<PayoutAccountRegistered>(NoticeTopic.Operation, NoticeReaders.None, Duty.None, Duty.Approve);
        Tell<PayoutAccountVerified>(NoticeTopic.Money, NoticeReaders.Owner, Duty.Finance);
        Tell<PayoutAccountRejected>(NoticeTopic.Money, NoticeReaders.Owner, Duty.Finance);
        Tell<PayoutAccountClosed>(NoticeTopic.Money, NoticeReaders.Owner, Duty.Finance);
    }

    private static void AddResults()
    {
        const NoticeTopic Topic = NoticeTopic.Results;
        Silent<ResultDrafted>("a draft is its author's");
        Silent<DraftRevised>("likewise");
        Silent<ResultSubmitted>("the lab goes on by itself");
        Silent<ResultPriced>("likewise");
        Tell<PublicNoticeStarted>(Topic, NoticeReaders.Owner, Duty.Negotiate);
        Tell<ObjectionRaised>(Topic, NoticeReaders.Owner, Duty.Negotiate, Duty.Approve);
        Tell<ObjectionDismissed>(Topic, NoticeReaders.Owner, Duty.Negotiate);
        Tell<ObjectionUpheld>(Topic, NoticeReaders.Owner, Duty.Negotiate);
        Silent<NoticeClockPaused>("the objection is told of");
        Silent<NoticeClockResumed>("its answer is told of");
        Tell<ResultListed>(Topic, NoticeReaders.Owner, Duty.Negotiate);
        Tell<ResultSuspended>(Topic, NoticeReaders.Owner, Duty.Negotiate);
        Tell<ResultResumed>(Topic, NoticeReaders.Owner, Duty.Negotiate);
        Tell<ResultWithdrawn>(Topic, NoticeReaders.Owner, Duty.Negotiate);
        Silent<OfferMade>("the catalog shows it; whoever has saved a search that it fits is told of the result");
        Silent<OfferWithdrawn>("likewise");
        Silent<ResultFileAttached>("the lab has done so, and the page of the result shows it");
        Silent<ResultFileTierChanged>("likewise");
        Silent<ResultFileRemoved>("likewise");
        Silent<FileHandedOut>("the lab reads the log when it wants to know");
        Silent<EvidenceAttached>("whoever needs it is told of what it proves: the claim, the dispute, the return");
        Tell<ConfidentialitySigned>(Topic, NoticeReaders.Lab, Duty.Negotiate);
        Tell<ConfidentialAccessEnded>(Topic, NoticeReaders.Company, Duty.Negotiate | Duty.Sign);
    }

    private static void AddNeeds()
    {
        Silent<NeedPublished>("the board shows it; laboratories whose results fit are told of the match, which does not name the company");
        Silent<NeedChanged>("the board shows it");
        Silent<NeedClosed>("likewise");
        Tell<ResultSuggested>(NoticeTopic.Needs, NoticeReaders.Owner, Duty.Negotiate);
        Tell<SuggestionAnswered>(NoticeTopic.Needs, NoticeReaders.Lab, Duty.Negotiate);
    }

    private static void AddPlatform()
    {
        const NoticeTopic Topic = NoticeTopic.Operation;
        Tell<BankLineProposed>(Topic, NoticeReaders.None, Duty.None, Duty.Operate);
        Tell<BankLineParked>(Topic, NoticeReaders.None, Duty.None, Duty.Operate);
        Silent<BankLineRecorded>("what a person has to say about it is told of");
        Silent<BankLineAssigned>("likewise");
        Silent<BankLinePosted>("the receipt is told of");
        Silent<BankLineIgnored>("an administrator has said so");
        Silent<BankLineMarkedOther>("likewise");
        Silent<BankLineReopened>("it is proposed or parked again, which is told of");
        Tell<BankPaymentOrdered>(Topic, NoticeReaders.None, Duty.None, Duty.Approve);
        Silent<BankPaymentApproved>("whoever has to approve was told when it was ordered");
        Tell<BankPaymentRejected>(Topic, NoticeReaders.None, Duty.None, Duty.Operate);
        Silent<BankPaymentCancelled>("the agreement tells of its payment");
        Silent<BankPaymentExported>("an administrator has made the file");
        Silent<BankPaymentMade>("the agreement tells of its payment");
        Tell<BankPaymentReturned>(Topic, NoticeReaders.None, Duty.None, Duty.Operate);
        Silent<WorkFailed>("it is tried again");
        Tell<WorkQuarantined>(Topic, NoticeReaders.None, Duty.None, Duty.Operate);
        Silent<WorkRecovered>("nothing is to be done");
        Silent<WorkReleased>("an administrator has done so");
        Silent<NoticeReceived>("what it says is looked up");
        Silent<NoticeWorkedOff>("its effect is told of");
        Tell<NoticeParked>(Topic, NoticeReaders.None, Duty.None, Duty.Operate);
        Silent<NoticePostponed>("it is looked at again");
        Silent<NoticeReplayed>("an administrator has done so");
        Tell<ProviderReconciled>(e => e.DifferenceCount > 0 ? new(Topic, NoticeReaders.None, Duty.None, Duty.Operate) : null);
    }

    private static void AddRegisters()
    {
        Silent<BankAccountRegistered>("the marketplace's own account");
        Silent<BankAccountClosed>("likewise");
        Silent<StatementAccepted>("its bookings are told of where somebody has to look at them");
        Silent<StatementChunkKept>("likewise");
        Silent<StatementProgressed>("likewise");
        Silent<StatementImported>("likewise");
        Silent<CsvMappingSaved>("an administrator has done so");
        Silent<PaymentBatchOpened>("likewise");
        Silent<PaymentBatchSealed>("likewise");
        Silent<MonthClosed>("likewise");
        Silent<ExposureReserved>("the signature is told of");
        Silent<ExposureReduced>("the payment is told of");
        Silent<GuaranteesOffered>("the guarantor has done so");
        Silent<CoverReserved>("the signature is told of");
        Silent<CoverReduced>("the payment is told of");
        Silent<RightsReserved>("the signature is told of");
        Silent<RightsReleased>("the end of the agreement is told of");
        Silent<FapiaoNumberTaken>("the fapiao is told of");
        Silent<CustomerNamed>("between provider and marketplace");
        Silent<PayeeNamed>("the settings of payments show it");
        Silent<MethodSaved>("likewise");
        Silent<MethodForgotten>("likewise");
        Silent<MovementSeen>("the books of a provider");
        Silent<MovementExplained>("an administrator has done so");
        Silent<ReportDraftSaved>("a draft is its author's");
        Silent<HolidaysAppended>("it concerns nobody in particular; what it moves is told of");
        Silent<LprPublished>("likewise");
        Silent<WithholdingPublished>("likewise");
    }

    private static void Tell<TEvent>(NoticeTopic topic, NoticeReaders to, Duty duty, Duty platform = Duty.None)
    {
        var rule = new NoticeRule(topic, to, duty, platform);
        Rules.Add(typeof(TEvent), _ => rule);
    }

    private static void Tell<TEvent>(Func<TEvent, NoticeRule?> rule) => Rules.Add(typeof(TEvent), happened => rule((TEvent)happened));

    private static void Silent<TEvent>(string why) => Reasons.Add(typeof(TEvent), why);
}

/// <summary>The journal has an event that this version does not know. A host of the version that wrote it goes on with what people are told.</summary>
public sealed class UnknownEventException(string type) : Exception($"No event is called {type} in this version.");
