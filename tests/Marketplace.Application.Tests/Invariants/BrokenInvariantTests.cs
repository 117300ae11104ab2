using System.Collections.Immutable;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Journal;
using Marketplace.Storage.Tests;
using Xunit;

namespace Marketplace.Application.Tests.Invariants;

public sealed class Breaking_invariants_on_sqlite() : BrokenInvariantTests(OnSqlite);

public sealed class Breaking_invariants_on_postgres() : BrokenInvariantTests(OnPostgres);

/// <summary>Each test writes what must never be, or vandalises a row, and expects the invariant to be named with the row.</summary>
public abstract class BrokenInvariantTests(Func<Task<Database>> create) : InvariantTest(create)
{
    private static readonly PaymentIntentId Unheard = DerivedId.From<PaymentIntentId>("never requested");

    /// <summary>Converted on 3 March 2025, due a year later, paid in time and half refunded.</summary>
    private static AgreementStory Paid() => AgreementStory.ConvertedOn("2025-03-03", Deals.Terms(Deals.LumpSum()), Deals.Inventors)
        .Until("2026-03-03").Pay(150_000).Do(Deals.Administrator, new RefundUnapplied(1, Deals.Yuan(50_000), "sandbox", "sandbox:ok"));

    /// <summary>A month overdue.</summary>
    private static AgreementStory Overdue() => AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-04-05");

