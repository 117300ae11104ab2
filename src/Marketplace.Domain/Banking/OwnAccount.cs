namespace Marketplace.Domain.Banking;

/// <summary>One of the platform's own bank accounts: what its statements are booked on, and what it pays from.</summary>
/// <param name="Account">Null: nobody has registered it.</param>
public sealed record OwnAccount(BankAccount? Account, Currency? Currency, bool IsClosed)
{
    public bool IsOpen => Account is not null && !IsClosed;
}

public abstract record OwnAccountCommand;

public sealed record RegisterBankAccount(BankAccount Account, Currency Currency) : OwnAccountCommand;

/// <summary>Nothing is paid from it any more. Its last statements are still taken: what they say has happened.</summary>
public sealed record CloseBankAccount(string Reason) : OwnAccountCommand;

public abstract record OwnAccountEvent;

/// <param name="Account">Its number as <see cref="StatementAccount.Normal"/> writes it.</param>
public sealed record BankAccountRegistered(BankAccount Account, Currency Currency, DateOnly On) : OwnAccountEvent;

public sealed record BankAccountClosed(string Reason, DateOnly On) : OwnAccountEvent;

public sealed class OwnAccountRules : IAggregate<OwnAccount, OwnAccountCommand, OwnAccountEvent>
{
    public const int MaxReasonCharacters = 500;

    private OwnAccountRules() { }

    public static OwnAccount Initial { get; } = new(null, null, false);

    public static Result<IReadOnlyList<OwnAccountEvent>> Decide(OwnAccount state, OwnAccountCommand command, CommandContext context) =>
        Authority.AdministratorOnly(context.Actor) is { } forbidden ? forbidden : command switch
        {
            RegisterBankAccount c => Register(state, c, context),
            CloseBankAccount c => Close(state, c, context),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
        };

    public static OwnAccount Apply(OwnAccount state, OwnAccountEvent happened) => happened switch
    {
        BankAccountRegistered e => new OwnAccount(e.Account, e.Currency, false),
        BankAccountClosed => state with { IsClosed = true },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };

    private static Result<IReadOnlyList<OwnAccountEvent>> Register(OwnAccount state, RegisterBankAccount c, CommandContext context)
    {
        if (c.Currency == default)
        {
            return Refusal.Invalid("currency-missing", "请注明币种。", "Name the currency.", "currency");
        }

        var account = c.Account with { Number = StatementAccount.Normal(c.Account.Number) };
        return account.Check("account") is { } wrong ? wrong
            : state.IsOpen ? Refusal.State("bank-account-registered", "该账户已登记。", "This account is registered already.")
            : Result<IReadOnlyList<OwnAccountEvent>>.Of([new BankAccountRegistered(account, c.Currency, context.Today)]);
    }

    private static Result<IReadOnlyList<OwnAccountEvent>> Close(OwnAccount state, CloseBankAccount c, CommandContext context) =>
        state.Account is null ? Refusal.NotFound()
        : state.IsClosed ? Refusal.State("bank-account-closed", "该账户已关闭。", "This account is closed already.")
        : BilingualText.CheckRequired(c.Reason, "reason", MaxReasonCharacters) is { } wordless ? wordless
        : Result<IReadOnlyList<OwnAccountEvent>>.Of([new BankAccountClosed(c.Reason, context.Today)]);
}
