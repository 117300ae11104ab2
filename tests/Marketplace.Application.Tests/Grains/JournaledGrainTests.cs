using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Organisations;
using Marketplace.Journal;
using Marketplace.Storage.Sqlite;
using Xunit;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Grains;

// Inside the namespace, so that a use case hides the rule of the same name.
using Marketplace.Application.Organisations;
using Marketplace.Application.Reference;

public sealed class JournaledGrainTests : IAsyncLifetime
{
    private SqliteStorage storage = null!;
    private ScriptedJournal journal = null!;
    private TestEngine engine = null!;

    public async ValueTask InitializeAsync()
    {
        storage = await NewStorage();
        journal = new ScriptedJournal(storage.Journal);
        engine = await Start(storage, journal);
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await storage.DisposeAsync();
    }

    [Fact]
    public async Task A_repeated_command_returns_the_first_answer_and_writes_nothing()
    {
        var registration = Registration();
        var first = await engine.Accept(Principal.Visitor, registration);
        await engine.Accept(Administrator, new VerifyOrganisation(Guid.NewGuid(), IdOf(first)));

        Assert.Equal(first, await engine.Accept(Principal.Visitor, registration));
        Assert.Equal(2, await EventsOf(first.Id));
    }

    [Fact]
    public async Task A_command_id_with_another_request_is_refused()
    {
        var registration = Registration();
        var first = await engine.Accept(Principal.Visitor, registration);

        Assert.Equal("command-id-reused", await engine.Refuse(Principal.Visitor, registration with { ContactMail = "other@example.cn" }));
        Assert.Equal("command-id-reused", await engine.Refuse(Administrator, new VerifyOrganisation(registration.CommandId, IdOf(first))));
        Assert.Equal(1, await EventsOf(first.Id));
    }

    [Fact]
    public async Task A_command_id_used_on_another_stream_is_refused()
    {
        var registration = Registration();
        await engine.Accept(Principal.Visitor, registration);

        Assert.Equal("command-id-reused", await engine.Refuse(Administrator, new PublishLpr(registration.CommandId, new DateOnly(2026, 1, 20), 30_000)));
    }

    [Fact]
    public async Task A_refusal_writes_nothing_and_is_decided_anew_each_time()
    {
        var verify = new VerifyOrganisation(Guid.NewGuid(), OrganisationId.ForUscc(Uscc.Parse("91350100M000100Y43", "uscc").Value));
        Assert.Equal("not-found", await engine.Refuse(Administrator, verify));
        await engine.Accept(Principal.Visitor, Registration());
        await engine.Accept(Administrator, verify);
    }

    [Fact]
    public async Task Two_activations_of_one_stream_never_both_decide_on_the_same_version()
    {
        await using var other = await Start(storage);
        var organisation = IdOf(await engine.Accept(Principal.Visitor, Registration()));
        await other.Accept(Administrator, new VerifyOrganisation(Guid.NewGuid(), organisation));

        // This activation still believes version 1, in which a rejection would be fine.
        Assert.Equal("organisation-state", await engine.Refuse(Administrator, new RejectOrganisation(Guid.NewGuid(), organisation, "papers")));
        Assert.Equal(2, await EventsOf(organisation.Value));

        var suspended = await engine.Accept(Administrator, new SuspendOrganisation(Guid.NewGuid(), organisation, "fees"));
        Assert.Equal(3, suspended.Version);
        Assert.Equal(4, (await other.Accept(Administrator, new ReinstateOrganisation(Guid.NewGuid(), organisation))).Version);
    }

    [Fact]
    public async Task What_another_activation_has_committed_is_seen_after_the_same_command_was_answered()
    {
        await using var other = await Start(storage);
        var registration = Registration();
        var organisation = OrganisationId.ForUscc(Uscc.Parse(registration.Uscc, "uscc").Value);
        var grain = engine.Grains.GetGrain<IOrganisationGrain>(organisation.Value);
        Assert.Null((await grain.State()).Uscc);
        await other.Accept(Principal.Visitor, registration);

        await engine.Accept(Principal.Visitor, registration);
        Assert.NotNull((await grain.State()).Uscc);
    }

    [Fact]
    public async Task A_stream_that_others_keep_writing_is_given_up_after_five_decisions()
    {
        await using var other = await Start(storage);
        var organisation = IdOf(await engine.Accept(Principal.Visitor, Registration()));
        await engine.Accept(Administrator, new VerifyOrganisation(Guid.NewGuid(), organisation));
        var attempts = 0;
        journal.BeforeAppend = async _ =>
        {
            attempts++;
            await other.Accept(Administrator, new SuspendOrganisation(Guid.NewGuid(), organisation, "race"));
            await other.Accept(Administrator, new ReinstateOrganisation(Guid.NewGuid(), organisation));
        };

        Assert.Equal("contended", await engine.Refuse(Administrator, new SuspendOrganisation(Guid.NewGuid(), organisation, "fees")));
        Assert.Equal(5, attempts);
    }

