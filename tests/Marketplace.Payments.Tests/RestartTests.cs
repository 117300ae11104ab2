using System.Data.Common;
using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Payments.Sandbox;
using Marketplace.Testing;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Marketplace.Payments.Tests;

/// <summary>What a killed process leaves behind is put right by the next one. Derived once per database.</summary>
public abstract class RestartTests(bool onPostgres) : EngineTest(onPostgres)
{
    [Theory]
    [InlineData("sandbox:ok", IntentStatus.Succeeded, 100_000)]
    [InlineData("sandbox:silent", IntentStatus.Succeeded, 100_000)]
    [InlineData("sandbox:partial-40", IntentStatus.PartlySucceeded, 40_000)]
    [InlineData("sandbox:decline", IntentStatus.Failed, 0)]
    public async Task Killed_between_call_and_outcome_the_payment_is_found_and_not_made_again(string method, IntentStatus status, long movedMinor)
    {
        var agreement = await Engine.CollectionDue(method, method);
        var intent = (await Engine.IntentOf(agreement)).Id;
        Engine.Provider.AfterSend = _ => throw new KilledException();
        if (method == "sandbox:silent")
        {
            await Engine.WorkOff(agreement); // no answer to be killed after
        }
        else
        {
            await Assert.ThrowsAsync<KilledException>(() => Engine.WorkOff(agreement));
        }

        var book = await Engine.BookOf(intent);
        await Restart();
        Engine.Pass(TimeSpan.FromMinutes(1));
        Assert.IsType<Accepted>(await Engine.WorkOff(agreement));

        var found = await Engine.IntentOf(agreement);
        Assert.Equal((status, movedMinor), (found.Status, found.MovedMinor));
        Assert.Equal((0, 1), (Engine.Provider.Sends, Engine.Provider.LookUps));
        Assert.Equal(book, await Engine.BookOf(intent));
        Assert.Equal(movedMinor, (await Engine.StateOf(agreement)).Receipts.Sum(r => r.Amount.AmountMinor));
    }

    [Fact]
    public async Task Killed_before_the_call_the_payment_is_made_once()
    {
        var agreement = await Engine.CollectionDue("killed before", "sandbox:ok");
        Engine.Provider.BeforeSend = (_, _) => throw new KilledException();
        await Assert.ThrowsAsync<KilledException>(() => Engine.WorkOff(agreement));

        await Restart();
        await Engine.WorkOff(agreement);
        var intent = await Engine.IntentOf(agreement);
        Assert.Equal(IntentStatus.Succeeded, intent.Status);
        Assert.Single((await Engine.BookOf(intent.Id)).OfType<SandboxMoneyMoved>());
    }

    [Fact]
    public async Task A_payment_under_way_outlives_the_host()
    {
        var agreement = await Engine.CollectionDue("under way", "sandbox:delay-3d");
        await Engine.WorkOff(agreement);
        await Restart();
        Engine.Pass(TimeSpan.FromDays(3) - TimeSpan.FromTicks(10));
        await Engine.WorkOff(agreement);
        Assert.Equal(IntentStatus.Processing, (await Engine.IntentOf(agreement)).Status);

        await Restart();
        Engine.Pass(TimeSpan.FromTicks(10));
        await Engine.WorkOff(agreement);
        var state = await Engine.StateOf(agreement);
        Assert.Equal(IntentStatus.Succeeded, state.Intents[0].Status);
        Assert.Equal(Engine.NowUtc, Assert.IsType<SandboxMoneyMoved>((await Engine.BookOf(state.Intents[0].Id))[^1]).AtUtc);
    }

    [Fact]
    public async Task An_order_sent_twice_is_the_first_payment()
    {
        var agreement = await Engine.CollectionDue("twice", "sandbox:delay-3d");
        var order = await Engine.OrderOf(agreement);
        var first = await Engine.Provider.Send(order);
        Assert.Equal(first, await Engine.Provider.Send(order));
        await Restart();
        Assert.Equal(first, await Engine.Provider.Send(order));
        Assert.Equal(first, await Engine.Provider.LookUp(order));
        Assert.Single(await Engine.BookOf(order.Intent));
    }

