using System.Globalization;
using System.Text.Json;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Invariants;
using Marketplace.Domain.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Journal;

namespace Marketplace.Host.Simulation;

/// <summary>What a simulation has left in the database, and how fast it got there.</summary>
/// <param name="Agreements">Number in each state.</param>
/// <param name="Money">Where the money of each currency stands.</param>
/// <param name="Steps">Steps of the enforcement ladder that were taken.</param>
/// <param name="Obligations">That arose.</param>
/// <param name="Events">In the whole journal.</param>
/// <param name="BrokenInvariants">Number of findings by invariant; none when all hold.</param>
/// <param name="Coverage">What of all that can come to pass did.</param>
/// <param name="LedgerDigest">See <see cref="Application.Invariants.LedgerDigest"/>.</param>
public sealed record SimulationReport(
    SimulationSettings Settings,
    SimulationOutcome Outcome,
    IReadOnlyDictionary<AgreementState, int> Agreements,
    IReadOnlyList<CurrencyOverview> Money,
    IReadOnlyDictionary<EnforcementStep, int> Steps,
    long Obligations,
    long Events,
    IReadOnlyDictionary<int, long> BrokenInvariants,
    IReadOnlyList<string> Coverage,
    string LedgerDigest)
{
    public double ObligationsPerSecond => Obligations / Outcome.Elapsed.TotalSeconds;

    /// <param name="storage">Of the simulation, after it has ended.</param>
    public static async Task<SimulationReport> Of(
        SimulationSettings settings, SimulationOutcome outcome, CheckSummary check, MarketplaceDoor door, IStorage storage, CancellationToken cancel)
    {
        var overview = (await door.Ask(Market.Administrator, new GetSettlementOverview(), cancel)).Value;
        var steps = new SortedDictionary<EnforcementStep, int>();
        var (obligations, events, coverage) = (0L, 0L, new SimulationCoverage());
        await using (var view = await storage.Audit.OpenView(cancel))
        {
            await foreach (var row in view.ReadByStream(cancel))
            {
                events++;
                coverage.Meet(row.Event);
                obligations += row.Event.Type == "obligation-arose" ? 1 : 0;
                if (row.Event.Type == "enforcement-step-taken")
                {
                    using var body = JsonDocument.Parse(row.Event.Body);
                    var step = Enum.Parse<EnforcementStep>(body.RootElement.GetProperty("step").GetString()!, ignoreCase: true);
                    steps[step] = steps.GetValueOrDefault(step) + 1;
                }
            }
        }

        return new SimulationReport(
            settings, outcome, new SortedDictionary<AgreementState, int>(overview.Agreements.ToDictionary()), overview.Currencies, steps, obligations, events,
            Enumerable.Range(1, Invariant.Names.Count).Where(i => check.CountOf(i) > 0).ToDictionary(i => i, check.CountOf),
            [.. coverage.Lines()],
            await Application.Invariants.LedgerDigest.Of(storage.Audit, cancel));
    }

    /// <summary>For people and scripts; the digest is the last line.</summary>
    public IEnumerable<string> Lines(CheckSummary check)
    {
        yield return "合同状态 agreements by state";
        foreach (var (state, count) in Agreements)
        {
            yield return $"  {state,-12} {count,8}";
        }

        yield return "资金流 money by flow (沙盒 sandbox)";
        foreach (var money in Money)
        {
            yield return $"  {money.Received.Currency.Code} planned {money.Planned} · invoiced {money.Invoiced} · receivable {money.Receivable} · received {money.Received}";
            yield return $"      paid out {money.PaidOut} · refunded {money.Refunded} · unapplied {money.Unapplied} · platform fee {money.PlatformFee} · payable to labs {money.Payable}";
        }

        yield return "催收步骤 enforcement steps taken";
        foreach (var (step, count) in Steps)
        {
            yield return $"  {step,-14} {count,8}";
        }

        if (Outcome.Refused.Count > 0)
        {
            yield return "未被接受的请求 refused commands";
            foreach (var (what, count) in Outcome.Refused)
            {
                yield return $"  {what,-40} {count,6}";
            }
        }

        yield return string.Create(CultureInfo.InvariantCulture,
            $"obligations {Obligations} · commands {Outcome.Commands} · due work {Outcome.Woken} · events {Events} · {Outcome.Elapsed.TotalSeconds:0.0} s · {ObligationsPerSecond:0.0} obligations per second");
        foreach (var line in check.Lines(CultureInfo.CurrentUICulture))
        {
            yield return line;
        }

        foreach (var line in Coverage)
        {
            yield return line;
        }

        yield return $"ledger digest {LedgerDigest}";
    }
}
