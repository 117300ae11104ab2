using System.Data.Common;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Notices;
using Marketplace.Domain;
using Marketplace.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Application.Tests.Notices;

/// <summary>What is asked on every page, every second and every hour looks into an index, however much there is.</summary>
public sealed class NoticePlanTests : IAsyncLifetime
{
    private readonly Planner planner = new();
    private SqliteStorage storage = null!;
    private TestEngine engine = null!;

    public async ValueTask InitializeAsync()
    {
        storage = await TestEngine.NewStorage();
        engine = await TestEngine.Start(storage, configure: services => services
            .AddPooledDbContextFactory<NoticesDatabase>(Planned).AddPooledDbContextFactory<Application.Reads.MarketplaceReads>(Planned));

        void Planned(DbContextOptionsBuilder options)
        {
            TestEngine.On(storage)(options);
            options.AddInterceptors(planner);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await storage.DisposeAsync();
    }

    [Fact]
    public async Task Counting_and_listing_look_into_the_index_of_the_person()
    {
        var person = new Principal(ActorRole.Person, null, PersonId.New().Value, Duty.Self, IsProven: false);
        await engine.Door.Ask(person, new CountUnreadNotices());
        Assert.Contains("notices_unread", Assert.Single(planner.Plans));
        await engine.Door.Ask(person, new ListNotices());
        Assert.Contains("notices_unread", planner.Plans[1]);
        Assert.Contains("notices_read", planner.Plans[2]);
        Assert.DoesNotContain(planner.Plans, p => p.Contains("SCAN n\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waits_to_be_mailed_or_sent_is_found_by_its_index()
    {
        await engine.Services.GetRequiredService<WaitingMail>().Due(default);
        Assert.All(planner.Plans, p => Assert.Contains("notices_to_mail", p));
        planner.Plans.Clear();
        await engine.Services.GetRequiredService<MailOutbox>().EndLost(DateTime.UnixEpoch, default);
        await engine.Services.GetRequiredService<MailOutbox>().Lease(10, DateTime.UnixEpoch, default);
        Assert.Equal(2, planner.Plans.Count);
        Assert.All(planner.Plans, p => Assert.Contains("outgoing_mails_status", p));
    }

    [Fact]
    public async Task Dates_are_found_by_their_index()
    {
        await engine.Services.GetRequiredService<RemindOfDates>().Run();
        var dated = planner.Plans.Where(p => p.Contains("obligations", StringComparison.Ordinal) || p.Contains("agreements_", StringComparison.Ordinal)).ToList();
        Assert.All(
            new[] { "obligations_due", "agreements_report_due", "agreements_trial_end", "agreements_terms_open", "agreements_licence_end", "agreements_to_sign" },
            index => Assert.Contains(dated, p => p.Contains(index, StringComparison.Ordinal)));
        Assert.DoesNotContain(dated, p => p.Contains("SCAN o\n", StringComparison.Ordinal) || p.Contains("SCAN a\n", StringComparison.Ordinal));
    }

    /// <summary>Keeps how SQLite goes about each statement that reads or writes these tables.</summary>
    private sealed class Planner : DbCommandInterceptor
    {
        public List<string> Plans { get; } = [];

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Plan(command);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Plan(command);
            return ValueTask.FromResult(result);
        }

        private void Plan(DbCommand command)
        {
            if (command.CommandText.Contains("notice_positions", StringComparison.Ordinal))
            {
                return; // two rows
            }

            using var explain = command.Connection!.CreateCommand();
            explain.Transaction = command.Transaction;
            explain.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
            foreach (DbParameter parameter in command.Parameters)
            {
                var copy = explain.CreateParameter();
                (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
                explain.Parameters.Add(copy);
            }

            using var rows = explain.ExecuteReader();
            var plan = new List<string>();
            while (rows.Read())
            {
                plan.Add(rows.GetString(3));
            }

            Plans.Add(string.Join('\n', plan) + "\n");
        }
    }
}
