namespace Marketplace.Domain.Banking;

/// <summary>An account that an organisation wants to be paid on; a laboratory's inventors are paid on accounts that it has registered.</summary>
/// <param name="Reason">Why it was rejected or closed.</param>
public sealed record PayoutAccount(PayoutAccountStatus Status, OrganisationId Organisation, BankAccount? Account, string? Reason);

public enum PayoutAccountStatus
{
    None,

    /// <summary>An administrator has to see that it is who it says.</summary>
    Registered,

    Verified,
    Rejected,
    Closed,
}

public abstract record PayoutAccountCommand;

public sealed record RegisterPayoutAccount(OrganisationId Organisation, BankAccount Account) : PayoutAccountCommand;

public sealed record VerifyPayoutAccount : PayoutAccountCommand;

public sealed record RejectPayoutAccount(string Reason) : PayoutAccountCommand;

public sealed record ClosePayoutAccount(string Reason) : PayoutAccountCommand;

public abstract record PayoutAccountEvent;

public sealed record PayoutAccountRegistered(OrganisationId Organisation, BankAccount Account, DateOnly On) : PayoutAccountEvent;

public sealed record PayoutAccountVerified(DateOnly On) : PayoutAccountEvent;

public sealed record PayoutAccountRejected(string Reason, DateOnly On) : PayoutAccountEvent;

public sealed record PayoutAccountClosed(string Reason, DateOnly On) : PayoutAccountEvent;

public sealed class PayoutAccountRules : IAggregate<PayoutAccount, PayoutAccountCommand, PayoutAccountEvent>
{
    private PayoutAccountRules() { }

    public static PayoutAccount Initial { get; } = new(PayoutAccountStatus.None, default, null, null);

    public static Result<IReadOnlyList<PayoutAccountEvent>> Decide(PayoutAccount state, PayoutAccountCommand command, CommandContext context) => command switch
    {
        RegisterPayoutAccount c => Register(state, c, context),
        VerifyPayoutAccount => Authority.AdministratorOnly(context.Actor, state.Organisation) is { } forbidden ? forbidden
            : state.Status == PayoutAccountStatus.Registered ? Told(new PayoutAccountVerified(context.Today)) : Unfit,
        RejectPayoutAccount c => (Authority.AdministratorOnly(context.Actor, state.Organisation) ?? Worded(c.Reason)) is { } refusal ? refusal
            : state.Status == PayoutAccountStatus.Registered ? Told(new PayoutAccountRejected(c.Reason, context.Today)) : Unfit,
        ClosePayoutAccount c => (Authority.OwnerOrAdministrator(context.Actor, state.Organisation) ?? Worded(c.Reason)) is { } refusal ? refusal
            : state.Status is PayoutAccountStatus.Registered or PayoutAccountStatus.Verified ? Told(new PayoutAccountClosed(c.Reason, context.Today)) : Unfit,
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    public static PayoutAccount Apply(PayoutAccount state, PayoutAccountEvent happened) => happened switch
    {
        PayoutAccountRegistered e => new PayoutAccount(PayoutAccountStatus.Registered, e.Organisation, e.Account, null),
        PayoutAccountVerified => state with { Status = PayoutAccountStatus.Verified },
        PayoutAccountRejected e => state with { Status = PayoutAccountStatus.Rejected, Reason = e.Reason },
        PayoutAccountClosed e => state with { Status = PayoutAccountStatus.Closed, Reason = e.Reason },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Result<IReadOnlyList<PayoutAccountEvent>> Register(PayoutAccount state, RegisterPayoutAccount c, CommandContext context)
    {
        var account = c.Account with { Number = StatementAccount.Normal(c.Account.Number) };
        return (Authority.OwnerOnly(context.Actor, c.Organisation) ?? account.Check("account")) is { } refusal ? refusal
            : state.Status != PayoutAccountStatus.None ? Unfit
            : Told(new PayoutAccountRegistered(c.Organisation, account, context.Today));
    }

    private static Refusal? Worded(string reason) => BilingualText.CheckRequired(reason, "reason", OwnAccountRules.MaxReasonCharacters);

    private static Refusal Unfit => Refusal.State("payout-account-state", "该收款账户目前不能这样做。", "This cannot be done with the account as it is now.");

    private static Result<IReadOnlyList<PayoutAccountEvent>> Told(PayoutAccountEvent happened) => Result<IReadOnlyList<PayoutAccountEvent>>.Of([happened]);
}
