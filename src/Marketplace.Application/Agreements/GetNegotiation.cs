using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>How the terms of an agreement came about: every version, what it changed, and whose turn it is; for its parties and administrators.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetNegotiation(AgreementId Agreement) : IQuery<NegotiationView>;

/// <param name="EffectiveOn">Null: not signed by all.</param>
/// <param name="Days">From the application until all had signed, until it came to nothing, or so far.</param>
/// <param name="Turn">Who has yet to answer, accept or sign; nobody once it is over.</param>
/// <param name="SilentUntil">The day after which the negotiation is over if neither party moves; null when nobody negotiates.</param>
/// <param name="Versions">Newest first.</param>
/// <param name="Templates">That the versions were filled from.</param>
public sealed record NegotiationView(
    AgreementId Agreement,
    AgreementState State,
    BilingualText ResultTitle,
    BilingualText LabName,
    BilingualText CompanyName,
    DateOnly AppliedOn,
    DateOnly? TakenUpOn,
    DateOnly? EffectiveOn,
    int Days,
    Party Turn,
    DateOnly? SilentUntil,
    IReadOnlyList<NegotiatedVersion> Versions,
    IReadOnlyList<TemplateDetails> Templates);

/// <param name="IsNewest">The one that can be accepted, or was.</param>
/// <param name="AcceptedBy">Of the newest; nobody of any other.</param>
/// <param name="Replaces">The version that <paramref name="Differences"/> compare it with; null of the offer.</param>
/// <param name="Before">Terms of that version; null of the offer.</param>
/// <param name="Criteria">The annex: what the trial has to show.</param>
public sealed record NegotiatedVersion(
    int Version,
    Party By,
    DateOnly On,
    string? Note,
    DateOnly? ValidUntil,
    ProposalStatus Status,
    bool IsNewest,
    Party AcceptedBy,
    int? Replaces,
    IReadOnlyList<TermDifference> Differences,
    IReadOnlyList<TermStance> Stances,
    AgreementTerms Terms,
    AgreementTerms? Before,
    IReadOnlyList<AcceptanceCriterion> Criteria);

internal sealed class GetNegotiationHandler(Commands commands, IContractTemplates templates, MarketplaceClock clock) : IRequestHandler<GetNegotiation, Result<NegotiationView>>
{
    public async Task<Result<NegotiationView>> Handle(GetNegotiation request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        var a = visible.Value;
        var about = await commands.About(a);
        var appliedOn = a.Proposals[0].On;
        return new NegotiationView(
            a.Id, a.State, about.Result.Title, about.Lab.Name, about.Company.Name, appliedOn, a.TakenUpOn, a.EffectiveOn,
            (a.EffectiveOn ?? (IsOpen(a) ? LocalTime.DateOf(clock.NowUtc) : a.LastMovedOn!.Value)).DayNumber - appliedOn.DayNumber,
            TurnOf(a), a.Stage == Stage.Negotiating ? AgreementRules.SilentUntil(a) : null, [.. a.Proposals.Reverse().Select(p => Version(a, p))],
            templates.NamedBy(a.Proposals.Select(p => p.Terms)));
    }

    private static bool IsOpen(Agreement a) => a.Stage is Stage.Applied or Stage.Negotiating or Stage.Agreed;

    private static Party TurnOf(Agreement a) => a.Stage switch
    {
        Stage.Applied => Party.Lab,
        Stage.Negotiating => Party.Both & ~a.AcceptedBy,
        Stage.Agreed => a.Signatories & ~a.SignedBy,
        _ => Party.None,
    };

    private static NegotiatedVersion Version(Agreement a, TermsProposal p)
    {
        var isNewest = p.Version == a.Newest.Version;
        return new(
            p.Version, p.By, p.On, p.Note, p.ValidUntil, p.Status, isNewest, isNewest ? a.AcceptedBy : Party.None, p.Replaces,
            AgreementRules.Differences(a, p), p.Stances, p.Terms, p.Replaces is { } before ? a.Proposals[before - 1].Terms : null, p.Criteria ?? []);
    }
}
