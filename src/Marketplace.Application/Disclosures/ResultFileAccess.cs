using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.LabResults;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Disclosures;
using Marketplace.Domain.LabResults;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Disclosures;

/// <summary>By what right something is given, and the record that says so.</summary>
internal sealed record Basis(DisclosureRight Right, string? Id);

/// <summary>The files of a result and what the principal may have of them.</summary>
/// <param name="IsOwn">The principal is one of its lab.</param>
/// <param name="Confidential">By what right a file of that tier is given; null: by none.</param>
/// <param name="Agreed">Likewise of the tier of agreements.</param>
internal sealed record VisibleFiles(OrganisationId Lab, LabResultState Result, ResultFilesState Files, bool IsOwn, Basis? Confidential, Basis? Agreed)
{
    public bool MayHave(DisclosureTier tier) => IsOwn || tier == DisclosureTier.Public || BasisOf(tier) is not null;

    /// <exception cref="ArgumentOutOfRangeException">Public: no right is asked for.</exception>
    public Basis? BasisOf(DisclosureTier tier) => tier switch
    {
        DisclosureTier.Confidential => Confidential,
        DisclosureTier.Agreement => Agreed,
        DisclosureTier.Public => throw new ArgumentOutOfRangeException(nameof(tier), tier, "Public files are given to everybody"),
    };
}

/// <summary>Who may have which files: the one place that knows.</summary>
internal sealed class ResultFileAccess(Commands commands, IDbContextFactory<MarketplaceReads> reads, MarketplaceClock clock)
{
    /// <summary>Refused as not found where the principal may not even know of the result.</summary>
    public async Task<Result<VisibleFiles>> Of(LabResultId id, CancellationToken cancel)
    {
        var result = await commands.StateOf<ILabResultGrain, LabResultState>(id.Value);
        if (result.Lab is not { } lab)
        {
            return Refusal.NotFound();
        }

        var reader = commands.Principal;
        var isOwn = reader.Organisation == lab && reader.Sees(lab);
        var (confidential, agreed) = reader switch
        {
            _ when isOwn => (null, null),
            { Role: ActorRole.Administrator or ActorRole.System } when reader.Sees(lab) => (Marketplace, Marketplace),
            { Role: ActorRole.Company, Organisation: { } company } when reader.Sees(company) => await RightsOf(id, company, cancel),
            _ => ((Basis?)null, (Basis?)null), // what everybody is given
        };
        return isOwn || LabResult.IsPublic(result.Status) || agreed is not null
            ? new VisibleFiles(lab, result, await commands.StateOf<IResultFilesGrain, ResultFilesState>(id.Value), isOwn, confidential, agreed)
            : Refusal.NotFound();
    }

    private static readonly Basis Marketplace = new(DisclosureRight.Marketplace, null);

    /// <summary>An agreement keeps secret what it opens, so it opens what the lesser tier has too.</summary>
    private async Task<(Basis? Confidential, Basis? Agreed)> RightsOf(LabResultId result, OrganisationId company, CancellationToken cancel)
    {
        await using var database = await reads.CreateDbContextAsync(cancel);
        var agreements = await database.Of<AgreementRow>()
            .Where(a => a.Result == result.Value && a.Company == company.Value)
            .OrderBy(a => a.Agreement)
            .Select(a => new { a.Agreement, a.Stage })
            .ToListAsync(cancel);
        var agreed = agreements.Find(a => AgreementRules.OpensFiles(a.Stage)) is { } agreement ? new Basis(DisclosureRight.Agreement, agreement.Agreement) : null;
        var signed = ConfidentialityId.Of(result, company);
        var state = await commands.StateOf<IConfidentialityGrain, ConfidentialityState>(signed.Value);
        return (state.IsOpenOn(LocalTime.DateOf(clock.NowUtc)) ? new Basis(DisclosureRight.Confidentiality, signed.Value) : agreed, agreed);
    }
}
