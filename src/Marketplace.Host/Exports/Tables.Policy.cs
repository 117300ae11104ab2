using Marketplace.Application.Policy;
using Marketplace.Domain;
using Marketplace.Host.Components.Words;

namespace Marketplace.Host.Exports;

public static partial class Tables
{
    public static readonly ExportedTable<GetPolicyStatistics, PolicyStatistics, QuarterCohort> CohortsByQuarter = Whole<GetPolicyStatistics, PolicyStatistics, QuarterCohort>(
        "/policy/statistics/quarters",
        Shape<QuarterCohort>("cohorts-by-quarter", "按季度的协议", "Agreements by quarter", c =>
        [
            c.Number("年", "Year", q => q.Year), c.Number("季度", "Quarter", q => q.Quarter), .. CohortColumns(c, q => q.Cohort),
        ]),
        (_, found) => found.Quarters);

    public static readonly ExportedTable<GetPolicyStatistics, PolicyStatistics, FieldCohort> CohortsByField = Whole<GetPolicyStatistics, PolicyStatistics, FieldCohort>(
        "/policy/statistics/fields",
        Shape<FieldCohort>("cohorts-by-field", "按领域的协议", "Agreements by field", c =>
        [
            c.Text("领域", "Field", f => Names.Of(f.Field)), .. CohortColumns(c, f => f.Cohort), .. DaysColumns(c, f => f.ToFirstDeal),
        ]),
        (_, found) => found.Fields);

    public static readonly ExportedTable<GetPolicyStatistics, PolicyStatistics, LabCohort> CohortsByLab = Whole<GetPolicyStatistics, PolicyStatistics, LabCohort>(
        "/policy/statistics/labs",
        Shape<LabCohort>("cohorts-by-lab", "按院所的协议", "Agreements by laboratory", c =>
        [
            c.Text("院所", "Laboratory", l => l.Name), c.Text("院所编号", "Laboratory's id", l => l.Lab.Value), .. CohortColumns(c, l => l.Cohort), .. DaysColumns(c, l => l.ToFirstDeal),
        ]),
        (_, found) => found.Labs);

    public static readonly ExportedTable<GetSubsidies, SubsidyOverview, LabSubsidy> Subsidies = Whole<GetSubsidies, SubsidyOverview, LabSubsidy>(
        "/policy/subsidies",
        Shape<LabSubsidy>("subsidies", "奖励", "Rewards", c =>
        [
            c.Text("院所", "Laboratory", l => l.LabName), c.Text("院所编号", "Laboratory's id", l => l.Lab.Value), c.Number("年度", "Year", l => l.Subsidy.Year),
            c.Number("有收入的协议", "Agreements that brought money", l => l.Agreements), c.Currency(l => l.Subsidy.Amount.Currency.Code), c.Amount("实际收到", "Received", l => l.Subsidy.Received),
            c.Amount("奖励", "Reward", l => l.Subsidy.Amount), c.Text("计算", "How it is computed", l => l.Subsidy.Why),
        ]),
        (_, found) => found.Labs);

    public static readonly ExportedTable<ListAnomalyFlags, AnomalyReport, Flagged> Anomalies = Whole<ListAnomalyFlags, AnomalyReport, Flagged>(
        "/policy/anomalies",
        Shape<Flagged>("anomalies", "异常提示", "Anomaly flags", c =>
        [
            c.Text("种类", "Kind", f => Names.Of(f.Flag.Kind)), c.Text("协议编号", "Agreement", f => f.Flag.Agreement.Value), c.Text("成果", "Result", f => f.About.ResultTitle),
            c.Text("院所", "Laboratory", f => f.About.LabName), c.Text("企业", "Company", f => f.About.CompanyName), c.Text("理由", "Reason", f => f.Flag.Reason),
            c.Text("相关协议", "Together with", f => string.Join(' ', f.Flag.Others.Select(o => o.Value))),
        ]),
        (_, found) => Flagged.All(found));

    private static IEnumerable<TableColumn<TRow>> CohortColumns<TRow>(ColumnsOf<TRow> c, Func<TRow, Cohort> of) =>
        StatisticsWords.Numbers.Select(n => c.Number(n.Name.Zh, n.Name.En, row => n.Number(of(row))));

    private static IEnumerable<TableColumn<TRow>> DaysColumns<TRow>(ColumnsOf<TRow> c, Func<TRow, DaysTaken> of) =>
    [
        c.Number("上架成果", "Results listed", row => of(row).Of), c.Number("其中已有合同", "Of these with a contract", row => of(row).Done),
        c.Number("首份合同天数最少", "Days to first contract, least", row => of(row).Least), c.Number("首份合同天数中位数", "Days to first contract, median", row => of(row).Median),
        c.Number("首份合同天数最多", "Days to first contract, most", row => of(row).Most),
    ];
}
