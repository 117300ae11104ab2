using System.Globalization;
using Marketplace.Application.Banking;
using Marketplace.Domain;
using Marketplace.Domain.Banking;

namespace Marketplace.Payments.Bank;

/// <summary>One line of an export, as the mapping reads it.</summary>
internal sealed class CsvRow(CsvMapping mapping, CsvColumns columns, string[] cells, int line)
{
    // As Chinese banks call them besides the codes of ISO 4217.
    private static readonly Dictionary<string, string> CurrencyNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["人民币"] = "CNY", ["人民币元"] = "CNY", ["RMB"] = "CNY", ["156"] = "CNY",
        ["美元"] = "USD", ["840"] = "USD",
        ["欧元"] = "EUR", ["978"] = "EUR",
        ["港币"] = "HKD", ["港元"] = "HKD", ["344"] = "HKD",
        ["日元"] = "JPY", ["日圆"] = "JPY", ["392"] = "JPY",
        ["英镑"] = "GBP", ["826"] = "GBP",
    };

    public int Line => line;

    /// <summary>The totals at the end: no date, or a word in its place.</summary>
    public bool IsTotal => Cell(mapping.Date.Column) is var date
        && (date.Length == 0 || mapping.IgnoredDates.Any(word => date.StartsWith(word, StringComparison.Ordinal)));

    /// <summary>What the account holds after the line; null when the export has no balances.</summary>
    public Money? Balance { get; private set; }

    public DateOnly BookedOn { get; private set; }

    public StatementAccount Account()
    {
        if (cells.Length <= columns.Last)
        {
            throw StatementRefusedException.At(
                line, "statement-columns-too-few", $"此行只有 {cells.Length} 列，列名有 {columns.Last + 1} 列以上。", $"This line has {cells.Length} columns, and the names go to {columns.Last + 1}.");
        }

        var number = StatementAccount.Normal(mapping.FixedAccount ?? Cell(mapping.Account!));
        if (number.Length is 0 or > StatementAccount.MaxCharacters)
        {
            throw Bad("statement-account-missing", mapping.Account ?? "", "账号缺失或过长。", "The account is missing or too long.");
        }

        var currency = mapping.FixedCurrency ?? Cell(mapping.Currency!);
        var known = Currency.Parse(CurrencyNames.GetValueOrDefault(currency, currency));
        return known.IsRefused
            ? throw Bad("statement-currency-unknown", mapping.Currency ?? "", "不认识这种货币。", "The currency is unknown.")
            : new StatementAccount(number, known.Value);
    }

    /// <summary>Null when the line moves nothing.</summary>
    public StatementEntry? Entry(StatementAccount account)
    {
        var (bookedOn, bookedAt) = Moment();
        BookedOn = bookedOn;
        Balance = mapping.Balance is { } column ? Number(column, account.Currency) ?? throw Bad("statement-balance-missing", column, "余额缺失。", "The balance is missing.") : null;
        var signed = Signed(account.Currency);
        if (signed.IsZero)
        {
            return null;
        }

        var party = mapping.Counterparty;
        var name = signed.IsPositive ? party?.Name : party?.NameOfDebits ?? party?.Name;
        var number = signed.IsPositive ? party?.Account : party?.AccountOfDebits ?? party?.Account;
        return new StatementEntry(
            line, bookedOn, bookedAt, null, signed.IsPositive ? signed : -signed, signed.IsPositive, false,
            mapping.ServicerReference is { } reference ? CamtValues.Reference(Cell(reference)) : null, null,
            Told(name), Told(number) is { } typed ? StatementAccount.Normal(typed) : null,
            string.Join(' ', mapping.Remittance.Select(Cell).Where(text => text.Length > 0)), null, Balance, null, null);
    }

    /// <summary>More than zero arrived, less left.</summary>
    private Money Signed(Currency currency)
    {
        var amount = mapping.Amount;
        if (amount.Single is { } single)
        {
            var money = Number(single, currency) ?? throw Bad("statement-amount-missing", single, "金额缺失。", "The amount is missing.");
            return amount.Direction is { } direction ? Directed(money, direction) : money;
        }

        var (credit, debit) = (Number(amount.Credit!, currency) ?? Money.Zero(currency), Number(amount.Debit!, currency) ?? Money.Zero(currency));
        if (!credit.IsZero && !debit.IsZero)
        {
            throw Bad("statement-direction-unknown", amount.Debit!, "借、贷两列都有金额。", "Both debit and credit have an amount.");
        }

        // A debit is written with a minus by some banks and without by others; a negative credit is taken back (红字).
        return credit.IsZero ? debit.IsPositive ? -debit : debit : credit;
    }

    private Money Directed(Money money, string column)
    {
        var word = Cell(column);
        return mapping.Amount.CreditWords.Contains(word) ? money
            : !mapping.Amount.DebitWords.Contains(word) ? throw Bad("statement-direction-unknown", column, "不认识借贷方向。", "The direction is unknown.")
            : money.IsPositive ? -money
            : money;
    }

    private Money? Number(string column, Currency currency)
    {
        var typed = Cell(column);
        if (typed.Length == 0 || typed.All(c => c is '-' or '—'))
        {
            return null;
        }

        var digits = mapping.ThousandsSeparator is { } thousands ? typed.Replace(thousands.ToString(), "", StringComparison.Ordinal) : typed;
        return mapping.DecimalSeparator == ',' && digits.Contains('.', StringComparison.Ordinal)
            ? throw Bad("statement-amount-malformed", column, "金额不是数字。", "The amount is no number.")
            : AmountText.Read(digits.Replace(mapping.DecimalSeparator, '.'), currency, line, column);
    }

    private (DateOnly On, TimeOnly? At) Moment()
    {
        var at = Moment(mapping.Date);
        return at.Year is < 1990 or >= 2100
            ? throw Bad("statement-date-malformed", mapping.Date.Column, "日期超出范围。", "The date is out of range.")
            : (DateOnly.FromDateTime(at), mapping.Time is { } time ? TimeOnly.FromDateTime(Moment(time)) : mapping.Date.HasTime ? TimeOnly.FromDateTime(at) : null);
    }

    private DateTime Moment(CsvMoment moment) =>
        DateTime.TryParseExact(Cell(moment.Column), moment.Format, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var at)
            ? at
            : throw Bad("statement-date-malformed", moment.Column, $"应为 {moment.Format} 的形式。", $"This should look like {moment.Format}.");

    private string? Told(string? column) => column is not null && Cell(column) is { Length: > 0 } text ? text : null;

    private string Cell(string column) => columns[column] < cells.Length ? cells[columns[column]] : "";

    private StatementRefusedException Bad(string code, string column, string zh, string en) =>
        StatementRefusedException.At(line, code, column.Length > 0 ? $"列“{column}”：{zh}" : zh, column.Length > 0 ? $"column \"{column}\": {en}" : en, column, column.Length > 0 ? AmountText.Begin(Cell(column)) : "");
}
