using CsCheck;
using Marketplace.Application.Json;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Domain.Tests.Licensing;
using Marketplace.Host.Components;
using Marketplace.Host.Components.Listings;
using Marketplace.Host.Components.Parts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Marketplace.Host.Tests.Forms;

/// <summary>What is agreed and what stands in a form are the same, to the last minor unit.</summary>
public sealed class PaymentFormTests
{
    private static readonly Reader Reader = new(isEnglish: true, "auto", new LocalAddress("/", QueryCollection.Empty));

    private static readonly AgreementTerms Full = EveryTerm.Full with { Template = null };

    [Theory]
    [InlineData("CNY")]
    [InlineData("JPY")]
    [InlineData("BHD")]
    public void Any_clauses_written_into_a_form_are_read_back_as_they_were(string code)
    {
        var currency = Currency.Parse(code).Value;
        RandomTerms.Payment.Array[1, 5].Sample(payments => Assert.Equal(CanonicalJson.Write(payments), CanonicalJson.Write(Again(payments, currency).ToArray())));
    }

    [Fact]
    public void So_are_the_largest_and_the_smallest_numbers()
    {
        PaymentTrigger[] payments =
        [
            new CumulativeCap(AgreementTerms.MaxAmountMinor), new IncrementShare(IncrementMeasure.Profit, 1, -AgreementTerms.MaxAmountMinor), new SteppedRoyalty(1_000_000, -1),
            new TieredRoyalty([new(0, 0), new(1, 1), new(AgreementTerms.MaxAmountMinor, 999_999)], TierMethod.WholeAmount, TierBase.PerPeriod),
            new ConditionalSum("first line\nsecond, \"quoted\" <b>", "证据", 1, 0),
        ];
        Assert.Equal(CanonicalJson.Write(payments), CanonicalJson.Write(Again(payments, Currency.Cny).ToArray()));
    }

    [Fact]
    public void Whole_terms_are_read_back_as_they_were()
    {
        Assert.Null(Full.Check());
        AssertSame(Full);
        AssertSame(Full with { Ladder = null, Times = null, LateInterest = LateInterestTerms.Standard, Currency = Currency.Parse("JPY").Value });
        RandomTerms.Any.Sample(AssertSame);
    }

    [Fact]
    public void Clauses_and_rows_are_numbered_without_gaps()
    {
        var typed = PaymentForm.Sent(Posted(new()
        {
            ["payments[0].kind"] = "RunningRoyalty",
            ["payments[0].ratePpm"] = "3",
            ["payments[2].kind"] = "TieredRoyalty",
            ["payments[2].tiers[0].fromMinor"] = " ",
            ["payments[2].tiers[1].fromMinor"] = "0",
            ["payments[2].tiers[1].ratePpm"] = "1",
            ["payments[2].tiers[4].ratePpm"] = "2",
            ["payments[3].kind"] = "Nothing",
            ["payments[4].kind"] = "12",
        }));
        Assert.Equal("TieredRoyalty", typed["payments[1].kind"]);
        Assert.Equal("0", typed["payments[1].tiers[0].fromMinor"]);
        Assert.Equal("2", typed["payments[1].tiers[1].ratePpm"]);
        Assert.DoesNotContain("payments[2].kind", typed.Keys);
    }

    [Fact]
    public void Buttons_add_a_clause_and_leave_one_out_and_keep_what_was_typed()
    {
        Dictionary<string, string> sent = new() { ["payments[0].kind"] = "CumulativeCap", ["payments[0].amountMinor"] = "many", ["payments[1].kind"] = "EntryFee", ["newKind"] = "BuyOut", ["note"] = "n" };
        var more = PaymentForm.Sent(Posted(new(sent) { ["action"] = PaymentForm.Add }));
        Assert.Equal(("many", "EntryFee", "BuyOut", "n"), (more["payments[0].amountMinor"], more["payments[1].kind"], more["payments[2].kind"], more["note"]));

        var less = PaymentForm.Sent(Posted(new(sent) { ["action"] = PaymentForm.Remove(0) }));
        Assert.Equal("EntryFee", less["payments[0].kind"]);
        Assert.DoesNotContain("payments[1].kind", less.Keys);
        Assert.False(PaymentForm.IsMeant(Posted(new() { ["action"] = PaymentForm.Add })));
        Assert.True(PaymentForm.IsMeant(Posted(new() { ["action"] = "send" })));
    }