    private static AgreementStory Collecting() => AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum())
        .Do(Deals.Company, new AuthoriseCollection("sandbox", "sandbox:ok")).Until("2026-03-03");

    [Fact]
    public async Task A_sound_database_has_no_findings()
    {
        await Write(Paid());
        Assert.Empty(await Check());
    }

    [Fact]
    public async Task Nor_has_one_without_any_event() => Assert.Empty(await Check());

    [Fact]
    public async Task A_changed_leg_breaks_balance_sum_books_and_hash()
    {
        await Write(Paid());
        await Database.Tamper($"update postings set amount_minor = amount_minor + 1 where account = 'cash' and amount_minor = 150000");
        var found = await Found();
        var receipt = Paid().Events.ToList().FindIndex(e => e is ReceiptRecorded) + 1;
        Assert.Contains($"1 postings {Agreement} version {receipt} entry 0", found);
        Assert.Contains("2 postings", found);
        Assert.Contains($"3 postings {Agreement} version {receipt} entry 0 leg 0", found);
        Assert.Contains($"4 events {Agreement} version {receipt}", found);
    }

    [Fact]
    public async Task A_leg_that_the_event_does_not_cause_is_named_although_everything_balances()
    {
        await Write(Paid());
        await Database.Tamper($"update postings set account = 'platform.fee' where account = 'lab.undistributed'");
        var allocated = Paid().Events.ToList().FindIndex(e => e is ReceiptAllocated) + 1;
        Assert.Contains($"3 postings {Agreement} version {allocated} entry 1 leg 2", await Found());
    }

    [Fact]
    public async Task A_total_that_is_not_the_sum_of_its_rows_is_named()
    {
        await Write(Paid());
        await Database.Tamper("update settlement_totals set amount_minor = amount_minor + 1 where measure = 'invoiced'");
        Assert.Equal(["3 settlement_totals"], await Found());
    }

    [Fact]
    public async Task Totals_of_what_was_there_before_them_are_made_by_the_upgrade()
    {
        await Write(Overdue());
        const string Totals = "select count(*) from settlement_totals where amount_minor <> 0";
        var totals = await Database.Scalar<long>(Totals);
        var migration = Migrations.In(Storage.GetType().Assembly).Single(m => m.Name.EndsWith("settlement-totals.sql", StringComparison.Ordinal)).Sql;
        var fill = migration[migration.IndexOf("insert into", StringComparison.OrdinalIgnoreCase)..];

        await Database.Tamper($"delete from settlement_totals; {fill[..(fill.IndexOf(';', StringComparison.Ordinal) + 1)]}");

        Assert.Equal(totals, await Database.Scalar<long>(Totals));
        Assert.Empty(await Check());
    }

    [Fact]
    public async Task A_repeated_command_id_is_named()
    {
        await Write(Paid());
        await Database.Tamper($"""
            drop index events_command;
            update events set command_id = (select command_id from events where stream = '{Agreement}' and version = 1) where stream like 'offer/%';
            """);
        Assert.Contains($"5 events {Agreement} version 1", await Found());
    }

    [Fact]
    public async Task A_receipt_that_is_recorded_twice_is_named()
    {
        var story = Paid();
        await Write(story, story.Last<ReceiptRecorded>() with { Receipt = 2 });
        Assert.Contains($"6 {LastEvent(story)}", await Found());
    }

    [Fact]
    public async Task A_payment_that_is_concluded_twice_is_named()
    {
        var story = Collecting();
        var asked = story.Last<PaymentRequested>();
        var concluded = new PaymentConcluded(asked.Intent, asked.Kind, IntentStatus.Failed, "sbx", asked.Amount, Deals.Yuan(0), "", "declined", story.Today);
        await Write(story, concluded, concluded);
        Assert.Contains($"6 {LastEvent(story, after: 2)}", await Found());
    }

    [Fact]
    public async Task A_step_of_enforcement_that_comes_twice_is_named()
    {
        var story = Overdue();
        await Write(story, story.Last<EnforcementStepTaken>());
        Assert.Contains($"6 {LastEvent(story)}", await Found());
    }

    [Fact]
    public async Task More_waived_than_was_due_is_named()
    {
        var story = Overdue();
        await Write(story, new ObligationWaived(1, Deals.Yuan(0), Deals.Yuan(0), Deals.Yuan(100_001), true, "谅解", story.Today));
        Assert.Contains($"7 {LastEvent(story)}", await Found());
    }

    [Fact]
    public async Task Received_money_that_is_nowhere_is_named()
    {
        var story = Paid();
        var asked = story.Last<PaymentRequested>();
        await Write(story, new PaymentConcluded(
            asked.Intent, asked.Kind, IntentStatus.Failed, "sbx", Deals.Yuan(20_000), Deals.Yuan(0), asked.Account, "declined", story.Today));
        Assert.Contains($"8 {LastEvent(story)}", await Found());
    }

    [Fact]
    public async Task A_payout_without_cover_is_named()
    {
        var story = Paid().Do(Deals.Lab, new DistributeIncome());
        var payableMinor = -story.Balance("lab.payable");
        await Write(story, new PaymentRequested(
            Unheard, IntentKind.Payout, Deals.Yuan(payableMinor + 1), "sandbox", "sandbox:ok", "lab", null, null, "lab.payable", story.NowUtc));
        Assert.Contains($"9 {LastEvent(story)}", await Found());
    }

    [Fact]
    public async Task A_refund_above_what_is_unapplied_is_named()
    {
        var story = Paid();
        await Write(story, new PaymentRequested(
            Unheard, IntentKind.Refund, Deals.Yuan(1), "sandbox", "sandbox:ok", "company", null, 1, "unapplied", story.NowUtc));
        Assert.Contains($"10 {LastEvent(story)}", await Found());
    }

    [Fact]
    public async Task Parts_that_do_not_sum_to_the_whole_are_named()
    {
        var story = Paid();
        var net = story.Last<ReceiptAllocated>().Net;
        await Write(story, new IncomeDistributed(1, net, net, [1], Deals.Inventors, story.Today));
        Assert.Contains($"11 {LastEvent(story)}", await Found());
    }

    [Fact]
    public async Task An_instalment_that_is_missing_is_named()
    {
        var instalments = new Instalments(100_000, [new Instalment(12, 500_000), new Instalment(18, 500_000)]);
        var story = AgreementStory.ConvertedOn("2025-03-03", instalments);
        await Scribe.WriteCatalog(story.State.Terms);
        await Scribe.WriteAgreement(story.Told.Select(t => t with { Events = [.. t.Events.Where(e => e is not ObligationArose { Number: 2 })] }));
        Assert.Contains($"11 {LastEvent(story, after: -1)}", await Found());
    }

    [Fact]
    public async Task A_gap_between_royalty_periods_is_named()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", new RunningRoyalty(50_000)).Sleep("2025-06-10");
        await Write(story, new SalesReported(1, Deals.Day("2025-03-04"), Deals.Day("2025-06-03"), Deals.Yuan(0), [], Deals.Yuan(0), Deals.Yuan(0), story.Today));
        Assert.Contains($"11 {LastEvent(story)}", await Found());
    }

    [Fact]
    public async Task A_signature_under_another_document_is_named()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum());
        await Scribe.WriteCatalog(story.State.Terms);
        await Scribe.WriteAgreement(story.Told.Select(t => t with
        {
            Events = [.. t.Events.Select(e => e is AgreementSigned { By: Party.Company } s ? s with { DocumentHash = "0000" } : e)],
        }));
        var signature = story.Events.ToList().FindIndex(e => e is AgreementSigned { By: Party.Company }) + 1;
        Assert.Contains($"12 events {Agreement} version {signature}", await Found());
    }

    [Fact]
    public async Task Effect_without_both_signatures_is_named()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum());
        await Scribe.WriteCatalog(story.State.Terms);
        await Scribe.WriteAgreement(story.Told.Select(t => t with { Events = [.. t.Events.Where(e => e is not AgreementSigned { By: Party.Lab })] }));
        var effect = story.Events.ToList().FindIndex(e => e is AgreementTookEffect);
        Assert.Contains($"12 events {Agreement} version {effect}", await Found());
    }

    [Fact]
    public async Task A_transition_that_nobody_may_make_is_named()
    {
        var story = Paid();
        await Write(story, new ApplicationAccepted(story.Today));
        Assert.Contains($"13 {LastEvent(story)}", await Found());
    }

    [Theory]
    [InlineData("body = '{'")]
    [InlineData("body = 'null'")]
    [InlineData("body = '{}'")]
    [InlineData("body = '{\"number\":99}'")]
    [InlineData("type = 'obligation-evaporated'")]
    public async Task An_event_that_nobody_can_read_is_named_and_the_check_goes_on(string vandalism)
    {
        var story = Paid();
        await Write(story);
        var arose = story.Events.ToList().FindIndex(e => e is ObligationInvoiced) + 1;
        await Database.Tamper($"update events set {vandalism} where stream = '{Agreement}' and version = {arose}; update offers set currency = 'JPY';");
        var found = await Found();
        Assert.Contains($"13 events {Agreement} version {arose}", found);
        Assert.Contains($"4 events {Agreement} version {arose}", found);
        Assert.Contains($"19 offers offer {DerivedId.From<OfferId>("offer")}", found);
        Assert.DoesNotContain(found, f => f.StartsWith("19 agreements", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_stream_of_no_known_kind_is_named()
    {
        await Scribe.WriteResult(Deals.Lab.Organisation!.Value);
        await Database.Tamper($"update events set stream = 'rumour/1' where stream = 'result/{DerivedId.From<LabResultId>("result")}'");
        Assert.Contains("13 events rumour/1 version 1", await Found());
    }

    [Fact]
    public async Task A_step_before_its_day_is_named()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-02-10");
        await Write(story, new EnforcementStepTaken(1, EnforcementStep.SecondReminder, story.Owed().DueOn.AddDays(-7), story.Today, "too eager"));
        Assert.Contains($"14 {LastEvent(story)}", await Found());
    }

    [Fact]
    public async Task A_step_against_a_sum_in_dispute_is_named()
    {
        var story = Overdue().Do(Deals.Company, new OpenDispute([new ContestedSum(1, 100_000)], "不符")).Sleep("2026-06-01");
        await Write(story, new EnforcementStepTaken(1, EnforcementStep.Mediation, story.Owed().DueOn.AddDays(45), story.Today, "regardless"));
        Assert.Contains($"14 {LastEvent(story)}", await Found());
    }

    [Fact]
    public async Task A_step_that_one_person_approves_for_two_is_named()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Until("2026-05-06")
            .Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.BreachNotice)).Until("2026-06-06")
            .Do(Deals.Administrator, new ApproveEnforcementStep(1, EnforcementStep.Termination));
        await Write(story, new EnforcementStepTaken(1, EnforcementStep.Termination, story.Today, story.Today, "alone"));
        Assert.Contains($"14 {LastEvent(story)}", await Found());
    }

    [Fact]
    public async Task Due_work_that_is_missing_is_named()
    {
        await Write(Overdue());
        await Database.Tamper("delete from due_work where purpose = 'obligations'");
        Assert.Equal([$"15 due_work stream {Agreement} purpose obligations"], await Found());
    }

    [Fact]
    public async Task Due_work_that_nobody_does_for_more_than_a_day_is_named_unless_it_is_quarantined()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum());
        await Write(story);
        var due = AgreementRules.NextWakeUtc(story.State, WakePurpose.Obligations)!.Value;
        Assert.Empty(await Check(due.AddDays(1)));
        Assert.Equal([$"15 due_work stream {Agreement} purpose obligations"], await Found(due.AddDays(1).AddTicks(10)));

        var quarantine = Database is SqliteDatabase ? "1" : "now()";
        await Database.Tamper($"insert into due_work_failures values ('{Agreement}', 'obligations', 3, 3, 'poison', {quarantine}, {quarantine})");
        Assert.DoesNotContain(await Found(due.AddDays(30)), f => f.StartsWith("15", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_command_that_left_undone_what_was_due_is_named()
    {
        var story = AgreementStory.ConvertedOn("2025-03-03", Deals.LumpSum()).Sleep("2026-04-05");
        await Write(story, new CollectionAuthorised("sandbox", "sandbox:ok", story.Today));
        Assert.Contains($"15 {LastEvent(story)}", await Found());
    }

    [Fact]
    public async Task An_outcome_of_a_payment_that_was_never_requested_is_named()
    {
        var story = Paid();
        await Write(story, new PaymentConcluded(Unheard, IntentKind.Payout, IntentStatus.Succeeded, "sbx", Deals.Yuan(1), Deals.Yuan(1), "lab.payable", null, story.Today));
        Assert.Contains($"16 {LastEvent(story)}", await Found());
    }

    [Fact]
    public async Task A_receipt_of_a_collection_that_was_never_requested_is_named()
    {
        var story = Overdue();
        await Write(story, new ReceiptRecorded(1, "sandbox", Unheard.Value, Deals.Yuan(1), story.Today));
        Assert.Contains($"16 {LastEvent(story)}", await Found());
    }

    [Fact]
    public async Task A_payment_of_which_nothing_is_known_for_days_is_named()
    {
        var story = Collecting();
        var next = story.NowUtc.AddDays(30);
        await Write(story, new PaymentPending(story.Last<PaymentRequested>().Intent, IntentStatus.Unknown, null, next));
        Assert.DoesNotContain(await Found(story.NowUtc.AddDays(3)), f => f.StartsWith("17", StringComparison.Ordinal));
        Assert.Contains($"17 {LastEvent(story)}", await Found(story.NowUtc.AddDays(4)));
    }

    [Fact]
    public async Task Money_that_the_provider_moved_and_nobody_received_is_named()
    {
        var story = Collecting();
        var asked = story.Last<PaymentRequested>();
        await Write(story, new PaymentConcluded(asked.Intent, asked.Kind, IntentStatus.Succeeded, "sbx", asked.Amount, asked.Amount, "", null, story.Today));
        Assert.Contains($"18 {LastEvent(story)}", await Found());
    }

    [Theory]
    [InlineData("agreements", "company = 'org_x'", "agreement {0}")]
    [InlineData("obligations", "due_on = '2099-01-01'", "agreement {0} number 1")]
    [InlineData("payment_intents", "moved_minor = 1", "intent {1}")]
    [InlineData("agreement_figures", "contract_sum_minor = contract_sum_minor + 1", "agreement {0}")]
    [InlineData("lab_income", "net_minor = net_minor + 1", "agreement {0} booked_year 2026")]
    public async Task A_changed_row_of_a_read_table_is_named(string table, string change, string key)
    {
        var story = Paid();
        await Write(story);
        await Database.Tamper($"update {table} set {change}");
        Assert.Equal($"19 {table} {string.Format(System.Globalization.CultureInfo.InvariantCulture, key, Agreement[10..], story.State.Intents[0].Id)}", Assert.Single(await Found()));
    }

    [Fact]
    public async Task A_changed_balance_of_a_read_table_is_named()
    {
        await Write(Paid());
        await Database.Tamper("update account_balances set balance_minor = balance_minor + 1 where account = 'cash'");
        Assert.Equal([$"3 account_balances agreement {Agreement[10..]} account cash currency CNY"], await Found());
    }

    [Theory]
    [InlineData("agr_0", "agr_0")]
    [InlineData("agr_zzz", "agr_zzz")]
    public async Task A_row_that_belongs_to_nothing_is_named_wherever_it_stands(string id, string named)
    {
        await Write(Paid());
        await Database.Tamper($"insert into account_balances values ('{id}', 'cash', 'CNY', 1)");
        Assert.Equal([$"3 account_balances agreement {named} account cash currency CNY"], await Found());
    }

    [Fact]
    public async Task A_snapshot_that_is_not_what_the_events_lead_to_is_named()
    {
        var story = Paid();
        while (story.Events.Count < 50)
        {
            story.Do(Deals.Company, new AuthoriseCollection("sandbox", "sandbox:ok"));
        }

        await Write(story);
        Assert.Empty(await Check());
        await Database.Tamper("update snapshots set body = replace(body, '150000', '150001')");
        Assert.Equal([$"19 snapshots {Agreement} version 50"], await Found());
    }

    [Fact]
    public async Task What_a_stranger_did_is_named()
    {
        var story = Paid();
        await Write(story, Deals.OtherCompany, new CollectionAuthorised("sandbox", "sandbox:ok", story.Today));
        Assert.Contains($"19 {LastEvent(story)}", await Found());
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("Emperor:org_0:x")]
    [InlineData("3:x")]
    public async Task An_actor_who_cannot_exist_is_named(string actor)
    {
        var story = Paid();
        await Write(story);
        await Database.Tamper($"update events set actor = '{actor}' where stream = '{Agreement}' and version = 3");
        Assert.Contains($"19 events {Agreement} version 3", await Found());
    }

    [Fact]
    public async Task An_agreement_of_another_lab_than_its_offer_and_an_offer_of_another_than_its_result_are_named()
    {
        var story = Paid();
        await Scribe.WriteCatalog(story.State.Terms, offeredBy: Deals.OtherLab.Organisation);
        await Scribe.WriteAgreement(story.Told);
        Assert.Equal(
            [$"19 agreements agreement {Agreement[10..]}", $"19 offers offer {DerivedId.From<OfferId>("offer")}"],
            await Found());
    }

    [Fact]
    public async Task An_agreement_about_an_offer_and_a_result_that_do_not_exist_is_named()
    {
        await Scribe.WriteAgreement(Paid().Told);
        Assert.Equal([$"19 agreements agreement {Agreement[10..]}", $"19 agreements agreement {Agreement[10..]}"], await Found());
    }

    [Fact]
    public async Task A_fapiao_whose_number_another_agreement_has_taken_is_named_and_so_is_one_that_nobody_has()
    {
        var story = Overdue().Do(Deals.Lab, Deals.Fapiao(1, 1, "2026-03-05", 10_000)).Do(Deals.Lab, Deals.Fapiao(1, 2, "2026-03-05", 10_000));
        await Write(story);
        Assert.Empty(await Check());
        await Database.Execute("update fapiao set number = '26122000000000000009' where record = 2");
        Assert.Contains($"6 fapiao agreement {story.State.Id} record 2", await Found());
        await Scribe.WriteFapiaoNumber(Deals.FapiaoNumber(2026, 9), DerivedId.From<AgreementId>("another"));
        Assert.Contains($"6 fapiao agreement {story.State.Id} record 2", await Found());
    }

    [Fact]
    public async Task Fapiao_above_the_principal_and_of_another_buyer_are_named()
    {
        var story = Overdue().Do(Deals.Lab, Deals.Fapiao(1, 1, "2026-03-05", 60_000));
        var first = story.Last<FapiaoRecorded>();
        await Write(story, first with { Record = 2, Number = Deals.FapiaoNumber(2026, 2), Buyer = Domain.Tests.Actors.LabCode });
        var found = await Found();
        Assert.Contains($"6 {LastEvent(story)}", found);
        Assert.Contains($"11 {LastEvent(story)}", found);
    }
}
