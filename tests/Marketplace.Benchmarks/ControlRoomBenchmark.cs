using System.Diagnostics;
using System.Globalization;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Reconciliations;
using Marketplace.Application.Sweeps;
using Marketplace.Benchmarks.Loads;
using Marketplace.Domain;
using Marketplace.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Benchmarks;

/// <summary>
/// All that the settlement control room asks for, over a million obligations of 250 000 agreements, on both databases, beside adding up the rows
/// whose sums the database keeps as totals.
/// </summary>
internal static class ControlRoomBenchmark
{
    private const int Agreements = 250_000;
    private const int SumsOfEach = 4;
    private const int BalancesOfEach = 6;
    private const int Rounds = 15;
    private static readonly DateOnly Today = new(2026, 6, 1);
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(300);

    /// <summary>How each database writes what they write differently.</summary>
    /// <param name="Day">SQL for the day that is so many days (an expression) after 1 January 2025.</param>
    private sealed record Dialect(Func<string, string> Padded, Func<string, string> Day, string Never);

    private static readonly Dialect Postgres = new(n => $"lpad(({n})::text, 8, '0')", n => $"date '2025-01-01' + ({n})::integer", "null::timestamptz");
    private static readonly Dialect Sqlite = new(n => $"printf('%08d', {n})", n => $"date('2025-01-01', '+' || ({n}) || ' days')", "null");

