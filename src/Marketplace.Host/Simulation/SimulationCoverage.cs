using Marketplace.Application.Grains;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using Marketplace.Journal;

namespace Marketplace.Host.Simulation;

/// <summary>What of all that an agreement can be, owe and undergo has come to pass, told by the events that were recorded.</summary>
public sealed class SimulationCoverage
{
    private readonly SortedSet<AgreementState> states = [];
    private readonly SortedSet<PaymentModel> triggers = [];
    private readonly SortedSet<EnforcementStep> steps = [];
    private readonly SortedSet<ReportStep> reportSteps = [];
    private readonly SortedSet<string> templates = new(StringComparer.Ordinal);

    private readonly SortedSet<Talk> talks = [];
    private readonly SortedSet<string> trials = new(StringComparer.Ordinal);

    private string stream = "";
    private Agreement agreement = AgreementRules.Initial;

    /// <summary>The ladder of a report that does not come.</summary>
    private enum ReportStep
    {
        Missing,
        Demanded,
        Assessed,
    }

    /// <summary>What becomes of proposals and of what is said of them.</summary>
    private enum Talk
    {
        VersionTakenBack,
        VersionLapsed,
        TermAccepted,
        TermContested,
        NegotiationLapsed,
    }

    /// <summary>What is written in a trial, and what becomes of its result.</summary>
    private static readonly IReadOnlyList<string> TrialMoments =
        [.. Enum.GetValues<TrialEntryKind>().Where(k => k != TrialEntryKind.Note).Select(k => $"{k}"), "Retracted", "Met", "NotMet", .. Enum.GetValues<SignOffStatus>().Select(s => $"{s}")];

    /// <summary>A line for each: how many there are and, where one is missing, which.</summary>
    public IEnumerable<string> Lines()
    {
        yield return Line("states", states, Enum.GetValues<AgreementState>().Where(s => s != AgreementState.None));
        yield return Line("triggers", triggers, Enum.GetValues<PaymentModel>());
        yield return Line("steps", steps.Select(s => $"{s}").Concat(reportSteps.Select(s => $"Report{s}")),
            Enum.GetValues<EnforcementStep>().Select(s => $"{s}").Concat(Enum.GetValues<ReportStep>().Select(s => $"Report{s}")));
        yield return Line("talks", talks, Enum.GetValues<Talk>());
        yield return Line("trials", trials, TrialMoments);
        yield return Line("templates", templates, SimulatedTerms.Templates.Newest.Select(t => t.Id));
    }

    /// <param name="recorded">Events come stream by stream, in the order of their versions.</param>
    internal void Meet(RecordedEvent recorded)
    {
        if (!recorded.Stream.StartsWith("agreement/", StringComparison.Ordinal))
        {
            return;
        }

        if (recorded.Stream != stream)
        {
            (stream, agreement) = (recorded.Stream, AgreementRules.Initial);
        }

        var happened = EventCatalog<AgreementEvent>.Instance.Read(recorded.Type, recorded.Body);
        agreement = AgreementRules.Apply(agreement, happened);
        states.Add(agreement.State);
        switch (happened)
        {
            case LicenceConverted when agreement.Terms.Template is { } template:
                templates.Add(template.Id);
                break;
            case ObligationArose e:
                triggers.Add(agreement.Terms.Payments[e.Trigger].Model);
                Meet<StackingReduction>(e, "stackedMinor", PaymentModel.StackingReduction);
                Meet<CumulativeCap>(e, "cappedMinor", PaymentModel.CumulativeCap);
                break;
            case ProposalWithdrawn:
                talks.Add(Talk.VersionTakenBack);
                break;
            case ProposalLapsed:
                talks.Add(Talk.VersionLapsed);
                break;
            case TermStanceTaken e:
                talks.Add(e.Stance == Stance.Accepted ? Talk.TermAccepted : Talk.TermContested);
                break;
            case NegotiationLapsed:
                talks.Add(Talk.NegotiationLapsed);
                break;
            case TrialEntryRecorded e:
                trials.Add($"{e.Kind}");
                break;
            case TrialEntryRetracted:
                trials.Add("Retracted");
                break;
            case SignOffRequested or SignOffConfirmed or SignOffObjected:
                trials.UnionWith([$"{agreement.SignOff!.Status}", .. agreement.SignOff.Results.Select(r => r.IsMet ? "Met" : "NotMet")]);
                break;
            case EnforcementStepTaken e:
                steps.Add(e.Step);
                break;
            case SalesReportReminded e:
                reportSteps.Add(e.Reminder == SalesReportReminder.Missing ? ReportStep.Missing : ReportStep.Demanded);
                break;
            case SalesAssessed:
                reportSteps.Add(ReportStep.Assessed);
                break;
            default:
                break;
        }
    }

    /// <summary>Clauses that owe nothing themselves show in what they take from others.</summary>
    private void Meet<TClause>(ObligationArose arose, string input, PaymentModel model) where TClause : PaymentTrigger
    {
        if (agreement.Terms.Payments.Any(p => p is TClause) && arose.Why.Inputs.Any(i => i.Name == input && i.Value != "0"))
        {
            triggers.Add(model);
        }
    }

    private static string Line<T>(string what, IEnumerable<T> met, IEnumerable<T> all)
    {
        var (seen, possible) = (met.ToHashSet(), all.ToList());
        var missing = possible.Where(p => !seen.Contains(p)).ToList();
        return $"coverage {what} {possible.Count - missing.Count}/{possible.Count}{(missing.Count == 0 ? "" : $" without {string.Join(' ', missing)}")}";
    }
}
