using System.Globalization;
using System.Text;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Host.Components.Parts;

namespace Marketplace.Host.Components.Bank;

/// <summary>A mapping of columns as it is typed: each member of <see cref="CsvMapping"/> under its own name, lists with a comma between.</summary>
public static class CsvMappingForm
{
    /// <summary>Every field, as refusals name them.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "name", "encoding", "delimiter", "headerLine", "date.column", "date.format", "time.column", "time.format", "amount.credit", "amount.debit", "amount.single",
        "amount.direction", "amount.creditWords", "amount.debitWords", "balance", "counterparty.name", "counterparty.account", "counterparty.nameOfDebits",
        "counterparty.accountOfDebits", "remittance", "servicerReference", "account", "fixedAccount", "currency", "fixedCurrency", "ignoredDates",
        "thousandsSeparator", "decimalSeparator", "sample",
    ];

    public static BilingualText NameOf(string bank) => bank switch
    {
        "ICBC" => new("工商银行", "ICBC"),
        "CCB" => new("建设银行", "CCB"),
        "BOC" => new("中国银行", "Bank of China"),
        "ABC" => new("农业银行", "ABC"),
        "CMB" => new("招商银行", "CMB"),
        _ => new(bank, bank),
    };

    public static IReadOnlyDictionary<string, string> Filled(CsvMapping m) => new Dictionary<string, string?>
    {
        ["name"] = m.Name,
        ["encoding"] = m.Encoding.ToString(),
        ["delimiter"] = Told(m.Delimiter),
        ["headerLine"] = m.HeaderLine?.ToString(CultureInfo.InvariantCulture),
        ["date.column"] = m.Date.Column,
        ["date.format"] = m.Date.Format,
        ["time.column"] = m.Time?.Column,
        ["time.format"] = m.Time?.Format,
        ["amount.credit"] = m.Amount.Credit,
        ["amount.debit"] = m.Amount.Debit,
        ["amount.single"] = m.Amount.Single,
        ["amount.direction"] = m.Amount.Direction,
        ["amount.creditWords"] = Listed(m.Amount.CreditWords),
        ["amount.debitWords"] = Listed(m.Amount.DebitWords),
        ["balance"] = m.Balance,
        ["counterparty.name"] = m.Counterparty?.Name,
        ["counterparty.account"] = m.Counterparty?.Account,
        ["counterparty.nameOfDebits"] = m.Counterparty?.NameOfDebits,
        ["counterparty.accountOfDebits"] = m.Counterparty?.AccountOfDebits,
        ["remittance"] = Listed(m.Remittance),
        ["servicerReference"] = m.ServicerReference,
        ["account"] = m.Account,
        ["fixedAccount"] = m.FixedAccount,
        ["currency"] = m.Currency,
        ["fixedCurrency"] = m.FixedCurrency,
        ["ignoredDates"] = Listed(m.IgnoredDates),
        ["thousandsSeparator"] = m.ThousandsSeparator?.ToString(),
        ["decimalSeparator"] = m.DecimalSeparator.ToString(),
    }.Where(f => f.Value is not null).ToDictionary(f => f.Key, f => f.Value!, StringComparer.Ordinal);

    /// <summary>What stands in the form; whether that can be read with, the mapping says itself.</summary>
    public static CsvMapping Read(TypedForm form) => new(
        form.Text("name"),
        form.Typed("encoding") == nameof(CsvEncoding.Gb18030) ? CsvEncoding.Gb18030 : CsvEncoding.Utf8,
        form.Typed("delimiter") switch { "tab" => '\t', [var one] => one, _ => ',' },
        form.TextOrNull("headerLine") is { } line ? int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0 : null,
        new CsvMoment(form.Text("date.column"), form.Text("date.format")),
        form.TextOrNull("time.column") is { } time ? new CsvMoment(time, form.Text("time.format")) : null,
        new CsvAmount(
            form.TextOrNull("amount.credit"), form.TextOrNull("amount.debit"), form.TextOrNull("amount.single"), form.TextOrNull("amount.direction"),
            List(form, "amount.creditWords"), List(form, "amount.debitWords")),
        form.TextOrNull("balance"),
        new[] { "name", "account", "nameOfDebits", "accountOfDebits" }.Any(f => form.TextOrNull($"counterparty.{f}") is not null)
            ? new CsvParty(
                form.TextOrNull("counterparty.name"), form.TextOrNull("counterparty.account"), form.TextOrNull("counterparty.nameOfDebits"), form.TextOrNull("counterparty.accountOfDebits"))
            : null,
        List(form, "remittance"),
        form.TextOrNull("servicerReference"),
        form.TextOrNull("account"),
        form.TextOrNull("fixedAccount"),
        form.TextOrNull("currency"),
        form.TextOrNull("fixedCurrency"),
        List(form, "ignoredDates"),
        form.Typed("thousandsSeparator") is [var thousands] ? thousands : null,
        form.Typed("decimalSeparator") is [var point] ? point : '.');

    /// <summary>Pasted lines as the bank would have written them.</summary>
    public static byte[] Sample(string pasted, CsvEncoding encoding) =>
        (encoding == CsvEncoding.Gb18030 ? CodePagesEncodingProvider.Instance.GetEncoding("GB18030")! : Encoding.UTF8).GetBytes(pasted);

    private static string Told(char delimiter) => delimiter == '\t' ? "tab" : delimiter.ToString();

    private static string Listed(IReadOnlyList<string> words) => string.Join(", ", words);

    private static IReadOnlyList<string> List(TypedForm form, string field) => form.Typed(field).Split([',', '，', '、'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
