using Marketplace.Application.Door;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>What two versions of an agreement say differently, in terms and in the text of the contract; for its parties and administrators.</summary>
/// <param name="Language">Of the text: zh or en.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetTermsDifference(AgreementId Agreement, int From, int To, string Language = "zh") : IQuery<TermsDifferenceView>;

/// <param name="Templates">That the two were filled from.</param>
/// <param name="Text">The whole contract, paragraph by paragraph; null when one of the versions was written freely and has no text of a template.</param>
public sealed record TermsDifferenceView(
    int From, int To, AgreementTerms Before, AgreementTerms After, IReadOnlyList<TermDifference> Differences, IReadOnlyList<ComparedParagraph>? Text,
    IReadOnlyList<TemplateDetails> Templates);

internal sealed class GetTermsDifferenceHandler(Commands commands, IContractTemplates templates, IContractDifference difference)
    : IRequestHandler<GetTermsDifference, Result<TermsDifferenceView>>
{
    public async Task<Result<TermsDifferenceView>> Handle(GetTermsDifference request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if ((visible.Refusal ?? ContractLanguage.Check(request.Language)) is { } refusal)
        {
            return refusal;
        }

        var a = visible.Value;
        if ((Existing(a, request.From, "from") ?? Existing(a, request.To, "to")) is { } unknown)
        {
            return unknown;
        }

        var facts = (await commands.About(a)).Facts(a);
        var (before, after) = (a.Proposals[request.From - 1], a.Proposals[request.To - 1]);
        ContractDocument? Text(TermsProposal version) => templates.Write(version.Terms, facts, request.Language == "en");
        return new TermsDifferenceView(
            request.From, request.To, before.Terms, after.Terms, AgreementRules.Differences(before, after),
            Text(before) is { } old && Text(after) is { } now ? difference.Between(old, now) : null,
            templates.NamedBy([before.Terms, after.Terms]));
    }

    private static Refusal? Existing(Agreement a, int version, string field) => version >= 1 && version <= a.Proposals.Count
        ? null
        : Refusal.Invalid("version-unknown", "没有这一版条款。", "There is no such version of the terms.", field);
}