    public static async Task<bool> Run()
    {
        await using var cluster = await PostgresCluster.Start(durable: true, "shared_buffers=1GB", "max_wal_size=4GB");
        var isMet = await On("PostgreSQL", await cluster.CreateDatabase(), Postgres);
        var folder = Directory.CreateTempSubdirectory("marketplace-benchmark-");
        try
        {
            return await On("SQLite", $"Data Source={Path.Combine(folder.FullName, "control-room.db")}", Sqlite) && isMet;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> On(string database, string connectionString, Dialect dialect)
    {
        await using var engine = await EngineHost.Start(connectionString);
        engine.Time.StandAt(LocalTime.StartOf(Today) + TimeSpan.FromHours(10));
        await Fill(engine, dialect);
        var (looks, sums) = (new List<double>(), new List<double>());
        await Look(engine, []); // compiles the queries
        var parts = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        for (var i = 0; i < Rounds; i++)
        {
            looks.Add(await Timed(() => Look(engine, parts)));
            sums.Add(await Timed(() => AddUp(engine)));
        }

        Report.Heading($"{database}: the control room over {Agreements * SumsOfEach:n0} obligations", "milliseconds");
        Report.Row("all that the page asks for", Spread.Of(looks));
        foreach (var (question, milliseconds) in parts)
        {
            Report.Row($"  {question}", Spread.Of(milliseconds), "n1");
        }

        Report.Row("adding up the rows of the totals alone", Spread.Of(sums));
        var isMet = Report.Ratio($"control-room-{database.ToLowerInvariant()}-max-within-budget", Budget.TotalMilliseconds / Spread.Of(looks).Max, 1);
        return Report.Ratio($"control-room-{database.ToLowerInvariant()}-beside-adding-up", Spread.Of(sums).Median / Spread.Of(looks).Median, 1) && isMet;
    }

    /// <summary>What Settlement.razor asks, one after the other.</summary>
    private static async Task Look(EngineHost engine, Dictionary<string, List<double>> parts)
    {
        await using var scope = engine.Services.CreateAsyncScope();
        var door = scope.ServiceProvider.GetRequiredService<MarketplaceDoor>();
        var who = Principal.Whole(Domain.ActorRole.Administrator, null, "administrator");
        await Ask(new ListReconciliations(Days: 1));
        var now = await Ask(new GetSettlementOverview());
        foreach (var currency in now.Currencies)
        {
            await Ask(new GetExposures(currency.Received.Currency));
        }

        await Ask(new ListObligations(DueFrom: now.On, DueBefore: now.On.AddDays(31), IsOpen: true, Limit: 10));
        await Ask(new GetWorkHealth());
        if (now.Currencies is not [{ Planned.IsPositive: true, Invoiced.IsPositive: true }] || now.Agreements.Values.Sum() != Agreements)
        {
            throw new InvalidOperationException("These are not the agreements that were made.");
        }

        async Task<T> Ask<T>(IQuery<T> query)
        {
            var began = Stopwatch.GetTimestamp();
            var answer = (await door.Ask(who, query)).Value;
            if (!parts.TryGetValue(query.GetType().Name, out var times))
            {
                parts.Add(query.GetType().Name, times = []);
            }

            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            return answer;
        }
    }

    /// <summary>As the overview had to before the database kept totals.</summary>
    private static async Task AddUp(EngineHost engine)
    {
        await engine.Execute("select account, currency, sum(balance_minor) from account_balances group by account, currency");
        await engine.Execute("""
            select currency, sum(case when status = 'Planned' then outstanding_minor else 0 end), sum(case when was_invoiced then amount_minor + interest_minor + costs_minor else 0 end)
            from obligations group by currency
            """);
        await engine.Execute("select kind, currency, sum(moved_minor) from payment_intents where moved_minor <> 0 group by kind, currency");
    }

    private static async Task<double> Timed(Func<Task> work)
    {
        var began = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>
    /// Rows as grains would have left them: of each agreement a sum that is paid, one that is invoiced or overdue, and two that are to come; every
    /// tenth owes late; 500 companies, 50 guarantors.
    /// </summary>
    private static async Task Fill(EngineHost engine, Dialect sql)
    {
        var began = Stopwatch.GetTimestamp();
        string Id(string prefix, string n) => $"'{prefix}_' || {sql.Padded(n)}";
        string Numbers(string name, int count) => $"with recursive {name} (n) as (select 1 union all select n + 1 from {name} where n < {count})";
        await engine.Execute($"""
            {Numbers("numbers", 700)}
            insert into organisations (organisation, kind, status, name_zh, name_en, uscc)
            select {Id("org", "n")}, case when n <= 500 then 'Company' when n <= 550 then 'Guarantor' else 'Lab' end, 'Verified', '机构', 'Organisation', {Id("u", "n")} from numbers
            """);
        await engine.Execute($"""
            insert into results (result, lab, status, is_public, title_zh, title_en, summary_zh, summary_en, field, industry, region_code, open_objections)
            values ('res_1', {Id("org", "600")}, 'Listed', 1 = 1, '成果', 'Result', '', '', 'NewEnergy', 'C3841', '120116', 0)
            """);
        await engine.Execute($"""
            {Numbers("numbers", Agreements)}
            insert into agreements (agreement, offer, result, lab, company, stage, state, currency, terms_version, applied_on, open_disputes, outstanding_minor, overdue_minor, steps_waiting, holds_applications, third_party)
            select {Id("agr", "n")}, 'off_1', 'res_1', {Id("org", "551 + n % 150")}, {Id("org", "1 + n % 500")}, 'Converted', case when n % 10 = 0 then 'Overdue' else 'Converted' end, 'CNY', 1, {sql.Day("n % 300")},
                0, 300000, case when n % 10 = 0 then 100000 else 0 end, case when n % 100 = 0 then 1 else 0 end, n % 10 = 0, case when n % 5 = 0 then {Id("org", "501 + n % 50")} end
            from numbers
            """);
        await engine.Execute($"""
            {Numbers("numbers", Agreements * SumsOfEach)}
            insert into obligations (agreement, number, lab, company, kind, "trigger", due_on, status, was_invoiced, currency, amount_minor, interest_minor, costs_minor, allocated_minor, waived_minor, outstanding_minor, contested_minor)
            select {Id("agr", $"1 + n % {Agreements}")}, 1 + n / {Agreements}, {Id("org", "600")}, {Id("org", $"1 + (1 + n % {Agreements}) % 500")}, 'LumpSum', 0, {sql.Day($"n % 500 + 300 * (n / {Agreements})")},
                case n / {Agreements} when 0 then 'Paid' when 1 then case when n % 10 = 9 then 'Overdue' else 'Due' end else 'Planned' end, n / {Agreements} < 2, 'CNY', 100000, 0, 0,
                case when n / {Agreements} = 0 then 100000 else 0 end, 0, case when n / {Agreements} = 0 then 0 else 100000 end, 0
            from (select n - 1 as n from numbers) counted
            """);
        await engine.Execute($"""
            {Numbers("numbers", Agreements * BalancesOfEach)}
            insert into account_balances (agreement, account, currency, balance_minor)
            select {Id("agr", $"1 + n % {Agreements}")}, case n / {Agreements} when 0 then 'cash' when 1 then 'receivable.principal' when 2 then 'lab.payable' when 3 then 'platform.fee' when 4 then 'unapplied' else 'revenue.licence' end,
                'CNY', case n / {Agreements} when 0 then 30000 when 1 then 100000 when 2 then -20000 when 3 then -3000 when 4 then -7000 else -100000 end
            from (select n - 1 as n from numbers) counted
            """);
        await engine.Execute($"""
            {Numbers("numbers", Agreements * 2)}
            insert into payment_intents (intent, agreement, kind, status, provider, method, currency, amount_minor, moved_minor, next_look_at_utc)
            select {Id("int", "n")}, {Id("agr", $"1 + n % {Agreements}")}, case when n % 2 = 0 then 'Collection' else 'Payout' end, 'Succeeded', 'bank', 'transfer', 'CNY', 50000, 50000, {sql.Never} from numbers
            """);
        await engine.Execute($"""
            {Numbers("numbers", Agreements)}
            insert into due_work (stream, purpose, partition, due_at_utc)
            select 'agreement/' || {Id("agr", "n")}, 'obligations', n % 64, {(sql == Postgres ? "timestamptz '2026-06-02' + n * interval '1 minute'" : "1780000000000000 + n * 60000000")} from numbers
            """);
        await engine.Execute("analyze");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"filled in {Stopwatch.GetElapsedTime(began).TotalSeconds:n0} s"));
    }
}
