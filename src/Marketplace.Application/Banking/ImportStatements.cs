using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Journal;
using Orleans;

namespace Marketplace.Application.Banking;

/// <summary>
/// Records the lines of accepted statements, each in a commit of its own. Killed anywhere, it goes on from the last thousand that it had told of:
/// a line that is recorded already is known by its id, and changes nothing.
/// </summary>
public sealed class ImportStatements(IGrainFactory grains, IJournal journal, IStatementReader reader)
{
    /// <summary>Lines after which the statement is told how far it is.</summary>
    public const int Step = 1_000;

    private const int MaxInFlight = 256;

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
        var (seen, done, added) = (0, statement.Done, statement.New);
        var step = new List<StatementLine>(Step);
        await foreach (var line in reader.Read(file, statement.Mapping, cancel))
        {
            if (++seen <= statement.Done)
            {
                continue;
            }

            step.Add(line);
            if (step.Count < Step && seen < statement.Entries)
            {
                continue;
            }

            var (isNew, refusal) = await Record(id, step, cancel);
            if (refusal is not null)
            {
                return refusal;
            }

            (done, added) = (done + step.Count, added + isNew);
            step.Clear();
            answer = await Tell(grain, id, new RecordStatementProgress(done, added));
        }

        return done == statement.Entries ? answer : throw new InvalidOperationException($"{id} has {seen} lines, and was accepted with {statement.Entries}");
    }

    /// <summary>How many of them no earlier statement had brought; or why one could not be recorded.</summary>
    private async Task<(int New, Refusal? Refusal)> Record(BankStatementId statement, IReadOnlyList<StatementLine> lines, CancellationToken cancel)
    {
        var added = 0;
        Refusal? refused = null;
        await Parallel.ForEachAsync(lines, new ParallelOptions { MaxDegreeOfParallelism = MaxInFlight, CancellationToken = cancel }, async (line, _) =>
        {
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
        return (added, refused);
    }

    private static Task<Answer> Tell(IBankStatementGrain grain, BankStatementId id, RecordStatementProgress progress) => Send(
        grain, DerivedId.Guid(id.Value, "progress", progress.Done.ToString(CultureInfo.InvariantCulture), progress.New.ToString(CultureInfo.InvariantCulture)), progress);

    private static Task<Answer> Send(IJournaledGrain grain, Guid command, object content) =>
        grain.Execute(CommandEnvelope.BySystem(command, content));
}
