using CsCheck;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Ledger;

namespace Marketplace.Domain.Tests.Banking;

public sealed class BankLineTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly BankStatementId Statement = DerivedId.From<BankStatementId>("statement");
    private static readonly BankAccountId Account = DerivedId.From<BankAccountId>("account");
    private static readonly AgreementId Agreement = DerivedId.From<AgreementId>("agreement");
    private static readonly BankLineTarget Receipt = new(BankLineUse.Receipt, Agreement);

    private static readonly Dictionary<string, BankLineCommand> Commands = new()
    {
        ["Record"] = new RecordBankLine(Statement, Account, Lines.Credit(10_00)),
        ["Match"] = new MatchBankLine(MatchDecision.Is(Receipt)),
        ["Propose"] = new MatchBankLine(MatchDecision.MayBe([new MatchProposal(Agreement, 1, 500, [MatchReason.SameAmount])])),
        ["Park"] = new MatchBankLine(MatchDecision.Unknown(ParkReason.NothingFits)),
        ["Assign"] = new AssignBankLine(Receipt),
        ["Post"] = new PostBankLine(1),
        ["Release"] = new ReleaseBankLine(ParkReason.Refused, "no"),
        ["Ignore"] = new IgnoreBankLine("重复"),
        ["Other"] = new MarkBankLineOther("手续费"),
        ["Reopen"] = new ReopenBankLine("误操作"),
    };

    /// <summary>Said by the system, which may say everything.</summary>
    public static TheoryData<string, string, string> Table => DecisionTable.Cells("""
                  Record    Match     Propose   Park      Assign    Post    Release  Ignore   Other  Reopen
        None      Recorded  404       404       404       404       404     404      404      404    404
        Recorded  409       Assigned  Proposed  Parked    Assigned  -       -        Ignored  Other  409
        Proposed  409       -         -         -         Assigned  -       -        Ignored  Other  409
        Parked    409       -         -         -         Assigned  -       -        Ignored  Other  409
        Assigned  409       -         -         -         409       Posted  Parked   409      409    409
        Posted    409       -         -         -         409       -       -        409      409    409
        Ignored   409       -         -         -         409       -       -        409      409    Parked
        Other     409       -         -         -         409       -       -        409      409    Parked
        """);

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_state_has_an_answer_to_every_command(string state, string command, string answer) =>
        Assert.Equal(answer, DecisionTable.Answer(Decide(In(state), Commands[command]), In(state), BankLineRules.Apply, s => s.Status.ToString()));

    [Theory]
    [InlineData("Match", RefusalKind.Forbidden)] // its decision is the system's, another one a person's
    [InlineData("Assign", null)]
    public void A_person_decides_and_the_system_matches(string command, RefusalKind? refused) =>
        Assert.Equal(refused, BankLineRules.Decide(In("Recorded"), Commands[command], Actors.At(Now, Actors.Administrator)).Refusal?.Kind);

    [Theory]
    [InlineData("Owner")]
    [InlineData("Company")]
    [InlineData("Visitor")]
    public void Nobody_else_learns_that_it_is_there(string asker) => Assert.All(
        Commands.Values, c => Assert.Equal(RefusalKind.NotFound, BankLineRules.Decide(In("Recorded"), c, Actors.At(Now, Actors.Named(asker))).Refusal?.Kind));

    [Theory]
    [InlineData(BankLineUse.Receipt, true)]
    [InlineData(BankLineUse.PaymentReturned, true)]
    [InlineData(BankLineUse.Reversal, false)]
    [InlineData(BankLineUse.PaymentMade, false)]
    public void Money_is_what_it_can_be_by_the_way_it_went(BankLineUse use, bool isCredit)
    {
        var target = use switch
        {
            BankLineUse.Receipt => Receipt,
            BankLineUse.Reversal => new BankLineTarget(use, Agreement, DerivedId.From<BankLineId>("earlier")),
            _ => new BankLineTarget(use, Payment: DerivedId.From<PaymentIntentId>("payment")),
        };
        foreach (var entry in new[] { Lines.Credit(1), Lines.Debit(1) })
        {
            var state = BankLineRules.Apply(BankLineRules.Initial, new BankLineRecorded(Statement, Account, entry, Now));
            Assert.Equal(entry.IsCredit == isCredit ? null : "bank-line-direction", Decide(state, new AssignBankLine(target)).Refusal?.Code);
            Assert.Equal("bank-line-target", Decide(state, new AssignBankLine(target with { Agreement = null, Payment = null })).Refusal?.Code);
        }
    }

    /// <summary>
    /// Whatever is done to a line, its account has what the bank says unless it was a repetition, and the cash of the bank what nobody has matched.
    /// </summary>
    [Fact]
    public void The_books_follow_every_story_of_a_line() =>
        Gen.Select(Gen.Long[1, 1_000_000_00], Gen.Bool, Gen.Int[0, Commands.Count - 1].Array[0, 30]).Sample((amountMinor, isCredit, steps) =>
        {
            var entry = isCredit ? Lines.Credit(amountMinor) : Lines.Debit(amountMinor);
            List<BankLineEvent> events = [new BankLineRecorded(Statement, Account, entry, Now)];
            var state = events.Aggregate(BankLineRules.Initial, BankLineRules.Apply);
            foreach (var command in steps.Select(s => Commands.Values.ElementAt(s)))
            {
                if (Decide(state, command) is { IsRefused: false, Value: var told })
                {
                    events.AddRange(told);
                    state = told.Aggregate(state, BankLineRules.Apply);
                }
            }

            var legs = events.SelectMany(BankLineRules.EntriesFor).SelectMany(e => e.Legs).ToLookup(l => l.Account, l => l.AmountMinor);
            long Balance(string account) => legs[account].Sum();
            var movedMinor = state.Moved.AmountMinor;
            Assert.Equal(state.Status == BankLineStatus.Ignored ? 0 : movedMinor, Balance(ChartOfAccounts.BankAccount(Account.Value)));
            Assert.Equal(state.Status == BankLineStatus.Other ? -movedMinor : 0, Balance(ChartOfAccounts.BankOther));
            Assert.Equal(state.Status is BankLineStatus.Ignored or BankLineStatus.Other ? 0 : -movedMinor, Balance(ChartOfAccounts.CashAt(BankMatching.Source)));
        });

    private static BankLine In(string status)
    {
        var state = BankLineRules.Initial;
        string[] way = status switch
        {
            "None" => [],
            "Recorded" => ["Record"],
            "Proposed" => ["Record", "Propose"],
            "Parked" => ["Record", "Park"],
            "Assigned" => ["Record", "Match"],
            "Posted" => ["Record", "Match", "Post"],
            "Ignored" => ["Record", "Ignore"],
            _ => ["Record", "Other"],
        };
        foreach (var command in way)
        {
            state = Decide(state, Commands[command]).Value.Aggregate(state, BankLineRules.Apply);
        }

        Assert.Equal(status, state.Status.ToString());
        return state;
    }

    private static Result<IReadOnlyList<BankLineEvent>> Decide(BankLine state, BankLineCommand command) => BankLineRules.Decide(state, command, Actors.At(Now, Actor.System));
}

/// <summary>Bookings as statements have them.</summary>
internal static class Lines
{
    public static readonly DateOnly Day = new(2026, 3, 2);

    public static StatementEntry Credit(long amountMinor, string remark = "", string? payer = null, string? account = null) => new(
        1, Day, null, null, new Money(amountMinor, Currency.Cny), IsCredit: true, IsReversal: false, null, null, payer, account, remark, null, null, null, null);

    public static StatementEntry Debit(long amountMinor, string remark = "") => Credit(amountMinor, remark) with { IsCredit = false };
}
