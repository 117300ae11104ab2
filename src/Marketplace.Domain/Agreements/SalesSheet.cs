using System.Globalization;
using System.Text.RegularExpressions;
using Marketplace.Domain.Licensing;

namespace Marketplace.Domain.Agreements;

/// <summary>A table as it was typed, before anybody reads numbers into it. The first row names the columns.</summary>
public sealed record SheetTable(IReadOnlyList<SheetRow> Rows);

/// <param name="Number">As the program shows it in which the table was typed, from 1.</param>
public sealed record SheetRow(int Number, IReadOnlyList<SheetCell> Cells);

/// <param name="Text">What was typed; of a number its exact decimal digits.</param>
/// <param name="IsResultOfFormula">It was computed, and not to a number: nobody typed it and nothing can be read from it.</param>
public readonly record struct SheetCell(string Text, bool IsResultOfFormula = false)
{
    public bool IsBlank => !IsResultOfFormula && string.IsNullOrWhiteSpace(Text);
}

/// <summary>Totals of a table of sales, all of whose rows are in order.</summary>
/// <param name="Rows">Lines of sales, blank ones not counted.</param>
/// <param name="Quantity">Sum of the quantities that are told.</param>
/// <param name="Deductions">By kind, in the order of their columns; those that come to nothing are left out.</param>
/// <param name="Units">The quantity, where a clause counts units; else 0.</param>
public sealed record SalesSheetTotals(int Rows, decimal Quantity, Money Gross, IReadOnlyList<SalesDeduction> Deductions, Money Net, long Units);

/// <param name="Totals">Null when anything is wrong.</param>
/// <param name="Faults">All that is wrong, the first <see cref="SalesSheet.MostFaultsTold"/> of it.</param>
/// <param name="FaultCount">How much is wrong altogether.</param>
public sealed record SalesSheetReading(int Rows, SalesSheetTotals? Totals, IReadOnlyList<RowFault> Faults, int FaultCount);

/// <summary>
/// Reads lines of sales: product, customer's country, quantity, unit price, gross, currency, and a column for each kind of deduction. Everything
/// that is wrong is collected, so that a table is mended once.
/// </summary>
public sealed partial class SalesSheet
{
    /// <summary>Lines of sales of one report.</summary>
    public const int MaxRows = 20_000;

    public const int MaxColumns = 40;

    public const int MostFaultsTold = 100;

    private const int MostCharacters = 200;
    private const int QuantityDecimals = 4;

    private static readonly (Column Column, string Zh, string En, string[] Also)[] Names =
    [
        (Column.Product, "产品", "Product", ["产品名称"]),
        (Column.Country, "客户国家/地区", "Customer country", ["客户国家", "country"]),
        (Column.Quantity, "数量", "Quantity", []),
        (Column.UnitPrice, "单价", "Unit price", []),
        (Column.Gross, "销售额", "Gross", ["毛额", "gross sales"]),
        (Column.Currency, "币种", "Currency", []),
    ];

    private static readonly BilingualText DeductionPrefix = new("扣除：", "Deduction: ");

    private readonly Currency currency;
    private readonly bool countsUnits;
    private readonly List<RowFault> faults = [];
    private readonly SortedDictionary<int, (string Header, Column Column, string Kind)> columns = [];
    private readonly SortedDictionary<int, long> deductionsMinor = [];
    private int faultCount;
    private int rows;
    private decimal quantity;
    private long grossMinor;

    private SalesSheet(Currency currency, bool countsUnits) => (this.currency, this.countsUnits) = (currency, countsUnits);

    private enum Column
    {
        Product,
        Country,
        Quantity,
        UnitPrice,
        Gross,
        Currency,
        Deduction,
    }

    /// <param name="terms">Of the agreement: say the currency, and whether units are counted.</param>
    public static SalesSheetReading Read(SheetTable table, AgreementTerms terms)
    {
        var sheet = new SalesSheet(terms.Currency, terms.Payments.Any(p => p is UnitRoyalty));
        if (table.Rows.Count == 0 || !sheet.ReadHeader(table.Rows[0]))
        {
            sheet.WhenEmpty(table);
            return new SalesSheetReading(0, null, sheet.faults, sheet.faultCount);
        }

        foreach (var row in table.Rows.Skip(1).Where(r => r.Cells.Any(c => !c.IsBlank)))
        {
            sheet.rows++;
            sheet.ReadRow(row);
        }

        sheet.WhenEmpty(table);
        if (sheet.faultCount == 0 && sheet.deductionsMinor.Values.Sum(d => (decimal)d) > sheet.grossMinor)
        {
            sheet.Fault(table.Rows[0].Number, "", "", "deductions-exceed-sales", "扣除额之和不能超过销售额。", "Deductions cannot exceed the sales.");
        }

        return new SalesSheetReading(sheet.rows, sheet.faultCount == 0 ? sheet.Totals() : null, sheet.faults, sheet.faultCount);
    }

