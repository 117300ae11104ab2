namespace Marketplace.Domain.Agreements;

/// <summary>Who affirms that a report is complete and true.</summary>
public sealed record SalesAffirmation(string Name, string Position)
{
    private const int MostCharacters = 100;

    /// <summary>Refuses with <c>affirmation-missing</c>.</summary>
    public static Refusal? Check(SalesAffirmation? affirmation, string field) =>
        !IsGiven(affirmation?.Name) ? Missing($"{field}.name")
        : !IsGiven(affirmation!.Position) ? Missing($"{field}.position")
        : null;

    private static bool IsGiven(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= MostCharacters;

    private static Refusal Missing(string field) => Refusal.Invalid(
        "affirmation-missing", $"请写明确认报告完整、真实的人的姓名和职务（各{MostCharacters}字以内）。",
        $"Name the person who affirms that the report is complete and true, and their position, each in at most {MostCharacters} characters.", field);
}

/// <summary>The file that the totals of a report come from.</summary>
/// <param name="Sha256">Hexadecimal, of its bytes.</param>
/// <param name="Rows">Lines of sales in it.</param>
public sealed record SalesSheetFile(string Name, string Sha256, int Bytes, int Rows);

/// <summary>What the company itself said of a period, as last corrected.</summary>
/// <param name="Affirmation">Null: reported before anybody had to affirm.</param>
/// <param name="Sheet">Null: the figures were typed.</param>
public sealed record SalesStatement(long GrossMinor, IReadOnlyList<SalesDeduction> Deductions, DateOnly On, SalesAffirmation? Affirmation, SalesSheetFile? Sheet)
{
    public long DeductionsMinor => Deductions.Sum(d => d.AmountMinor);
}

/// <summary>An invoice for sales of a period, whoever laid it before us.</summary>
/// <param name="By">None: an administrator.</param>
/// <param name="Invoice">Its number; each counts once.</param>
/// <param name="FileHash">SHA-256, hexadecimal, of the file of the invoice.</param>
public sealed record SalesEvidence(int Period, Party By, string Invoice, DateOnly IssuedOn, long AmountMinor, string FileHash);

/// <summary>What the company expects to sell net in a month, of this period and those after it.</summary>
public sealed record MonthlyForecast(int FromPeriod, long NetMinor, DateOnly On);
