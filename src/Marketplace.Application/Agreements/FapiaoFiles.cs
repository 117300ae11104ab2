using Marketplace.Application.Door;
using Marketplace.Application.Files;
using Marketplace.Application.Grains;
using Marketplace.Application.Invoicing;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Files;
using Marketplace.Domain.Invoicing;

namespace Marketplace.Application.Agreements;

/// <summary>Records fapiao, blue and red: keeps the original, takes its number, and only then records it. Each rests on the one before.</summary>
internal sealed class FapiaoFiles(Commands commands, IFileStore store, MarketplaceClock clock, CurrentReferenceData reference)
{
    /// <param name="asked">The request with the hash of its file, once that is known.</param>
    /// <param name="record">The command about the file as it is kept.</param>
    public async Task<Answer> Record(
        AgreementId agreement, FapiaoNumber number, Stream content, string? name, Func<string, ICommandRequest> asked, Func<StoredFile, AgreementCommand> record,
        CancellationToken cancel)
    {
        var visible = await commands.Visible(agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal; // a stranger's file is not even read
        }

        var kept = await store.Put(content, new FileLimits(RecordFapiao.MaxBytes, AgreementRules.FapiaoFileTypes), cancel);
        if (kept.Refusal is { } unfit)
        {
            return unfit;
        }

        var (sha256, mediaType, bytes) = kept.Value;
        var command = record(new StoredFile(sha256, mediaType, bytes, StoredFile.Shown(name)));

        // What will be refused, or was done before, takes no number. Its id follows from who takes what: asked again, it is taken once.
        if (!AgreementRules.Decide(visible.Value, command, new CommandContext(clock.NowUtc, commands.Principal.Actor, reference.Value)).IsRefused
            && await commands.ExecuteOnce<IFapiaoRegisterGrain>(
                DerivedId.Guid("take-fapiao-number", number.Value, agreement.Value), number.Value, new TakeFapiaoNumber(number, agreement)) is Refused taken)
        {
            return taken;
        }

        return await commands.Execute<IAgreementGrain>(asked(sha256), agreement.Value, command);
    }
}
