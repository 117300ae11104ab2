namespace Marketplace.Domain;

/// <summary>
/// Why a command is refused: something a user may do wrong, so it is returned and never thrown.
/// Becomes problem+json in one place.
/// </summary>
/// <param name="Kind">Decides the HTTP status.</param>
/// <param name="Code">Stable, kebab-case, for programs: <c>terms-weights-not-whole</c>.</param>
/// <param name="Zh">A sentence for people, Chinese.</param>
/// <param name="En">The same sentence, English.</param>
/// <param name="Field">Path of the input field at fault, camelCase (<c>terms.plan[0].amountMinor</c>), or null.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Zh, string En, string? Field = null)
{
    public static Refusal Invalid(string code, string zh, string en, string? field = null) => new(RefusalKind.Invalid, code, zh, en, field);

    public static Refusal State(string code, string zh, string en) => new(RefusalKind.State, code, zh, en);

    public static Refusal NotFound(string zh = "没有找到。", string en = "Not found.") => new(RefusalKind.NotFound, "not-found", zh, en);

    public static Refusal Forbidden(string code, string zh, string en) => new(RefusalKind.Forbidden, code, zh, en);

    /// <summary>What is wrong in single cells of a table that was sent; null when none was.</summary>
    public IReadOnlyList<RowFault>? Rows { get; init; }

    /// <summary>The same refusal, said of a field that lies deeper in the request.</summary>
    public Refusal Under(string prefix) => this with { Field = Field is null ? prefix : $"{prefix}.{Field}" };
}

/// <summary>What is wrong in one cell of a table.</summary>
/// <param name="Row">As the program shows it in which the table was typed, from 1.</param>
/// <param name="Column">Its name, or letters where it has none; empty: the whole row.</param>
/// <param name="Value">As typed, its beginning.</param>
public sealed record RowFault(int Row, string Column, string Value, string Code, string Zh, string En);

public enum RefusalKind
{
    /// <summary>422: well-formed, but the values break a rule.</summary>
    Invalid,

    /// <summary>409: the thing is in a state that does not allow this command.</summary>
    State,

    /// <summary>404: not there, or not yours.</summary>
    NotFound,

    /// <summary>403: yours, but your role may not do this.</summary>
    Forbidden,

    /// <summary>401: nobody may do this without saying who they are.</summary>
    Anonymous,
}

/// <summary>Either a value or the reason why there is none.</summary>
public readonly struct Result<T>
{
    private readonly T? value;

    private Result(T? value, Refusal? refusal) => (this.value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    public bool IsRefused => Refusal is not null;

    /// <exception cref="InvalidOperationException">Refused: ask <see cref="IsRefused"/> first.</exception>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"Refused: {Refusal.Code}: {Refusal.En}");

    /// <summary>For interfaces, which C# does not convert by itself.</summary>
    public static Result<T> Of(T value) => new(value, null);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);
}