    /// <summary>The first row of an empty table: all columns, and one for each kind of deduction.</summary>
    public static IReadOnlyList<string> Header(IEnumerable<string> deductionKinds, bool inEnglish) =>
    [
        .. Names.Select(n => inEnglish ? n.En : n.Zh),
        .. deductionKinds.Select(kind => (inEnglish ? DeductionPrefix.En : DeductionPrefix.Zh) + kind),
    ];

    private SalesSheetTotals Totals()
    {
        SalesDeduction[] deductions =
        [
            .. columns.Where(c => c.Value.Column == Column.Deduction && deductionsMinor[c.Key] > 0).Select(c => new SalesDeduction(c.Value.Kind, deductionsMinor[c.Key])),
        ];
        return new SalesSheetTotals(
            rows, quantity, new Money(grossMinor, currency), deductions, new Money(checked(grossMinor - deductions.Sum(d => d.AmountMinor)), currency),
            countsUnits ? (long)quantity : 0);
    }

    private void WhenEmpty(SheetTable table)
    {
        if (rows == 0 && faultCount == 0)
        {
            Fault(table.Rows.Count == 0 ? 1 : table.Rows[0].Number, "", "", "sheet-empty", "文件中没有销售明细。", "There are no lines of sales in the file.");
        }
    }

    private bool ReadHeader(SheetRow header)
    {
        for (var i = 0; i < header.Cells.Count; i++)
        {
            var typed = header.Cells[i].Text.Trim();
            if (header.Cells[i].IsBlank)
            {
                continue;
            }

            if (Known(typed) is not { } known)
            {
                Fault(header.Number, Letters(i), typed, "column-unknown", "不认识这一列；扣除列请写作“扣除：种类”。", "This column is unknown; a column of deductions is called \"Deduction: kind\".");
            }
            else if (columns.Values.Any(c => c.Column == known.Column && (known.Column != Column.Deduction || c.Kind == known.Kind)))
            {
                Fault(header.Number, Letters(i), typed, "column-twice", "这一列出现了两次。", "This column is there twice.");
            }
            else
            {
                columns[i] = (InputText.Shown(typed), known.Column, known.Kind);
                deductionsMinor[i] = 0;
            }
        }

        foreach (var missing in Names.Where(n => columns.Values.All(c => c.Column != n.Column)))
        {
            Fault(header.Number, "", "", "column-missing", $"缺少“{missing.Zh}”列。", $"The column \"{missing.En}\" is missing.");
        }

        return faultCount == 0;
    }

    private static (Column Column, string Kind)? Known(string typed)
    {
        var narrow = Spaces().Replace(InputText.Narrow(typed).Trim(), " ");
        foreach (var name in Names)
        {
            if (name.Also.Append(name.Zh).Append(name.En).Contains(narrow, StringComparer.OrdinalIgnoreCase))
            {
                return (name.Column, "");
            }
        }

        foreach (var prefix in new[] { DeductionPrefix.Zh, DeductionPrefix.En }.Select(p => InputText.Narrow(p).Trim()))
        {
            if (narrow.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && narrow[prefix.Length..].Trim() is { Length: > 0 and <= 100 } kind && !LooksLikeFormula(kind))
            {
                return (Column.Deduction, kind);
            }
        }

        return null;
    }

    private void ReadRow(SheetRow row)
    {
        decimal? rowQuantity = null;
        long? priceMinor = null, rowGrossMinor = null;
        var before = faultCount;
        foreach (var (place, (name, column, _)) in columns)
        {
            var cell = place < row.Cells.Count ? row.Cells[place] : new SheetCell("");
            if (cell.IsResultOfFormula)
            {
                Fault(row, name, cell, "cell-formula", "公式的结果不是数字；请填写数值本身。", "The formula gives no number; write the value itself.");
                continue;
            }

            switch (column)
            {
                case Column.Product or Column.Country:
                    ReadText(row, name, cell);
                    break;
                case Column.Currency:
                    ReadCurrency(row, name, cell);
                    break;
                case Column.Quantity:
                    rowQuantity = Number(row, name, cell, QuantityDecimals, AgreementTerms.MaxUnits, isRequired: countsUnits);
                    break;
                case Column.UnitPrice:
                    priceMinor = Minor(row, name, cell, isRequired: false);
                    break;
                case Column.Gross:
                    rowGrossMinor = Minor(row, name, cell, isRequired: true);
                    break;
                case Column.Deduction:
                    deductionsMinor[place] = checked(deductionsMinor[place] + (Minor(row, name, cell, isRequired: false) ?? 0));
                    break;
            }
        }

        CheckOutside(row);
        if (rowQuantity is { } count && countsUnits && count != decimal.Truncate(count))
        {
            Fault(row, NameOf(Column.Quantity), Place(row, Column.Quantity), "quantity-not-whole", "合同按件计提成：数量须为整数。", "The agreement counts units: a quantity is a whole number.");
        }

        if (before == faultCount && rowQuantity is { } q && priceMinor is { } price && rowGrossMinor is { } told && Product(q, price) is var expected && expected != told)
        {
            Fault(
                row, NameOf(Column.Gross), Place(row, Column.Gross), "gross-differs",
                $"销售额与数量×单价不符：应为 {Plain(expected)}。", $"Gross is not quantity × unit price, which is {Plain(expected)}.");
        }

        quantity += rowQuantity ?? 0;
        grossMinor = checked(grossMinor + (rowGrossMinor ?? 0));
    }

