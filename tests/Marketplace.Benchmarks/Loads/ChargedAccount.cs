using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using Orleans;

namespace Marketplace.Benchmarks.Loads;

/// <summary>An account that is charged again and again: rules as small as rules can be, so that the engine under them is what is measured.</summary>
internal sealed class ChargedAccount : IAggregate<ChargedAccountState, ChargeFee, ChargedAccountEvent>
{
    public const string Why = "cl. 6.2: 3 % of net sales of the period";
    public const string Reminder = "reminder with pro-forma statement";

    public static readonly DateOnly DueOn = new(2026, 9, 30);

    public static ChargedAccountState Initial => new(0, 0);

    /// <summary>Every second charge sends a reminder too.</summary>
    public static Result<IReadOnlyList<ChargedAccountEvent>> Decide(ChargedAccountState state, ChargeFee command, CommandContext context)
    {
        var charged = new FeeCharged(state.Charges + 1, "royalty", command.Amount, DueOn, Why);
        IReadOnlyList<ChargedAccountEvent> events = charged.Number % 2 == 0
            ? [charged, new ReminderSent(charged.Number, DueOn, Reminder)]
            : [charged];
        return Result<IReadOnlyList<ChargedAccountEvent>>.Of(events);
    }

    public static ChargedAccountState Apply(ChargedAccountState state, ChargedAccountEvent happened) => happened switch
    {
        FeeCharged charged => new(charged.Number, checked(state.OwedMinor + charged.Amount.AmountMinor)),
        _ => state,
    };
}

[GenerateSerializer, Immutable]
internal sealed record ChargedAccountState([property: Id(0)] int Charges, [property: Id(1)] long OwedMinor);

[GenerateSerializer, Immutable]
internal sealed record ChargeFee([property: Id(0)] Money Amount);

internal abstract record ChargedAccountEvent;

internal sealed record FeeCharged(int Number, string Kind, Money Amount, DateOnly DueOn, string Why) : ChargedAccountEvent;

internal sealed record ReminderSent(int Number, DateOnly DueOn, string Reason) : ChargedAccountEvent;

[ReadTable("charged_accounts")]
internal sealed record ChargedAccountRow(string Account, string Kind, string Status, DateOnly DueOn, string Currency, int Charges, long OwedMinor) : IReadRow
{
    /// <summary>Fits both databases.</summary>
    public const string Table = """
        create table charged_accounts (
            account text not null primary key, kind text not null, status text not null, due_on date not null,
            currency text not null, charges integer not null, owed_minor bigint not null)
        """;
}

[Stream("charged")]
internal interface IChargedAccountGrain : IJournaledGrain<ChargedAccountState>;

internal sealed class ChargedAccountGrain(Surroundings around)
    : JournaledGrain<ChargedAccountState, ChargeFee, ChargedAccountEvent, ChargedAccount>(around), IChargedAccountGrain
{
    protected override IEnumerable<IReadRow> Rows(ChargedAccountState state) =>
        [new ChargedAccountRow(Key, "royalty", "due", ChargedAccount.DueOn, Currency.Cny.Code, state.Charges, state.OwedMinor)];

    protected override IEnumerable<Entry> EntriesOf(ChargedAccountEvent happened) => happened is FeeCharged { Amount: var amount }
        ? Entry.Of(
            amount.Currency,
            Entry.Debit(ChartOfAccounts.ReceivablePrincipal, amount.AmountMinor), Entry.Credit(ChartOfAccounts.LabUncollected, amount.AmountMinor))
        : [];
}
