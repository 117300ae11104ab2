using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marketplace.Application.Agreements;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Invoicing;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Domain.Tests.LabResults;
using Marketplace.Journal;
using Xunit;

namespace Marketplace.Application.Tests.Invariants;

/// <summary>Writes streams as grains do, with rows, legs and hashes, but decides nothing: whatever it is told has happened.</summary>
internal sealed class Scribe(IJournal journal)
{
    private static readonly DateTimeOffset Long = new(2024, 1, 2, 2, 0, 0, TimeSpan.Zero);

    /// <summary>The lab's result and offer that the agreements of stories are about.</summary>
    public async Task WriteCatalog(AgreementTerms terms, OrganisationId? offeredBy = null, OrganisationId? madeBy = null)
    {
        var lab = Deals.Lab.Organisation!.Value;
        await WriteResult(madeBy ?? lab);
        await Write<OfferState, OfferCommand, OfferEvent, Offer>(
            $"offer/{DerivedId.From<OfferId>("offer")}", OfferRow.Of, _ => [],
            [(Deals.Lab with { Organisation = offeredBy ?? lab }, Long, [new OfferMade(DerivedId.From<LabResultId>("result"), offeredBy ?? lab, terms, new DateOnly(2030, 1, 1))])]);
    }

    public Task WriteResult(OrganisationId lab) => Write<LabResultState, LabResultCommand, LabResultEvent, LabResult>(
        $"result/{DerivedId.From<LabResultId>("result")}", ResultRow.Of, _ => [],
        [(Deals.Lab with { Organisation = lab }, Long, [new ResultDrafted(lab, Listing.Content())])]);

    /// <summary>The agreement of stories, and before it the numbers of the fapiao that it records.</summary>
    public async Task WriteAgreement(IEnumerable<ToldCommand> told)
    {
        var id = DerivedId.From<AgreementId>("agreement");
        ToldCommand[] commands = [.. told];
        foreach (var number in commands.SelectMany(c => c.Events).Select(NumberOf).OfType<FapiaoNumber>().Distinct())
        {
            await WriteFapiaoNumber(number, id);
        }

        await Write<Agreement, AgreementCommand, AgreementEvent, AgreementRules>(
            $"agreement/{id}", (_, a) => AgreementRows.Of(a), AgreementPostings.EntriesFor, commands.Select(t => (t.Actor, t.AtUtc, t.Events)));
    }

    public Task WriteFapiaoNumber(FapiaoNumber number, AgreementId by) => Write<FapiaoRegisterState, FapiaoCommand, FapiaoEvent, FapiaoRegister>(
        $"fapiao/{number}", (_, _) => [], _ => [], [(Deals.Lab, Long, [new FapiaoNumberTaken(number, by)])]);

    private static FapiaoNumber? NumberOf(AgreementEvent happened) => happened switch
    {
        FapiaoRecorded e => e.Number,
        RedFapiaoRecorded e => e.Number,
        _ => null,
    };

    public async Task Write<TState, TCommand, TEvent, TAggregate>(
        string stream, Func<string, TState, IEnumerable<IReadRow>> rows, Func<TEvent, IEnumerable<Entry>> entries,
        IEnumerable<(Actor Actor, DateTimeOffset AtUtc, IReadOnlyList<TEvent> Events)> commands)
        where TEvent : class
        where TAggregate : IAggregate<TState, TCommand, TEvent>
    {
        var (state, ledger, version, hash) = (TAggregate.Initial, StreamLedger.Empty, 0L, ReadOnlyMemory<byte>.Empty);
        foreach (var (actor, atUtc, happened) in commands.Where(c => c.Events.Count > 0))
        {
            var events = new List<NewEvent>();
            foreach (var e in happened)
            {
                (ledger, var postings) = ledger.Post(EntriesOf(entries, e));
                state = Applied<TState, TCommand, TEvent, TAggregate>(state, e);
                events.Add(new NewEvent(EventCatalog<TEvent>.Instance.NameOf(e), CanonicalJson.Write(e), postings));
            }

            var id = DerivedId.Guid(stream, version.ToString(CultureInfo.InvariantCulture));
            var snapshot = (version + events.Count) / 50 > version / 50 ? new NewSnapshot(KeptState<TState>.Shape, new KeptState<TState>(state, ledger).Write()) : null;
            var committed = Assert.IsType<CommitResult.Committed>(await journal.Append(new JournalCommand(
                stream, version, hash, id, SHA256.HashData(Encoding.UTF8.GetBytes(stream)), actor.ToString(), atUtc, events,
                [.. rows(StreamDirectory.IdOf(stream), state).Select(ReadTable.Change)], snapshot)));
            (version, hash) = (committed.Version, committed.Hash);
        }
    }

    // What a rule would never have written may be impossible to apply or to post; it is written all the same.
    private static TState Applied<TState, TCommand, TEvent, TAggregate>(TState state, TEvent happened)
        where TAggregate : IAggregate<TState, TCommand, TEvent>
    {
        try
        {
            return TAggregate.Apply(state, happened);
        }
        catch (Exception impossible) when (impossible is ArgumentException or NullReferenceException or UnbalancedEntryException)
        {
            return state;
        }
    }

    private static IEnumerable<Entry> EntriesOf<TEvent>(Func<TEvent, IEnumerable<Entry>> entries, TEvent happened)
    {
        try
        {
            return [.. entries(happened)];
        }
        catch (UnbalancedEntryException)
        {
            return [];
        }
    }
}