    [Fact]
    public async Task An_answer_lost_on_the_way_is_found_by_repeating_the_command()
    {
        var registration = Registration();
        journal.AfterAppend = _ => throw ScriptedJournal.Unavailable();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => engine.Door.Send(Principal.Visitor, registration));

        journal.AfterAppend = _ => { };
        var answer = await engine.Accept(Principal.Visitor, registration);
        Assert.Equal(1, answer.Version);
        Assert.Equal(1, await EventsOf(answer.Id));
    }

    [Fact]
    public async Task What_was_not_committed_is_not_believed()
    {
        journal.BeforeAppend = _ => throw ScriptedJournal.Unavailable();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => engine.Door.Send(Principal.Visitor, Registration()));

        journal.BeforeAppend = _ => Task.CompletedTask;
        Assert.Equal(1, (await engine.Accept(Principal.Visitor, Registration(nameEn: "Another try"))).Version);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_read_is_said_to_be_unavailable_and_recovers()
    {
        journal.BeforeLoad = _ => throw ScriptedJournal.Unavailable();
        await Assert.ThrowsAsync<JournalUnavailableException>(() => engine.Door.Send(Principal.Visitor, Registration()));

        journal.BeforeLoad = _ => { };
        await engine.Accept(Principal.Visitor, Registration());
    }

    [Fact]
    public async Task Only_rows_that_changed_are_written()
    {
        var organisation = IdOf(await engine.Accept(Principal.Visitor, Registration()));
        await engine.Accept(Administrator, new VerifyOrganisation(Guid.NewGuid(), organisation));
        await engine.Accept(Administrator, new PublishLpr(Guid.NewGuid(), new DateOnly(2026, 1, 20), 29_000));

        Assert.Equal([1, 1, 0], journal.Appended.Select(c => c.Rows.Count));
        var found = await engine.Door.Ask(Administrator, new GetOrganisation(organisation));
        Assert.Equal(OrganisationStatus.Verified, found.Value.Status);
    }

    [Fact]
    public async Task A_snapshot_every_fifty_events_loads_to_the_same_state()
    {
        var organisation = await OrganisationWith(events: 52);

        var watched = new ScriptedJournal(storage.Journal);
        await using var other = await Start(storage, watched);
        var here = await engine.Grains.GetGrain<IOrganisationGrain>(organisation.Value).State();
        var there = await other.Grains.GetGrain<IOrganisationGrain>(organisation.Value).State();

        Assert.Equal(here, there);
        var loaded = LoadedOrganisation(watched);
        Assert.Equal(50, loaded.Snapshot?.Version);
        Assert.Equal([51, 52], loaded.Tail.Select(e => e.Version));
        Assert.Equal(53, (await other.Accept(Administrator, new SuspendOrganisation(Guid.NewGuid(), organisation, "again"))).Version);
    }

    [Fact]
    public async Task What_had_to_be_replayed_gets_a_snapshot_with_its_next_commit()
    {
        var organisation = await OrganisationWith(events: 16);

        var later = new ScriptedJournal(storage.Journal);
        await using var other = await Start(storage, later);
        await other.Accept(Administrator, new SuspendOrganisation(Guid.NewGuid(), organisation, "again"));
        await other.Accept(Administrator, new ReinstateOrganisation(Guid.NewGuid(), organisation));

        Assert.DoesNotContain(journal.Appended, c => c.Snapshot is not null);
        Assert.Equal([true, false], later.Appended.Select(c => c.Snapshot is not null));
        var watched = new ScriptedJournal(storage.Journal);
        await using var last = await Start(storage, watched);
        await last.Grains.GetGrain<IOrganisationGrain>(organisation.Value).State();
        var loaded = LoadedOrganisation(watched);
        Assert.Equal(17, loaded.Snapshot?.Version);
        Assert.Equal([18], loaded.Tail.Select(e => e.Version));
    }

    /// <summary>Registered and verified, then suspended and reinstated in turn.</summary>
    private async Task<OrganisationId> OrganisationWith(int events)
    {
        var organisation = IdOf(await engine.Accept(Principal.Visitor, Registration()));
        await engine.Accept(Administrator, new VerifyOrganisation(Guid.NewGuid(), organisation));
        for (var i = 2; i < events; i += 2)
        {
            await engine.Accept(Administrator, new SuspendOrganisation(Guid.NewGuid(), organisation, $"reason {i}"));
            await engine.Accept(Administrator, new ReinstateOrganisation(Guid.NewGuid(), organisation));
        }

        return organisation;
    }

    private static LoadedStream LoadedOrganisation(ScriptedJournal watched) =>
        watched.Loaded.Single(l => l.Stream.StartsWith("organisation/", StringComparison.Ordinal));

    private static OrganisationId IdOf(Accepted accepted) => OrganisationId.Wrap(accepted.Id);

    private async Task<int> EventsOf(string organisation) => await storage.Journal.ReadStream($"organisation/{organisation}").CountAsync();
}
