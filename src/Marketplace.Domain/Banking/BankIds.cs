using System.Text.Json.Serialization;

namespace Marketplace.Domain.Banking;

/// <summary>One of the platform's own accounts at a bank, in one currency.</summary>
[JsonConverter(typeof(IdJsonConverter<BankAccountId>))]
public readonly record struct BankAccountId(string Value) : IId<BankAccountId>
{
    public static string Prefix => "bac_";
    public static BankAccountId Wrap(string value) => new(value);
    public override string ToString() => Value;

    /// <summary>The id follows from what the bank calls it, so a statement finds it and nobody registers it twice.</summary>
    public static BankAccountId For(StatementAccount account) => DerivedId.From<BankAccountId>("bank-account", StatementAccount.Normal(account.Number), account.Currency.Code);
}

[JsonConverter(typeof(IdJsonConverter<CsvMappingId>))]
public readonly record struct CsvMappingId(string Value) : IId<CsvMappingId>
{
    public static string Prefix => "csm_";
    public static CsvMappingId Wrap(string value) => new(value);
    public override string ToString() => Value;
}

[JsonConverter(typeof(IdJsonConverter<BankStatementId>))]
public readonly record struct BankStatementId(string Value) : IId<BankStatementId>
{
    public static string Prefix => "stm_";
    public static BankStatementId Wrap(string value) => new(value);
    public override string ToString() => Value;

    /// <summary>The same file is the same statement.</summary>
    /// <param name="sha256">Of the file, in hexadecimal digits.</param>
    public static BankStatementId For(string sha256) => DerivedId.From<BankStatementId>("bank-statement", sha256);
}

[JsonConverter(typeof(IdJsonConverter<BankLineId>))]
public readonly record struct BankLineId(string Value) : IId<BankLineId>
{
    public static string Prefix => "bln_";
    public static BankLineId Wrap(string value) => new(value);
    public override string ToString() => Value;

    /// <summary>The same booking is the same line, in whichever file it comes.</summary>
    public static BankLineId For(StatementEntryKey key) => DerivedId.From<BankLineId>("bank-line", key.Value);
}

/// <summary>An account on which an organisation is paid.</summary>
[JsonConverter(typeof(IdJsonConverter<PayoutAccountId>))]
public readonly record struct PayoutAccountId(string Value) : IId<PayoutAccountId>
{
    public static string Prefix => "pac_";
    public static PayoutAccountId Wrap(string value) => new(value);
    public override string ToString() => Value;
}

/// <summary>Payments that go to a bank in one file.</summary>
[JsonConverter(typeof(IdJsonConverter<PaymentBatchId>))]
public readonly record struct PaymentBatchId(string Value) : IId<PaymentBatchId>
{
    public static string Prefix => "pab_";
    public static PaymentBatchId Wrap(string value) => new(value);
    public override string ToString() => Value;
}
