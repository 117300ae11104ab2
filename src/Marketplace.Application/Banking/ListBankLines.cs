using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Banking;

/// <summary>Bookings on the platform's own accounts, by booking date.</summary>
/// <param name="IsWaiting">Only those of which a person has to say what they are.</param>
/// <param name="BookedFrom">Only those booked on this day or later.</param>
/// <param name="BookedBefore">Only those booked before this day.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListBankLines(
    BankLineStatus? Status = null, BankAccountId? Account = null, AgreementId? Agreement = null, string? After = null, int Limit = 50, bool IsWaiting = false, DateOnly? BookedFrom = null,
    DateOnly? BookedBefore = null) : IQuery<Page<BankLineRow>>;

internal sealed class ListBankLinesHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListBankLines, Result<Page<BankLineRow>>>
{
    public async Task<Result<Page<BankLineRow>>> Handle(ListBankLines request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        var (account, agreement) = (request.Account?.Value, request.Agreement?.Value);
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = database.Of<BankLineRow>();
        rows = request.Status is { } status ? rows.Where(l => l.Status == status) : rows;
        rows = request.IsWaiting ? rows.Where(l => l.Status == BankLineStatus.Proposed || l.Status == BankLineStatus.Parked) : rows;
        rows = account is null ? rows : rows.Where(l => l.Account == account);
        rows = agreement is null ? rows : rows.Where(l => l.Agreement == agreement);
        rows = request.BookedFrom is { } from ? rows.Where(l => l.BookedOn >= from) : rows;
        rows = request.BookedBefore is { } before ? rows.Where(l => l.BookedOn < before) : rows;
        if (request.After is { } after)
        {
            if (after.Split('-') is not [var date, var id] || !DateOnly.TryParseExact(date, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on))
            {
                return Refusal.Invalid("after-malformed", "翻页标记无效。", "This is no page marker.", "after");
            }

            rows = rows.Where(l => l.BookedOn >= on && (l.BookedOn > on || string.Compare(l.Line, id) > 0)); // in this shape an index is entered where the page begins
        }

        var read = await rows.OrderBy(l => l.BookedOn).ThenBy(l => l.Line).Take(request.Limit + 1).ToListAsync(cancellationToken);
        return Page<BankLineRow>.Of(read, request.Limit, l => $"{l.BookedOn.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}-{l.Line}");
    }
}
