using CsCheck;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;

namespace Marketplace.Domain.Tests.Banking;

public sealed class BankPaymentRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly Actor Zhang = Actors.Administrator;
    private static readonly Actor Li = Zhang with { Person = "li" };
    private static readonly PaymentBatchId Batch = DerivedId.From<PaymentBatchId>("batch");
    private static readonly BankLineId Line = DerivedId.From<BankLineId>("line");
    private static readonly Money Amount = new(100_00, Currency.Cny);

    private static readonly BankPaymentOrder Order = new(
        DerivedId.From<PaymentIntentId>("intent"), DerivedId.From<AgreementId>("agreement"), IntentKind.Payout, Amount, DerivedId.From<PayoutAccountId>("account"),
        new BankAccount("海河实验室", "62171234"));

    private static readonly Dictionary<string, (Actor By, BankPaymentCommand Command)> Commands = new()
    {
        ["Order"] = (Actor.System, new OrderBankPayment(Order)),
        ["Zhang"] = (Zhang, new ApproveBankPayment()),
        ["Li"] = (Li, new ApproveBankPayment()),
        ["System"] = (Actor.System, new ApproveBankPayment()),
        ["Reject"] = (Zhang, new RejectBankPayment("账户有误")),
        ["Cancel"] = (Actor.System, new CancelBankPayment()),
        ["Export"] = (Actor.System, new ExportBankPayment(Batch)),
        ["Elsewhere"] = (Actor.System, new ExportBankPayment(DerivedId.From<PaymentBatchId>("other"))),
        ["Made"] = (Actor.System, new RecordPaymentMade(Line, Amount, Lines.Day)),
        ["Differs"] = (Actor.System, new RecordPaymentMade(Line, Amount + Amount, Lines.Day)),
        ["Returned"] = (Actor.System, new RecordPaymentReturned(Line, Amount, Lines.Day)),
    };

    public static TheoryData<string, string, string> Table => DecisionTable.Cells("""
                      Order    Zhang         Li            System  Reject    Cancel     Export    Elsewhere  Made  Differs  Returned
        None          Ordered  404           404           404     404       404        404       404        404   404      404
        Ordered       -        ApprovedOnce  ApprovedOnce  403     Rejected  Cancelled  409       409        409   409      409
        ApprovedOnce  -        409           Approved      403     Rejected  Cancelled  409       409        409   409      409
        Approved      -        409           409           403     Rejected  Cancelled  Exported  Exported   409   409      409
        Exported      -        409           409           403     409       -          -         409        Made  422      Returned
        Made          -        409           409           403     409       -          -         409        -     -        -
        Returned      -        409           409           403     409       -          -         409        -     -        -
        Rejected      -        409           409           403     409       -          409       409        409   409      409
        Cancelled     -        409           409           403     409       -          409       409        409   409      409
        """);

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_state_has_an_answer_to_every_command(string state, string command, string answer) =>
        Assert.Equal(answer, DecisionTable.Answer(Decide(In(state), Commands[command]), In(state), BankPaymentRules.Apply, s => s.Status.ToString()));

    /// <summary>Whoever does what in whatever order: no bank is sent what two people have not approved, and nothing in two files.</summary>
    [Fact]
    public void Nothing_leaves_without_two_people() => Gen.Int[0, Commands.Count - 1].Array[0, 40].Sample(steps =>
    {
        var (state, exports) = (BankPaymentRules.Initial, 0);
        foreach (var step in steps.Select(s => Commands.Values.ElementAt(s)))
        {
            if (Decide(state, step) is not { IsRefused: false, Value: var told })
            {
                continue;
            }

            exports += told.Count(e => e is BankPaymentExported);
            Assert.True(!told.Any(e => e is BankPaymentExported) || state.Approvals.Distinct().Count() == 2);
            state = told.Aggregate(state, BankPaymentRules.Apply);
        }

        Assert.InRange(exports, 0, 1);
        Assert.Equal(state.Status == BankPaymentStatus.Made ? Amount.AmountMinor : 0, state.MovedMinor);
    });

    [Fact]
    public void Another_order_under_the_same_intent_is_refused() => Assert.Equal(
        "bank-key-reused", Decide(In("Ordered"), (Actor.System, new OrderBankPayment(Order with { Amount = Amount + Amount }))).Refusal?.Code);

    private static BankPayment In(string status)
    {
        string[] way = status switch
        {
            "None" => [],
            "Ordered" => ["Order"],
            "ApprovedOnce" => ["Order", "Zhang"],
            "Approved" => ["Order", "Zhang", "Li"],
            "Exported" => ["Order", "Zhang", "Li", "Export"],
            "Made" => ["Order", "Zhang", "Li", "Export", "Made"],
            "Returned" => ["Order", "Zhang", "Li", "Export", "Returned"],
            "Rejected" => ["Order", "Reject"],
            _ => ["Order", "Cancel"],
        };
        var state = BankPaymentRules.Initial;
        foreach (var command in way)
        {
            state = Decide(state, Commands[command]).Value.Aggregate(state, BankPaymentRules.Apply);
        }

        Assert.Equal(status, state.Status.ToString());
        return state;
    }

    private static Result<IReadOnlyList<BankPaymentEvent>> Decide(BankPayment state, (Actor By, BankPaymentCommand Command) asked) =>
        BankPaymentRules.Decide(state, asked.Command, Actors.At(Now, asked.By));
}
