using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>What is owed under one's own agreements; administrators see everybody's. By due date, then agreement and number.</summary>
/// <param name="DueFrom">Only those due on this local day or later.</param>
/// <param name="DueBefore">Only those due before this local day.</param>
/// <param name="Currency">Only those in it.</param>
/// <param name="Company">Only what this company owes.</param>
/// <param name="IsOpen">Only those of which something is open, or only the others.</param>
/// <param name="WasInvoiced">Only those that were invoiced, whatever became of them, or only the others.</param>
/// <param name="WaitsForApproval">Only those of which a step of the ladder waits for an administrator.</param>
/// <param name="LacksFapiao">Only invoiced ones of which a part stands on no fapiao.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Read)]
public sealed record ListObligations(
    ObligationStatus? Status = null,
    AgreementId? Agreement = null,
    DateOnly? DueBefore = null,
    DateOnly? DueFrom = null,
    Currency? Currency = null,
    OrganisationId? Company = null,
    bool? IsOpen = null,
    bool? WasInvoiced = null,
    bool WaitsForApproval = false,
    bool LacksFapiao = false,
    string? After = null,
    int Limit = 50) : IQuery<Page<ObligationCard>>;

/// <summary>A sum as lists show it: with the names of those whom it concerns.</summary>
public sealed record ObligationCard(ObligationRow Owed, BilingualText ResultTitle, BilingualText LabName, BilingualText CompanyName);

internal sealed class ListObligationsHandler(IDbContextFactory<MarketplaceReads> reads, Caller caller)
    : IRequestHandler<ListObligations, Result<Page<ObligationCard>>>
{
    private sealed record Found(ObligationRow Owed, string ResultZh, string ResultEn, string LabZh, string LabEn, string CompanyZh, string CompanyEn);

    public async Task<Result<Page<ObligationCard>>> Handle(ListObligations request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        var (own, agreement, currency, company) = (caller.Principal.Organisation?.Value, request.Agreement?.Value, request.Currency?.Code, request.Company?.Value); // own is null for administrators only
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = database.Of<ObligationRow>()
            .Where(o => own == null || o.Lab == own || o.Company == own)
            .Where(o => (request.Status == null || o.Status == request.Status) && (agreement == null || o.Agreement == agreement))
            .Where(o => (request.DueFrom == null || o.DueOn >= request.DueFrom) && (request.DueBefore == null || o.DueOn < request.DueBefore))
            .Where(o => (currency == null || o.Currency == currency) && (company == null || o.Company == company))
            .Where(o => request.IsOpen == null || (o.OutstandingMinor > 0) == request.IsOpen)
            .Where(o => request.WasInvoiced == null || o.WasInvoiced == request.WasInvoiced)
            .Where(o => !request.WaitsForApproval || o.StepsWaiting != null)
            .Where(o => !request.LacksFapiao || o.FapiaoLeftMinor > 0);
        if (request.After is not null)
        {
            if (!TryParseCursor(request.After, out var dueOn, out var id, out var number))
            {
                return Refusal.Invalid("after-malformed", "翻页标记无效。", "This is no page marker.", "after");
            }

            // In this shape an index is entered where the page begins.
            rows = rows.Where(o => o.DueOn >= dueOn
                && (o.DueOn > dueOn || string.Compare(o.Agreement, id) > 0 || (o.Agreement == id && o.Number > number)));
        }

        var found = await rows.OrderBy(o => o.DueOn).ThenBy(o => o.Agreement).ThenBy(o => o.Number).Take(request.Limit + 1)
            .Join(database.Of<AgreementRow>(), o => o.Agreement, a => a.Agreement, (o, a) => new { Owed = o, a.Result })
            .Join(database.Of<ResultRow>(), o => o.Result, r => r.Result, (o, r) => new { o.Owed, Result = r })
            .Join(database.Of<OrganisationRow>(), o => o.Owed.Lab, l => l.Organisation, (o, l) => new { o.Owed, o.Result, Lab = l })
            .Join(
                database.Of<OrganisationRow>(), o => o.Owed.Company, c => c.Organisation,
                (o, c) => new Found(o.Owed, o.Result.TitleZh, o.Result.TitleEn, o.Lab.NameZh, o.Lab.NameEn, c.NameZh, c.NameEn))
            .ToListAsync(cancellationToken);

        // A join promises no order.
        ObligationCard[] ordered =
        [
            .. found.OrderBy(f => f.Owed.DueOn).ThenBy(f => f.Owed.Agreement, StringComparer.Ordinal).ThenBy(f => f.Owed.Number)
                .Select(f => new ObligationCard(f.Owed, new(f.ResultZh, f.ResultEn), new(f.LabZh, f.LabEn), new(f.CompanyZh, f.CompanyEn))),
        ];
        return Page<ObligationCard>.Of(ordered, request.Limit, card => Cursor(card.Owed));
    }

    private static string Cursor(ObligationRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.DueOn:yyyyMMdd}-{row.Agreement}-{row.Number}");

    private static bool TryParseCursor(string text, out DateOnly dueOn, out string agreement, out int number)
    {
        (dueOn, agreement, number) = (default, "", 0);
        return text.Split('-') is [var date, var id, var ordinal]
            && DateOnly.TryParseExact(date, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out dueOn)
            && Id.TryParse<AgreementId>(agreement = id, out _)
            && int.TryParse(ordinal, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
