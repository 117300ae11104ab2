namespace Marketplace.Domain.Invoicing;

/// <summary>Which agreement a fapiao belongs to: the first that recorded its number, for good.</summary>
public sealed record FapiaoRegisterState(AgreementId? Agreement);

public abstract record FapiaoCommand;

/// <summary>An agreement is to record a fapiao of this number.</summary>
public sealed record TakeFapiaoNumber(FapiaoNumber Number, AgreementId Agreement) : FapiaoCommand;

public abstract record FapiaoEvent;

public sealed record FapiaoNumberTaken(FapiaoNumber Number, AgreementId Agreement) : FapiaoEvent;

/// <summary>One number of a fapiao: the lock that keeps two agreements from recording the same one. A record that was withdrawn may come back where it was, and nowhere else.</summary>
public sealed class FapiaoRegister : IAggregate<FapiaoRegisterState, FapiaoCommand, FapiaoEvent>
{
    private FapiaoRegister() { }

    public static FapiaoRegisterState Initial { get; } = new(Agreement: null);

    public static Result<IReadOnlyList<FapiaoEvent>> Decide(FapiaoRegisterState state, FapiaoCommand command, CommandContext context) => command switch
    {
        _ when context.Actor.Role is not (ActorRole.Lab or ActorRole.Administrator) => Refusal.Forbidden(
            "not-your-part", "发票由实验室或管理员登记。", "Fapiao are recorded by the laboratory or an administrator."),
        TakeFapiaoNumber c when state.Agreement is null => Result<IReadOnlyList<FapiaoEvent>>.Of([new FapiaoNumberTaken(c.Number, c.Agreement)]),
        TakeFapiaoNumber c when state.Agreement == c.Agreement => Result<IReadOnlyList<FapiaoEvent>>.Of([]),
        TakeFapiaoNumber => Refusal.State(
            "fapiao-of-another-agreement", "该发票号码已登记在另一份合同下。", "A fapiao of this number is recorded under another agreement.") with { Field = "number" },
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Unknown command"),
    };

    public static FapiaoRegisterState Apply(FapiaoRegisterState state, FapiaoEvent happened) => happened switch
    {
        FapiaoNumberTaken e => new(e.Agreement),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Unknown event"),
    };
}
