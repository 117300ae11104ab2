using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>Which agreements an account's balance comes from; for administrators. By id of the agreement; those with a balance only.</summary>
/// <param name="Account">Without a detail, which are summed up: <c>cash</c> is the client money at all providers.</param>
/// <param name="After">The <c>next</c> of the page before.</param>
[MayAsk(ActorRole.Administrator, For = Duty.Read)]
public sealed record ListAccountBalances(string Account, Currency Currency, string? After = null, int Limit = 50) : IQuery<AccountBalances>;

/// <param name="TotalMinor">Over all agreements, debit positive.</param>
public sealed record AccountBalances(string Account, Currency Currency, long TotalMinor, Page<AgreementBalance> Page);

/// <param name="BalanceMinor">Debit positive.</param>
public sealed record AgreementBalance(AgreementId Agreement, BilingualText ResultTitle, BilingualText LabName, BilingualText CompanyName, long BalanceMinor);

internal sealed class ListAccountBalancesHandler(IDbContextFactory<MarketplaceReads> reads) : IRequestHandler<ListAccountBalances, Result<AccountBalances>>
{
    private sealed record Sum(string Agreement, long Minor);

    private sealed record Found(string Agreement, string TitleZh, string TitleEn, string LabZh, string LabEn, string CompanyZh, string CompanyEn);

    public async Task<Result<AccountBalances>> Handle(ListAccountBalances request, CancellationToken cancellationToken)
    {
        if ((Paging.Check(request.Limit) ?? Check(request.Account)) is { } refusal)
        {
            return refusal;
        }

        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = Of(database, request.Account, request.Currency);
        var sums = await rows.Where(b => request.After == null || string.Compare(b.Agreement, request.After) > 0)
            .GroupBy(b => b.Agreement)
            .Select(g => new { Agreement = g.Key, Minor = g.Sum(b => b.BalanceMinor) })
            .Where(s => s.Minor != 0)
            .OrderBy(s => s.Agreement)
            .Take(request.Limit + 1)
            .Select(s => new Sum(s.Agreement, s.Minor))
            .ToListAsync(cancellationToken);
        var page = Page<Sum>.Of(sums, request.Limit, s => s.Agreement);
        var named = await Named(database, [.. page.Items.Select(s => s.Agreement)], cancellationToken);
        return new AccountBalances(
            request.Account, request.Currency, await rows.SumAsync(b => b.BalanceMinor, cancellationToken),
            new Page<AgreementBalance>([.. page.Items.Select(s => (s, Name: named[s.Agreement])).Select(x => new AgreementBalance(
                AgreementId.Wrap(x.s.Agreement), new(x.Name.TitleZh, x.Name.TitleEn), new(x.Name.LabZh, x.Name.LabEn), new(x.Name.CompanyZh, x.Name.CompanyEn), x.s.Minor))], page.Next));
    }

    /// <summary>The balances of an account with all its details.</summary>
    internal static IQueryable<AccountBalanceRow> Of(MarketplaceReads database, string account, Currency currency)
    {
        var (code, details) = (currency.Code, account + ":");
        return database.Of<AccountBalanceRow>().Where(b => b.Currency == code && (b.Account == account || b.Account.StartsWith(details)));
    }

    /// <summary>An account that is none has no postings, and nobody should think so of one that is misspelt.</summary>
    internal static Refusal? Check(string? account) => ChartOfAccounts.All.Any(a => a.Code == account)
        ? null
        : Refusal.Invalid("account-unknown", "没有这个科目。", "There is no such account.", "account");

    private static async Task<Dictionary<string, Found>> Named(MarketplaceReads database, string[] agreements, CancellationToken cancel) =>
        (await database.Of<AgreementRow>().Where(a => agreements.Contains(a.Agreement))
            .Join(database.Of<ResultRow>(), a => a.Result, r => r.Result, (a, r) => new { Row = a, Result = r })
            .Join(database.Of<OrganisationRow>(), a => a.Row.Lab, o => o.Organisation, (a, o) => new { a.Row, a.Result, Lab = o })
            .Join(
                database.Of<OrganisationRow>(), a => a.Row.Company, o => o.Organisation,
                (a, o) => new Found(a.Row.Agreement, a.Result.TitleZh, a.Result.TitleEn, a.Lab.NameZh, a.Lab.NameEn, o.NameZh, o.NameEn))
            .ToListAsync(cancel))
        .ToDictionary(f => f.Agreement, StringComparer.Ordinal);
}
