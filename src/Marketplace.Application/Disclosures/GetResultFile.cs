using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Disclosures;
using MediatR;

namespace Marketplace.Application.Disclosures;

/// <summary>
/// A file of a result, for whoever may have it; to everybody else it is not found. What is not public is recorded before it goes out to anybody
/// outside of its lab: this query writes, and nothing but that.
/// </summary>
[AnyoneMayAsk]
public sealed record GetResultFile(LabResultId Result, int Number) : IQuery<OpenedFile>;

internal sealed class GetResultFileHandler(Commands commands, ResultFileAccess access, IFileStore store, MarketplaceClock clock)
    : IRequestHandler<GetResultFile, Result<OpenedFile>>
{
    public async Task<Result<OpenedFile>> Handle(GetResultFile request, CancellationToken cancellationToken)
    {
        var found = await access.Of(request.Result, cancellationToken);
        if (found.Refusal is { } hidden)
        {
            return hidden;
        }

        var visible = found.Value;
        if (visible.Files.Find(request.Number) is not { } file || !visible.MayHave(file.Tier))
        {
            return Refusal.NotFound();
        }

        var opened = await OpenedFile.Of(store, file.File, $"{request.Result}-{request.Number}", cancellationToken);
        if (opened.IsRefused || visible.IsOwn || file.Tier == DisclosureTier.Public)
        {
            return opened;
        }

        var (id, command) = FileAccessId.At(clock.NowUtc);
        var basis = visible.BasisOf(file.Tier)!;
        var recorded = await commands.ExecuteOnce<IFileAccessGrain>(
            command, id.Value, new HandOutFile(request.Result, visible.Lab, file.Number, file.File, file.Title, file.Tier, basis.Right, basis.Id));
        if (recorded is Refused { Refusal: var refusal })
        {
            await opened.Value.Content.DisposeAsync();
            return refusal;
        }

        return opened;
    }
}
