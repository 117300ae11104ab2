using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>Fapiao of one's own agreements as they were recorded, withdrawn ones too; administrators see everybody's. By agreement and record.</summary>
/// <param name="IssuedFrom">Only those issued on this local day or later.</param>
/// <param name="IssuedBefore">Only those issued before this local day.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Read)]
public sealed record ListIssuedFapiao(
    AgreementId? Agreement = null, DateOnly? IssuedFrom = null, DateOnly? IssuedBefore = null, string? After = null, int Limit = 50) : IQuery<Page<FapiaoRow>>;

internal sealed class ListIssuedFapiaoHandler(IDbContextFactory<MarketplaceReads> reads, Caller caller) : IRequestHandler<ListIssuedFapiao, Result<Page<FapiaoRow>>>
{
    public async Task<Result<Page<FapiaoRow>>> Handle(ListIssuedFapiao request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        var (own, agreement) = (caller.Principal.Organisation?.Value, request.Agreement?.Value); // own is null for administrators only, as the roles say
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = database.Of<FapiaoRow>()
            .Where(f => (own == null || f.Lab == own || f.Company == own) && (agreement == null || f.Agreement == agreement))
            .Where(f => (request.IssuedFrom == null || f.IssuedOn >= request.IssuedFrom) && (request.IssuedBefore == null || f.IssuedOn < request.IssuedBefore));
        if (request.After is { } after)
        {
            if (after.Split('-') is not [var id, var ordinal] || !Id.TryParse<AgreementId>(id, out _) || !int.TryParse(ordinal, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return Refusal.Invalid("after-malformed", "翻页标记无效。", "This is no page marker.", "after");
            }

            rows = rows.Where(f => string.Compare(f.Agreement, id) >= 0 && (string.Compare(f.Agreement, id) > 0 || f.Record > number)); // in this shape the key is entered where the page begins
        }

        var read = await rows.OrderBy(f => f.Agreement).ThenBy(f => f.Record).Take(request.Limit + 1).ToListAsync(cancellationToken);
        return Page<FapiaoRow>.Of(read, request.Limit, f => string.Create(CultureInfo.InvariantCulture, $"{f.Agreement}-{f.Record}"));
    }
}