    [Fact]
    public async Task Another_order_under_the_same_intent_is_refused_loudly()
    {
        var agreement = await Engine.CollectionDue("reused", "sandbox:ok");
        var order = await Engine.OrderOf(agreement);
        await Engine.Provider.Send(order);
        PaymentOrder[] others =
        [
            order with { Amount = order.Amount + order.Amount },
            order with { Method = "sandbox:delay-3d" },
            order with { Kind = IntentKind.Payout },
        ];
        foreach (var other in others)
        {
            Assert.Equal("sandbox-key-reused", (await Assert.ThrowsAsync<PaymentOrderRefusedException>(() => Engine.Provider.Send(other))).Refusal.Code);
            Assert.Equal("sandbox-key-reused", (await Assert.ThrowsAsync<PaymentOrderRefusedException>(() => Engine.Provider.LookUp(other))).Refusal.Code);
        }
    }

    [Theory]
    [InlineData("update obligations set amount_minor = 0, outstanding_minor = interest_minor + costs_minor - allocated_minor - waived_minor")]
    [InlineData("update obligations set amount_minor = -1, interest_minor = 1, outstanding_minor = 0")]
    [InlineData("update obligations set outstanding_minor = outstanding_minor + 1")]
    [InlineData("update obligations set allocated_minor = amount_minor + 1, outstanding_minor = -1")]
    [InlineData("update obligations set contested_minor = outstanding_minor + 1")]
    [InlineData("update payment_intents set amount_minor = 0, moved_minor = 0")]
    [InlineData("update payment_intents set moved_minor = amount_minor + 1")]
    [InlineData("update payment_intents set moved_minor = -1")]
    public async Task F28_The_database_itself_refuses_sums_that_cannot_be(string statement)
    {
        await Engine.CollectionDue("refused", "sandbox:delay-3d");
        await using var database = Open();
        await database.OpenAsync();
        await using var command = database.CreateCommand();
        command.CommandText = statement;
        var refused = await Assert.ThrowsAnyAsync<DbException>(() => command.ExecuteNonQueryAsync());
        Assert.Contains("check", refused.Message, StringComparison.OrdinalIgnoreCase);

        command.CommandText = "update obligations set amount_minor = amount_minor, outstanding_minor = outstanding_minor"; // what can be is not
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private DbConnection Open() => IsOnPostgres ? new NpgsqlConnection(ConnectionString) : new SqliteConnection($"{ConnectionString};Pooling=False");
}

public sealed class SqliteRestartTests() : RestartTests(onPostgres: false);

public sealed class PostgresRestartTests() : RestartTests(onPostgres: true)
{
    /// <summary>Neither knows of the other's grains, as two silos that cannot see each other: the journal alone keeps them apart.</summary>
    [Fact]
    public async Task Two_hosts_that_do_not_know_of_each_other_make_one_payment()
    {
        await using var one = await PaymentEngine.Start(ConnectionString);
        var agreement = await one.CollectionDue("two hosts", "sandbox:delay-3d");
        await using var other = await PaymentEngine.Start(ConnectionString, one.NowUtc);
        var order = await one.OrderOf(agreement);
        Assert.Null(await one.Provider.LookUp(order));
        Assert.Null(await other.Provider.LookUp(order));

        var sent = await one.Provider.Send(order);
        Assert.Equal(sent, await other.Provider.Send(order)); // it still believed that nobody had sent it
        Assert.Single(await one.BookOf(order.Intent));

        one.Pass(TimeSpan.FromDays(3));
        other.Pass(TimeSpan.FromDays(3));
        await Task.WhenAll(one.WorkOff(agreement), other.WorkOff(agreement));
        Assert.Single((await one.BookOf(order.Intent)).OfType<SandboxMoneyMoved>());
        var recorded = await one.StateOf(agreement);
        Assert.Equal(100_000, recorded.Receipts.Sum(r => r.Amount.AmountMinor));
    }
}
