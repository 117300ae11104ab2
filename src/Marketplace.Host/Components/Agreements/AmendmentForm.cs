using System.Globalization;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using Marketplace.Host.Components.Listings;
using Marketplace.Host.Components.Parts;

namespace Marketplace.Host.Components.Agreements;

/// <summary>An amendment as it is typed: from which period, which clauses end, which begin. New ones are numbered after those that there are.</summary>
public sealed class AmendmentForm : TypedForm
{
    private static readonly string[] Members = ["fromPeriod", "ended", "note"];

    private readonly AgreementTerms terms;

    private AmendmentForm(Reader reader, AgreementTerms terms, Func<string, string> typed, params IReadOnlyList<string> fields) : base(reader, typed, fields) => this.terms = terms;

    /// <summary>Kinds of clauses that an amendment can begin.</summary>
    public static IReadOnlyList<PaymentModel> Kinds { get; } = [.. ClauseField.AllKinds.Where(PaymentForm.IsOnReports)];

    /// <summary>Position of the first clause that begins.</summary>
    public int First => terms.Payments.Count;

    public static AmendmentForm Empty(Reader reader, AgreementTerms terms) => new(reader, terms, Filled(null));

    public static AmendmentForm Sent(Reader reader, AgreementTerms terms, IFormCollection form)
    {
        var typed = PaymentForm.Sent(form, terms.Payments.Count);
        return new AmendmentForm(reader, terms, field => typed.GetValueOrDefault(field, ""), [.. Members, .. PaymentForm.Fields(typed, terms.Payments.Count)]);
    }

    /// <summary>Why none can be proposed now; null: one can.</summary>
    public static BilingualText? WhyNot(Agreement agreement) => agreement switch
    {
        { Terms.Reporting: null } => new("没有按报告计费的条款，补充协议无可变更。", "No clause counts what is reported: an amendment has nothing to change."),
        _ when AgreementRules.WhyNotAmend(agreement) is { } refusal => new(refusal.Zh, refusal.En),
        _ when !Periods(agreement).Any() => new("没有尚未报告的期间。", "Every period has been reported."),
        _ => null,
    };

    /// <summary>Periods that an amendment can begin with, and their first days.</summary>
    public static IEnumerable<(int Number, DateOnly From)> Periods(Agreement agreement)
    {
        if (agreement is not { Terms: { Reporting: { } reporting } terms, ConvertedOn: { } start })
        {
            yield break;
        }

        for (var number = Math.Max(2, agreement.Reports.Count + 1); number * reporting.PeriodMonths <= terms.CommercialMonths; number++)
        {
            yield return (number, LocalTime.AddMonths(start, (number - 1) * reporting.PeriodMonths));
        }
    }

    /// <summary>Clauses that can end, by their position.</summary>
    public static IEnumerable<int> CanEnd(Agreement agreement) => agreement.Terms.Payments.Index()
        .Where(p => AmendmentChange.IsOnReports(p.Item) && Periods(agreement).Any(period => agreement.Terms.HoldsIn(p.Index, period.Number))).Select(p => p.Index);

    public bool Ends(int clause) => Ended.Contains(clause);

    /// <summary>What changes, as it was typed; with the fields at fault where it cannot be read.</summary>
    public AmendmentChange Read() => new(Whole("fromPeriod"), Ended, PaymentForm.Read(this, terms.Currency, First));

    protected override string? FieldOf(string? member) => member switch
    {
        not null when member.StartsWith("change.ended", StringComparison.Ordinal) => "ended",
        not null when member.StartsWith("change.times", StringComparison.Ordinal) => "fromPeriod",
        _ => base.FieldOf(member),
    };

    private IReadOnlyList<int> Ended =>
        [.. Typed("ended").Split(',').Select(t => int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var clause) ? (int?)clause : null).OfType<int>()];
}