    [Fact]
    public void Clauses_may_be_numbered_after_others()
    {
        PaymentTrigger[] payments = [new RunningRoyalty(1), new CumulativeCap(2)];
        var shifted = PaymentForm.Written(payments, Currency.Cny).ToDictionary(w => w.Key.Replace("[1]", "[8]", StringComparison.Ordinal).Replace("[0]", "[7]", StringComparison.Ordinal), w => w.Value);
        var typed = PaymentForm.Sent(Posted(shifted), first: 7);
        var form = Form(typed, 7);
        Assert.Equal(payments, PaymentForm.Read(form, Currency.Cny, 7));
        form.Refuse(Refusal.Invalid("x", "错", "wrong", "change.payments[8].amountMinor"));
        Assert.Equal("wrong", form.FaultOf("payments[8].amountMinor"));
    }

    /// <summary>Every field with something in it that cannot stand: what is wrong is told beside a field of the same clause, and never above the form.</summary>
    [Fact]
    public void Whatever_is_wrong_with_a_field_stands_beside_its_clause()
    {
        var written = Typed(Full);
        var wrong = 0;
        foreach (var field in written.Keys.Where(f => f.Contains('.', StringComparison.Ordinal) && f.StartsWith("payments[", StringComparison.Ordinal) && !f.EndsWith(".kind", StringComparison.Ordinal)))
        {
            foreach (var bad in new[] { "many", "-99999999", "99999999999999", "1.23456" })
            {
                var form = FreeTermsForm.Of(Reader, Posted(new(written) { [field] = bad }), []);
                var terms = form.Read(Full.Ladder);
                if (!form.IsFaulty && terms.Check() is { } refusal)
                {
                    form.Refuse(refusal.Under("terms"));
                }

                Assert.True(form.Fault is null, $"{field} = {bad}: {form.Fault}");
                wrong += form.IsFaulty ? 1 : 0;
                Assert.True(
                    !form.IsFaulty || PaymentForm.Fields(new Dictionary<string, string>(written)).Any(f => f.StartsWith(field[..field.IndexOf('.', StringComparison.Ordinal)], StringComparison.Ordinal) && form.FaultOf(f) is not null),
                    $"{field} = {bad}");
            }
        }

        Assert.True(wrong > 150, $"{wrong} faults");
    }

    [Fact]
    public void What_only_the_whole_can_say_stands_beside_the_list_or_the_clause()
    {
        Assert.NotNull(Refused(Full with { Payments = [] }).FaultOf("payments"));
        Assert.NotNull(Refused(Full with { Times = null, Payments = [new Instalments(100, [new(0, 400_000), new(6, 500_000)])] }).FaultOf("payments[0].parts"));
        Assert.NotNull(Refused(Full with { Times = null, Payments = [new RunningRoyalty(1), new CumulativeCap(1), new CumulativeCap(2)] }).FaultOf("payments[2]"));
        Assert.NotNull(Refused(Full with { Times = [new ClauseTime(3, 2, 90)] }).FaultOf("payments[3].throughPeriod"));
        Assert.NotNull(Refused(Full with { Times = [new ClauseTime(3, 2, 4), new ClauseTime(5, 2, null)] }).FaultOf("payments[5].fromPeriod"));
        Assert.NotNull(Refused(Full with { Times = null, Reporting = null }).FaultOf("reporting.periodMonths"));
        Assert.NotNull(Refused(Full with { FieldOfUse = " " }).FaultOf("fieldOfUse"));
        Assert.NotNull(Refused(Full with { LateInterest = new LateInterestTerms(null, 1, 365) }).FaultOf("lateInterest.lprMarginPpm"));
    }

