using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>Statements with how far they are imported, the newest first.</summary>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListBankStatements(StatementStatus? Status = null, string? After = null, int Limit = 50) : IQuery<Page<BankStatementRow>>;

internal sealed class ListBankStatementsHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListBankStatements, Result<Page<BankStatementRow>>>
{
    private const string Instant = "yyyyMMddHHmmssffffff";

    public async Task<Result<Page<BankStatementRow>>> Handle(ListBankStatements request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = database.Of<BankStatementRow>().Where(s => request.Status == null || s.Status == request.Status);
        if (request.After is { } after)
        {
            if (after.Split('-') is not [var instant, var id]
                || !DateTime.TryParseExact(instant, Instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
            {
                return Refusal.Invalid("after-malformed", "翻页标记无效。", "This is no page marker.", "after");
            }

            rows = rows.Where(s => s.AcceptedAtUtc < at || (s.AcceptedAtUtc == at && string.Compare(s.Statement, id) > 0));
        }

        var read = await rows.OrderByDescending(s => s.AcceptedAtUtc).ThenBy(s => s.Statement).Take(request.Limit + 1).ToListAsync(cancellationToken);
        return Page<BankStatementRow>.Of(read, request.Limit, s => $"{s.AcceptedAtUtc.ToString(Instant, CultureInfo.InvariantCulture)}-{s.Statement}");
    }
}
