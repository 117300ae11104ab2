using System.Globalization;
using Marketplace.Application.Door;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Journal;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The postings of one agreement to an account, with the events that caused them, oldest first; for administrators.</summary>
/// <param name="Account">Without a detail, which are all told.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListPostings(AgreementId Agreement, string Account, Currency Currency, string? After = null, int Limit = 50) : IQuery<AccountPostings>;

/// <param name="TotalMinor">Of all postings, also of those on other pages; debit positive.</param>
/// <param name="BeforeMinor">Of those on pages before.</param>
/// <param name="Page">Events, each with its postings to the account only.</param>
public sealed record AccountPostings(
    AgreementId Agreement, BilingualText ResultTitle, BilingualText LabName, BilingualText CompanyName, string Account, Currency Currency, long TotalMinor, long BeforeMinor, Page<TimelineEntry> Page);

internal sealed class ListPostingsHandler(Commands commands, IJournal journal) : IRequestHandler<ListPostings, Result<AccountPostings>>
{
    public async Task<Result<AccountPostings>> Handle(ListPostings request, CancellationToken cancellationToken)
    {
        if ((Paging.Check(request.Limit) ?? ListAccountBalancesHandler.Check(request.Account)) is { } refusal)
        {
            return refusal;
        }

        if (!long.TryParse(request.After ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var after))
        {
            return Refusal.Invalid("after-malformed", "翻页标记无效。", "This is no page marker.", "after");
        }

        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } notThere)
        {
            return notThere;
        }

        var about = await commands.About(visible.Value);
        var entries = (await journal.TimelineOf($"agreement/{request.Agreement}", cancellationToken))
            .Select(e => e with { Postings = [.. e.Postings.Where(p => p.Account.Split(':')[0] == request.Account && p.Currency == request.Currency.Code)] })
            .Where(e => e.Postings.Count > 0)
            .ToList();
        return new AccountPostings(
            request.Agreement, about.Result.Title, about.Lab.Name, about.Company.Name, request.Account, request.Currency,
            Sum(entries), Sum(entries.Where(e => e.Version <= after)),
            Page<TimelineEntry>.Of([.. entries.Where(e => e.Version > after).Take(request.Limit + 1)], request.Limit, e => e.Version.ToString(CultureInfo.InvariantCulture)));
    }

    private static long Sum(IEnumerable<TimelineEntry> entries) => entries.SelectMany(e => e.Postings).Sum(p => p.AmountMinor);
}
