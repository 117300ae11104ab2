using Marketplace.Application.Grains;
using Marketplace.Application.Reads;
using Marketplace.Domain.Sweeps;

namespace Marketplace.Application.Sweeps;

[Stream("due-work")]
public interface IFailingWorkGrain : IJournaledGrain<FailingWorkState>
{
    /// <summary>The grain's key, and the id of the item: <c>notice/result/res_…</c>.</summary>
    public static string KeyOf(string purpose, string stream) => $"{purpose}/{stream}";
}

internal sealed class FailingWorkGrain(Surroundings around)
    : JournaledGrain<FailingWorkState, FailingWorkCommand, FailingWorkEvent, FailingWork>(around), IFailingWorkGrain
{
    protected override IEnumerable<IReadRow> Rows(FailingWorkState state) => RowsOf(Key, state);

    /// <summary>The rows of an item, from its state alone.</summary>
    internal static IEnumerable<IReadRow> RowsOf(string key, FailingWorkState state)
    {
        if (state.FailedAtUtc is { } failedAtUtc)
        {
            var slash = key.IndexOf('/', StringComparison.Ordinal);
            yield return new DueWorkFailureRow(
                key[(slash + 1)..], key[..slash], state.Failures, state.Attempts, state.Reason, failedAtUtc.UtcDateTime, state.QuarantinedAtUtc?.UtcDateTime);
        }
    }
}
