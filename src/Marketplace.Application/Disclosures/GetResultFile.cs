using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Application.Grains;
using Marketplace.Application.Organisations;
using Marketplace.Domain;
using Marketplace.Domain.Disclosures;
using Marketplace.Domain.Files;
using Marketplace.Domain.Organisations;
using MediatR;

namespace Marketplace.Application.Disclosures;

/// <summary>
/// A file of a result, for whoever may have it; to everybody else it is not found. What is not public is recorded before it goes out to anybody
/// outside of its lab: this query writes, and nothing but that.
/// </summary>
[AnyoneMayAsk]
public sealed record GetResultFile(LabResultId Result, int Number) : IQuery<OpenedFile>;

internal sealed class GetResultFileHandler(Commands commands, ResultFileAccess access, IFileStore store, IPdfMarks marks, MarketplaceClock clock)
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

        var handedOut = false;
        try
        {
            var given = await Record(request, visible, file, opened.Value, cancellationToken);
            handedOut = !given.IsRefused;
            return given;
        }
        finally
        {
            if (!handedOut)
            {
                await opened.Value.Content.DisposeAsync();
            }
        }
    }

    /// <summary>Marked for whoever asks, and recorded as theirs. Whoever asked closes what was opened if it is not given after all.</summary>
    private async Task<Result<OpenedFile>> Record(GetResultFile request, VisibleFiles visible, ResultFile file, OpenedFile opened, CancellationToken cancel)
    {
        var (id, command) = FileAccessId.At(clock.NowUtc);
        if (file.File.MediaType == FileTypes.Pdf)
        {
            await using var original = opened.Content;
            if (await marks.Mark(original, await MarkOf(id), cancel) is not { } marked)
            {
                return Unmarked;
            }

            opened = opened with { Content = marked };
        }

        var basis = visible.BasisOf(file.Tier)!;
        var recorded = await commands.ExecuteOnce<IFileAccessGrain>(
            command, id.Value, new HandOutFile(request.Result, visible.Lab, file.Number, file.File, file.Title, file.Tier, basis.Right, basis.Id));
        return recorded is Refused { Refusal: var refusal } ? refusal : opened;
    }

    private static readonly Refusal Unmarked = Refusal.State(
        "file-unmarked", "文件暂时无法标记下载者，请稍后重试。", "The file cannot be marked for you just now; try again later.");

    /// <summary>Whose person, who, when, and the record that says so. In ASCII: names of organisations are told by their codes.</summary>
    private async Task<IReadOnlyList<string>> MarkOf(FileAccessId id)
    {
        var principal = commands.Principal;
        var organisation = principal.Organisation is { } own
            ? $"{own} {(await commands.StateOf<IOrganisationGrain, OrganisationState>(own.Value)).Uscc}"
            : "marketplace";
        var at = LocalTime.At(clock.NowUtc).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
        return [$"{organisation} {Plain(principal.Person)}", $"{at} {id}"];
    }

    private static string Plain(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
