namespace Marketplace.Domain.Licensing;

/// <summary>In which reporting periods a clause holds. Nothing that was billed for others changes.</summary>
/// <param name="Clause">Position in the payments.</param>
/// <param name="FromPeriod">From 1; null: from the first.</param>
/// <param name="ThroughPeriod">Null: to the last.</param>
public sealed record ClauseTime(int Clause, int? FromPeriod, int? ThroughPeriod);

/// <summary>What an amendment changes: clauses on reports end before a period, and others begin with it.</summary>
/// <param name="Ended">Positions in the payments.</param>
public sealed record AmendmentChange(int FromPeriod, IReadOnlyList<int> Ended, IReadOnlyList<PaymentTrigger> Added)
{
    private const int MostClauses = 20;

    /// <summary>The terms with this change. Positions of clauses stay what they were.</summary>
    public AgreementTerms To(AgreementTerms terms) => terms with
    {
        Payments = [.. terms.Payments, .. Added],
        Times =
        [
            .. (terms.Times ?? []).Where(t => !Ended.Contains(t.Clause)),
            .. Ended.Order().Select(clause => new ClauseTime(clause, (terms.Times ?? []).FirstOrDefault(t => t.Clause == clause)?.FromPeriod, FromPeriod - 1)),
            .. Added.Select((_, i) => new ClauseTime(terms.Payments.Count + i, FromPeriod, null)),
        ],
    };

    /// <summary>Why these terms cannot be changed so.</summary>
    /// <param name="reported">Number of the last period that is reported.</param>
    public Refusal? Check(AgreementTerms terms, int reported)
    {
        if (terms.Reporting is not { } reporting || Ended is null || Added is null || Ended.Count + Added.Count is 0 or > MostClauses || Added.Any(p => p is null))
        {
            return Refusal.Invalid("amendment-empty", "变更须终止或新增按报告计费的条款（最多20项）。", $"An amendment ends or adds clauses on reports, at most {MostClauses}.", "change");
        }

        if (AgreementTerms.Between(FromPeriod, Math.Max(2, reported + 1), terms.CommercialMonths / reporting.PeriodMonths, "change.fromPeriod") is { } late)
        {
            return late;
        }

        for (var i = 0; i < Ended.Count; i++)
        {
            var clause = Ended[i];
            if (clause < 0 || clause >= terms.Payments.Count || !IsOnReports(terms.Payments[clause]) || !terms.HoldsIn(clause, FromPeriod) || Ended.Take(i).Contains(clause))
            {
                return Refusal.Invalid("clause-not-amendable", "只能终止当时有效的按报告计费条款，每项一次。", "Only clauses on reports that hold at that time can end, each once.", $"change.ended[{i}]");
            }
        }

        for (var i = 0; i < Added.Count; i++)
        {
            if (!IsOnReports(Added[i]))
            {
                return Refusal.Invalid("clause-not-amendable", "只能新增按报告计费的条款。", "Only clauses on reports can be added.", $"change.added[{i}]");
            }
        }

        return To(terms).Check() is { } wrong ? wrong.Under("change") : null;
    }

    /// <summary>Whether a clause is one that an amendment can end or begin.</summary>
    public static bool IsOnReports(PaymentTrigger payment) => payment.OwesOnReports && payment is not Milestone;
}
