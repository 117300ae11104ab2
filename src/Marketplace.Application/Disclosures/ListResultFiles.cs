using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Disclosures;
using MediatR;

namespace Marketplace.Application.Disclosures;

/// <summary>The files of a result: that they exist is known to whoever may see it; what is in them is not.</summary>
[AnyoneMayAsk]
public sealed record ListResultFiles(LabResultId Result) : IQuery<ResultFilesView>;

/// <param name="IsOwn">The reader is one of its lab.</param>
public sealed record ResultFilesView(LabResultId Result, OrganisationId Lab, BilingualText ResultTitle, bool IsOwn, IReadOnlyList<ResultFileView> Files);

/// <param name="Name">As it was called where it came from.</param>
/// <param name="IsLogged">Whether the reader's download is recorded.</param>
public sealed record ResultFileView(
    int Number, string Title, string Name, string MediaType, long Bytes, DisclosureTier Tier, DateTimeOffset AttachedAtUtc, FileOpening Opening, bool IsLogged);

/// <summary>What a reader can do to have a file.</summary>
public enum FileOpening
{
    /// <summary>It is there to be downloaded.</summary>
    Open,

    /// <summary>Their organisation can sign the confidentiality agreement.</summary>
    Sign,

    /// <summary>Companies can sign it; the reader acts for none.</summary>
    ForCompanies,

    /// <summary>It comes with an agreement about the result.</summary>
    InAgreement,
}

internal sealed class ListResultFilesHandler(Commands commands, ResultFileAccess access) : IRequestHandler<ListResultFiles, Result<ResultFilesView>>
{
    public async Task<Result<ResultFilesView>> Handle(ListResultFiles request, CancellationToken cancellationToken)
    {
        var found = await access.Of(request.Result, cancellationToken);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var visible = found.Value;
        return new ResultFilesView(
            request.Result, visible.Lab, visible.Result.Content!.Title, visible.IsOwn,
            [
                .. visible.Files.Standing.Select(f => new ResultFileView(
                    f.Number, f.Title, f.File.Name, f.File.MediaType, f.File.Bytes, f.Tier, f.AttachedAtUtc, OpeningOf(visible, f.Tier),
                    !visible.IsOwn && f.Tier != DisclosureTier.Public && visible.MayHave(f.Tier))),
            ]);
    }

    private FileOpening OpeningOf(VisibleFiles visible, DisclosureTier tier) =>
        visible.MayHave(tier) ? FileOpening.Open
        : tier == DisclosureTier.Agreement ? FileOpening.InAgreement
        : commands.Principal.Role == ActorRole.Company ? FileOpening.Sign
        : FileOpening.ForCompanies;
}