    /// <summary>Rounded once, half to even. Null: more than any sum may be, so that nothing agrees with it.</summary>
    private static long? Product(decimal quantity, long priceMinor)
    {
        var scaled = (Int128)(quantity * 10_000) * priceMinor;
        return scaled > (Int128)AgreementTerms.MaxAmountMinor * 10_000 ? null : Rounding.HalfEven(scaled, 10_000);
    }

    private void ReadText(SheetRow row, string name, SheetCell cell)
    {
        if (cell.IsBlank)
        {
            Fault(row, name, cell, "cell-missing", "此格不能为空。", "This cell must not be empty.");
        }
        else if (LooksLikeFormula(cell.Text))
        {
            Fault(row, name, cell, "cell-looks-like-formula", "文字不能以 = + - @ 开头。", "A text must not begin with = + - or @.");
        }
        else if (cell.Text.Length > MostCharacters)
        {
            Fault(row, name, cell, "text-too-long", $"最多{MostCharacters}字。", $"At most {MostCharacters} characters.");
        }
    }

    private void ReadCurrency(SheetRow row, string name, SheetCell cell)
    {
        if (!string.Equals(InputText.Narrow(cell.Text).Trim(), currency.Code, StringComparison.OrdinalIgnoreCase))
        {
            Fault(row, name, cell, "currency-differs", $"合同币种为 {currency.Code}。", $"The agreement is in {currency.Code}.");
        }
    }

    private void CheckOutside(SheetRow row)
    {
        for (var i = 0; i < row.Cells.Count; i++)
        {
            if (!row.Cells[i].IsBlank && !columns.ContainsKey(i))
            {
                Fault(row, Letters(i), row.Cells[i], "cell-outside-columns", "此格上方没有列名。", "No column is named above this cell.");
            }
        }
    }

    private long? Minor(SheetRow row, string name, SheetCell cell, bool isRequired)
    {
        var perMajor = 1L;
        for (var i = 0; i < currency.Exponent; i++)
        {
            perMajor *= 10;
        }

        return Number(row, name, cell, currency.Exponent, (decimal)AgreementTerms.MaxAmountMinor / perMajor, isRequired) is { } major ? (long)(major * perMajor) : null;
    }

    private decimal? Number(SheetRow row, string name, SheetCell cell, int decimals, decimal most, bool isRequired)
    {
        if (cell.IsBlank)
        {
            if (isRequired)
            {
                Fault(row, name, cell, "cell-missing", "此格不能为空。", "This cell must not be empty.");
            }

            return null;
        }

        var text = InputText.Narrow(cell.Text).Trim();
        if (!WellFormed().IsMatch(text) || !decimal.TryParse(text.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            Fault(row, name, cell, "number-malformed", "不是数字，例如 1234.56 或 1,234.56。", "This is no number such as 1234.56 or 1,234.56.");
        }
        else if (number < 0)
        {
            Fault(row, name, cell, "number-negative", "不能为负；退货和折让请填入扣除列。", "Must not be negative; returns and rebates go into a column of deductions.");
        }
        else if (number > most)
        {
            Fault(row, name, cell, "number-too-large", "超过系统上限。", "Above the limit of the system.");
        }
        else if (decimal.Round(number, decimals) != number)
        {
            Fault(row, name, cell, "decimals-too-many", $"最多{decimals}位小数。", $"At most {decimals} decimals.");
        }
        else
        {
            return number;
        }

        return null;
    }

    private string Plain(long? minor) => minor is { } known ? new Money(known, currency).ToString() : "—";

    private string NameOf(Column column) => columns.Values.First(c => c.Column == column).Header;

    private SheetCell Place(SheetRow row, Column column) => row.Cells[columns.First(c => c.Value.Column == column).Key];

    private static bool LooksLikeFormula(string text) => InputText.Narrow(text).TrimStart() is ['=' or '+' or '-' or '@', ..];

    private void Fault(SheetRow row, string column, SheetCell cell, string code, string zh, string en) => Fault(row.Number, column, cell.Text, code, zh, en);

    private void Fault(int row, string column, string value, string code, string zh, string en)
    {
        faultCount++;
        if (faults.Count < MostFaultsTold)
        {
            faults.Add(new RowFault(row, column, InputText.Shown(value, MostCharacters), code, zh, en));
        }
    }

    /// <summary>0 is A, 26 is AA.</summary>
    private static string Letters(int place) => place < 26 ? $"{(char)('A' + place)}" : $"{Letters((place / 26) - 1)}{(char)('A' + (place % 26))}";

    [GeneratedRegex(@"^-?([0-9]{1,20}|[0-9]{1,3}(,[0-9]{3}){1,6})(\.[0-9]{1,20})?$")]
    private static partial Regex WellFormed();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
