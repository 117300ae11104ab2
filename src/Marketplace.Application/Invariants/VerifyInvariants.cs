using System.Globalization;
using Marketplace.Application.Grains;
using Marketplace.Journal;
using Microsoft.Extensions.Logging;

namespace Marketplace.Application.Invariants;

/// <summary>The daily check of a running marketplace. It mends nothing: what is broken is logged as critical, row by row, for people to look at.</summary>
public sealed partial class VerifyInvariants(MarketplaceCheck check, IJournalAudit audit, MarketplaceClock clock, TimeProvider time, ILogger<VerifyInvariants> log)
{
    /// <exception cref="System.Data.Common.DbException">The database did not answer to the end; nothing is known.</exception>
    public async Task<CheckSummary> Run(CancellationToken cancel = default)
    {
        var began = time.GetTimestamp();
        var summary = await CheckSummary.Of(check.Run(audit, clock.NowUtc, cancel), cancel);
        if (summary.IsSound)
        {
            LogSound(time.GetElapsedTime(began));
        }
        else
        {
            foreach (var line in summary.Lines(CultureInfo.InvariantCulture).Where(l => l.Contains(" BROKEN ", StringComparison.Ordinal)))
            {
                LogBroken(line);
            }
        }

        return summary;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "All invariants hold; looking took {Elapsed}.")]
    private partial void LogSound(TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Finding}")]
    private partial void LogBroken(string finding);
}
