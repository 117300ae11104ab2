using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;

namespace Marketplace.Application.Banking;

/// <summary>
/// Takes a bank's file, if all of it can be read, adds up and is of our own accounts; its lines are recorded after that. The same file again is
/// the same statement.
/// </summary>
/// <param name="Mapping">What the columns of a CSV file mean; null: it is camt.053.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Operate)]
public sealed record UploadStatement(Guid CommandId, CsvMappingId? Mapping = null) : ICommandRequest
{
    /// <summary>Read once, from where it stands; more than <see cref="IStatementReader.MaxBytes"/> is refused without reading on.</summary>
    [JsonIgnore]
    public Stream File { get; init; } = Stream.Null;

    /// <summary>Of the file, once it is read: another file under the same command id is another request.</summary>
    [JsonInclude]
    internal string? Sha256 { get; init; }
}

internal sealed class UploadStatementHandler(Commands commands, IStatementReader reader) : IRequestHandler<UploadStatement, Answer>
{
    public async Task<Answer> Handle(UploadStatement request, CancellationToken cancellationToken)
    {
        CsvMapping? mapping = null;
        if (request.Mapping is { } named && (mapping = (await commands.StateOf<ICsvMappingGrain, KeptCsvMapping>(named.Value)).Mapping) is null)
        {
            return Refusal.Invalid("csv-mapping-unknown", "没有这份列对应关系。", "There is no such mapping of columns.", "mapping");
        }

        await using var file = StatementChunks.TemporaryFile();
        if (await Copy(request.File, file, cancellationToken) is not { } sha256)
        {
            return TooLarge;
        }

        file.Position = 0;
        var read = await reader.Check(file, mapping, cancellationToken);
        if (read.Refusal is { } refusal)
        {
            return refusal;
        }

        var parts = new List<StatementPart>();
        foreach (var totals in read.Value.Statements)
        {
            var account = BankAccountId.For(totals.Account);
            if ((await commands.StateOf<IBankAccountGrain, OwnAccount>(account.Value)).Account is null)
            {
                return Refusal.Invalid(
                    "statement-account-unknown", $"账户 {totals.Account.Number}（{totals.Account.Currency.Code}）不是平台登记的账户。",
                    $"The account {totals.Account.Number} ({totals.Account.Currency.Code}) is none that the platform has registered.", "file");
            }

            parts.Add(new StatementPart(account, totals));
        }

        return await Keep(request with { Sha256 = sha256 }, file, new AcceptStatement(sha256, read.Value.Format, mapping, StatementChunks.CountOf(file.Length), parts), cancellationToken);
    }

    private static Refusal TooLarge => Refusal.Invalid(
        "statement-too-large", $"文件超过 {IStatementReader.MaxBytes / 1024 / 1024} MB。", $"The file has more than {IStatementReader.MaxBytes / 1024 / 1024} MB.", "file");

    private async Task<Answer> Keep(UploadStatement request, Stream file, AcceptStatement accept, CancellationToken cancel)
    {
        var id = BankStatementId.For(accept.Sha256).Value;
        var kept = await commands.StateOf<IBankStatementGrain, BankStatement>(id);
        if (kept.Status <= StatementStatus.Uploading)
        {
            await foreach (var chunk in StatementChunks.Cut(file, kept.Chunks + 1, cancel))
            {
                if (await commands.ExecuteOnce<IBankStatementGrain>(DerivedId.Guid(id, "chunk", $"{chunk.Number}"), id, chunk) is Refused refused)
                {
                    return refused;
                }
            }
        }

        return await commands.Execute<IBankStatementGrain>(request, id, accept);
    }

    /// <summary>SHA-256 of the file, or null when it is too large.</summary>
    private static async Task<string?> Copy(Stream from, Stream to, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        long bytes = 0;
        while (await from.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            if ((bytes += read) > IStatementReader.MaxBytes)
            {
                return null;
            }

            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
