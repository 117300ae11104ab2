using System.Text.Json.Serialization;
using Marketplace.Domain.Files;

namespace Marketplace.Domain.Organisations;

/// <summary>What an organisation comes to the marketplace as.</summary>
public enum OrganisationKind
{
    /// <summary>高校院所、新型研发机构: lists results and is paid.</summary>
    Lab,

    /// <summary>企业: tries results and pays.</summary>
    Company,

    /// <summary>担保、保险、银行: pays first and is subrogated.</summary>
    Guarantor,

    /// <summary>技术经理人: introduces the parties.</summary>
    Broker,
}

public enum OrganisationStatus
{
    /// <summary>Nobody has registered this code yet.</summary>
    Absent,

    Registered,
    Verified,

    /// <summary>The administrator did not accept the papers. The holder of the code may register again with better ones.</summary>
    Rejected,

    /// <summary>May not enter into anything new; what was agreed earlier goes on.</summary>
    Suspended,
}

/// <param name="Uscc">Unified social credit code; null only while <see cref="OrganisationStatus.Absent"/>.</param>
/// <param name="Reason">Why it was rejected or suspended, for its owner; null otherwise.</param>
public sealed record OrganisationState(
    OrganisationStatus Status, OrganisationKind Kind, BilingualText Name, Uscc? Uscc, string? ContactMail, string? Reason)
{
    /// <summary>How often the code was registered: once, and once more after each rejection.</summary>
    public int Registrations { get; init; }

    /// <summary>The licence that it has handed in last; null: none since it was registered.</summary>
    public StoredFile? Licence { get; init; }

    /// <summary>Who has registered it last; null: somebody without an account.</summary>
    public PersonId? Registrant { get; init; }

    /// <exception cref="InvalidOperationException">Nobody has registered yet.</exception>
    [JsonIgnore]
    public OrganisationId Id => Uscc is { } code ? OrganisationId.ForUscc(code) : throw new InvalidOperationException("Not registered yet");
}

public abstract record OrganisationCommand;

/// <summary>Anybody may register an organisation; an administrator verifies it before it can act.</summary>
/// <param name="ContactMail">Where notices go; optional.</param>
public sealed record RegisterOrganisation(OrganisationKind Kind, BilingualText Name, Uscc Uscc, string? ContactMail) : OrganisationCommand;

/// <summary>The organisation hands in its licence (营业执照 or 事业单位法人证书), for whoever verifies it. A later one replaces an earlier one.</summary>
public sealed record HandInLicence(StoredFile File) : OrganisationCommand;

public sealed record VerifyOrganisation : OrganisationCommand;

public sealed record RejectOrganisation(string Reason) : OrganisationCommand;

public sealed record SuspendOrganisation(string Reason) : OrganisationCommand;

public sealed record ReinstateOrganisation : OrganisationCommand;

public abstract record OrganisationEvent;

/// <param name="By">Null: somebody without an account.</param>
public sealed record OrganisationRegistered(OrganisationKind Kind, BilingualText Name, Uscc Uscc, string? ContactMail, PersonId? By = null) : OrganisationEvent;

public sealed record LicenceHandedIn(StoredFile File) : OrganisationEvent;

public sealed record OrganisationVerified : OrganisationEvent;

public sealed record OrganisationRejected(string Reason) : OrganisationEvent;

public sealed record OrganisationSuspended(string Reason) : OrganisationEvent;

public sealed record OrganisationReinstated : OrganisationEvent;

/// <summary>An organisation: REGISTERED → VERIFIED or REJECTED; VERIFIED ⇄ SUSPENDED.</summary>
public sealed class Organisation : IAggregate<OrganisationState, OrganisationCommand, OrganisationEvent>
{
    public const int MaxNameCharacters = 200;
    public const int MaxReasonCharacters = 2_000;

    private Organisation() { }

    public static OrganisationState Initial { get; } =
        new(OrganisationStatus.Absent, OrganisationKind.Lab, BilingualText.Empty, null, null, null);

    public static Result<IReadOnlyList<OrganisationEvent>> Decide(OrganisationState state, OrganisationCommand command, CommandContext context) =>
        command is RegisterOrganisation registration ? Register(state, registration, context.Actor)
        : state.Status == OrganisationStatus.Absent ? Refusal.NotFound()
        : command is HandInLicence licence ? Authority.OwnerOnly(context.Actor, state.Id) is { } notTheirs ? notTheirs
            : state.Licence == licence.File ? Result<IReadOnlyList<OrganisationEvent>>.Of([])
            : Happens(new LicenceHandedIn(licence.File))
        : Authority.AdministratorOnly(context.Actor, state.Id) is { } refusal ? refusal
        : command switch
        {
            VerifyOrganisation => Verify(state),
            RejectOrganisation reject => Reject(state, reject),
            SuspendOrganisation suspend => Suspend(state, suspend),
            ReinstateOrganisation => Reinstate(state),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
        };

