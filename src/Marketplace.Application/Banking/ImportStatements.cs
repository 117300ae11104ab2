using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Journal;
using Orleans;

namespace Marketplace.Application.Banking;

/// <summary>
/// Records the lines of accepted statements, each in a commit of its own. Killed anywhere, it goes on from the last step that it had told of:
/// a line that is recorded already is known by its id, and changes nothing.
/// </summary>
public sealed class ImportStatements(IGrainFactory grains, IJournal journal, IStatementReader reader)
{
    /// <summary>Lines after which the statement is told how far it is.</summary>
    public const int Step = 5_000;

    private const int MaxInFlight = 512;

    /// <summary>Records what is left of one statement.</summary>
    /// <param name="stream"><c>bank-statement/stm_…</c>, as in the due-work table.</param>
    /// <exception cref="JournalUnavailableException">Not all lines are recorded: the next run goes on.</exception>
    /// <exception cref="StatementRefusedException">The file is not what was accepted.</exception>
    public async Task<Answer> Import(string stream, CancellationToken cancel = default)
    {
        var id = BankStatementId.Wrap(StreamDirectory.IdOf(stream));
        var grain = grains.GetGrain<IBankStatementGrain>(id.Value);
        var statement = await grain.State();
        Answer answer = new Accepted(id.Value, 0);
        if (statement.Status != StatementStatus.Importing)
        {
            return answer;
        }

        await using var file = await StatementChunks.Join(journal, stream, cancel);
        await using var lines = reader.Read(file, statement.Mapping, cancel).GetAsyncEnumerator(cancel);
        await foreach (var _ in Next(lines, statement.Done))
        {
            // Recorded and told of.
        }

        for (var (done, added) = (statement.Done, statement.New); done < statement.Entries;)
        {
            var (count, isNew, refusal) = await Record(id, Next(lines, Step), cancel);
            if (refusal is not null)
            {
                return refusal;
            }

            if (count == 0)
            {
                throw new InvalidOperationException($"{id} has {done} lines, and was accepted with {statement.Entries}");
            }

            (done, added) = (done + count, added + isNew);
            answer = await Tell(grain, id, new RecordStatementProgress(done, added));
        }

        return answer;
    }

    private static async IAsyncEnumerable<StatementLine> Next(IAsyncEnumerator<StatementLine> lines, int most)
    {
        for (var i = 0; i < most && await lines.MoveNextAsync(); i++)
        {
            yield return lines.Current;
        }
    }

    /// <summary>How many there were, and how many of them no earlier statement had brought; or why one could not be recorded. The file is read on meanwhile.</summary>
    private async Task<(int Count, int New, Refusal? Refusal)> Record(BankStatementId statement, IAsyncEnumerable<StatementLine> lines, CancellationToken cancel)
    {
        var (count, added) = (0, 0);
        Refusal? refused = null;
        await Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = MaxInFlight, CancellationToken = cancel }, async (line, _) =>
        {
            Interlocked.Increment(ref count);
            var id = BankLineId.For(line.Key);

            // The id says which statement brings it: after a kill its own lines are new once more, and those of an earlier one are not.
            var command = DerivedId.Guid(id.Value, statement.Value);
            switch (await Send(grains.GetGrain<IBankLineGrain>(id.Value), command, new RecordBankLine(statement, BankAccountId.For(line.Account), line.Entry)))
            {
                case Accepted:
                    Interlocked.Increment(ref added);
                    break;
                case Refused { Refusal: var refusal } when refusal.Code != BankLineRules.IsRecorded.Code:
                    refused = refusal;
                    break;
                default:
                    break; // known
            }
        });
        return (count, added, refused);
    }

    private static Task<Answer> Tell(IBankStatementGrain grain, BankStatementId id, RecordStatementProgress progress) => Send(
        grain, DerivedId.Guid(id.Value, "progress", progress.Done.ToString(CultureInfo.InvariantCulture), progress.New.ToString(CultureInfo.InvariantCulture)), progress);

    private static Task<Answer> Send(IJournaledGrain grain, Guid command, object content) =>
        grain.Execute(CommandEnvelope.BySystem(command, content));
}