    [Fact]
    public void An_amendment_can_begin_what_counts_reports_and_nothing_else() => Assert.Equal(
        [
            PaymentModel.RunningRoyalty, PaymentModel.TieredRoyalty, PaymentModel.MinimumAnnualRoyalty, PaymentModel.SteppedRoyalty, PaymentModel.UnitRoyalty, PaymentModel.ThresholdRoyalty,
            PaymentModel.IncrementShare, PaymentModel.SublicenceShare,
        ],
        Components.Agreements.AmendmentForm.Kinds);

    [Fact]
    public void Every_field_of_every_kind_has_words_in_both_languages()
    {
        foreach (var field in ClauseField.AllKinds.SelectMany(ClauseField.Of).SelectMany(f => f.Columns.Append(f)))
        {
            foreach (var words in field.Options.Select(o => o.Text).Append(field.LabelIn(Currency.Cny)).Append(field.Hint ?? field.Label))
            {
                Assert.Matches("[\u4e00-\u9fff]", words.Zh);
                Assert.NotEmpty(words.En);
                Assert.DoesNotMatch("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]", words.En);
            }
        }
    }

    private static FreeTermsForm Refused(AgreementTerms terms)
    {
        var form = FreeTermsForm.Of(Reader, Posted(new(Typed(terms))), []);
        var read = form.Read(terms.Ladder);
        Assert.False(form.IsFaulty);
        form.Refuse(read.Check()!.Under("terms"));
        Assert.Null(form.Fault);
        return form;
    }

    private static void AssertSame(AgreementTerms terms)
    {
        var form = FreeTermsForm.Of(Reader, Posted(new(Typed(terms))), []);
        Assert.Equal(CanonicalJson.Write(terms), CanonicalJson.Write(form.Read(terms.Ladder)));
        Assert.False(form.IsFaulty);
    }

    /// <summary>Everything that stands in the form of these terms.</summary>
    private static Dictionary<string, string> Typed(AgreementTerms terms)
    {
        var form = FreeTermsForm.Empty(Reader, terms, null);
        string[] members =
        [
            "licence", "fieldOfUse", "territory", "trialMonths", "commercialMonths", "currency", "reporting.periodMonths", "reporting.reportDays", "reporting.paymentDays",
            "lateInterest.contractRatePpm", "lateInterest.lprMarginPpm", "lateInterest.dayCount", "platformFeePpm", "cureDays",
        ];
        var times = terms.Payments.Index().SelectMany(p => PaymentForm.Times.Select(t => $"{PaymentForm.At(p.Index)}.{t}"));
        return members.Concat(PaymentForm.Written(terms.Payments, terms.Currency).Keys).Concat(times).ToDictionary(f => f, form.Typed);
    }

    private static IReadOnlyList<PaymentTrigger> Again(PaymentTrigger[] payments, Currency currency)
    {
        var typed = PaymentForm.Sent(Posted(new(PaymentForm.Written(payments, currency))));
        var form = Form(typed);
        var read = PaymentForm.Read(form, currency);
        Assert.False(form.IsFaulty);
        return read;
    }

    private static TypedForm Form(IReadOnlyDictionary<string, string> typed, int first = 0) =>
        new(Reader, f => typed.GetValueOrDefault(f, ""), [.. PaymentForm.Fields(typed, first)]);

    /// <summary>As a browser sends it: lines end otherwise.</summary>
    private static FormCollection Posted(Dictionary<string, string> fields) => new(fields.ToDictionary(f => f.Key, f => new StringValues(f.Value.ReplaceLineEndings("\r\n"))));
}