    public static OrganisationState Apply(OrganisationState state, OrganisationEvent happened) => happened switch
    {
        OrganisationRegistered e => new(OrganisationStatus.Registered, e.Kind, e.Name, e.Uscc, e.ContactMail, null) { Registrations = state.Registrations + 1, Registrant = e.By },
        LicenceHandedIn e => state with { Licence = e.File },
        OrganisationVerified => state with { Status = OrganisationStatus.Verified, Reason = null },
        OrganisationRejected e => state with { Status = OrganisationStatus.Rejected, Reason = e.Reason },
        OrganisationSuspended e => state with { Status = OrganisationStatus.Suspended, Reason = e.Reason },
        OrganisationReinstated => state with { Status = OrganisationStatus.Verified, Reason = null },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Result<IReadOnlyList<OrganisationEvent>> Register(OrganisationState state, RegisterOrganisation command, Actor actor)
    {
        // A rejected registration must not lock the rightful holder of the code out for good.
        if (state.Status is not (OrganisationStatus.Absent or OrganisationStatus.Rejected))
        {
            return Refusal.State(
                "organisation-already-registered",
                "该统一社会信用代码已经注册。",
                "An organisation with this unified social credit code is already registered.");
        }

        var refusal = command.Name.CheckComplete("name", MaxNameCharacters) ?? CheckMail(command.ContactMail);
        return refusal is not null
            ? refusal
            : Happens(new OrganisationRegistered(command.Kind, command.Name, command.Uscc, command.ContactMail, ByAccount(actor)));
    }

    private static Result<IReadOnlyList<OrganisationEvent>> Verify(OrganisationState state) => state.Status switch
    {
        OrganisationStatus.Registered or OrganisationStatus.Rejected => Happens(new OrganisationVerified()),
        _ => NotNow(state.Status, "核验", "be verified"),
    };

    private static Result<IReadOnlyList<OrganisationEvent>> Reject(OrganisationState state, RejectOrganisation command) => state.Status switch
    {
        OrganisationStatus.Registered =>
            BilingualText.CheckRequired(command.Reason, "reason", MaxReasonCharacters) is { } refusal
                ? refusal
                : Happens(new OrganisationRejected(command.Reason)),
        _ => NotNow(state.Status, "驳回", "be rejected"),
    };

    private static Result<IReadOnlyList<OrganisationEvent>> Suspend(OrganisationState state, SuspendOrganisation command) => state.Status switch
    {
        OrganisationStatus.Verified =>
            BilingualText.CheckRequired(command.Reason, "reason", MaxReasonCharacters) is { } refusal
                ? refusal
                : Happens(new OrganisationSuspended(command.Reason)),
        _ => NotNow(state.Status, "暂停", "be suspended"),
    };

    private static Result<IReadOnlyList<OrganisationEvent>> Reinstate(OrganisationState state) => state.Status switch
    {
        OrganisationStatus.Suspended => Happens(new OrganisationReinstated()),
        _ => NotNow(state.Status, "恢复", "be reinstated"),
    };

    private static Refusal NotNow(OrganisationStatus status, string zhVerb, string enVerb) => Refusal.State(
        "organisation-state",
        $"机构当前状态为“{NameOf(status).Zh}”，不能{zhVerb}。",
        $"The organisation is {NameOf(status).En} and cannot {enVerb}.");

    private static (string Zh, string En) NameOf(OrganisationStatus status) => status switch
    {
        OrganisationStatus.Absent => ("未注册", "not registered"),
        OrganisationStatus.Registered => ("待核验", "waiting for verification"),
        OrganisationStatus.Verified => ("已核验", "verified"),
        OrganisationStatus.Rejected => ("已驳回", "rejected"),
        OrganisationStatus.Suspended => ("已暂停", "suspended"),
    };

    // Only what every deliverable address has: a mail sent there is the real test.
    private static Refusal? CheckMail(string? mail) =>
        mail is null || (mail.Length <= 254 && mail.IndexOf('@') is > 0 and var at && at == mail.LastIndexOf('@') && at < mail.Length - 1
            && !mail.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            ? null
            : Refusal.Invalid("mail-malformed", "电子邮箱格式不正确。", "This is not a mail address.", "contactMail");

    // Administrators register in others' names.
    private static PersonId? ByAccount(Actor actor) =>
        actor.Role is not (ActorRole.Administrator or ActorRole.System) && Id.TryParse<PersonId>(actor.Person, out var person) ? person : null;

    private static OrganisationEvent[] Happens(OrganisationEvent happened) => [happened];
}
