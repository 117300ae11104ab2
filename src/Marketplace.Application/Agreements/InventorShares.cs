using Marketplace.Application.Door;
using Marketplace.Application.LabResults;
using Marketplace.Application.Reads;
using Marketplace.Application.Teams;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Teams;
using Marketplace.Journal;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>What an inventor has of an agreement.</summary>
/// <param name="Place">In the split, from 1.</param>
/// <param name="PoolPpm">Part of the net income that goes to all inventors together.</param>
/// <param name="SharePpm">Part of that for this one.</param>
/// <param name="PayableMinor">Divided and not paid out.</param>
/// <param name="IsHeld">An objection waits for its answer: nothing is paid out meanwhile.</param>
[ReadTable("inventor_shares", keyLength: 2)]
public sealed record InventorShareRow(
    string Agreement, int Place, string Lab, string Result, string Name, long PoolPpm, long SharePpm, string Currency, long PayableMinor, bool IsHeld) : IReadRow
{
    internal static IEnumerable<InventorShareRow> Of(Agreement a) => a.Inventors.Inventors.Select((inventor, index) => new InventorShareRow(
        a.Id.Value, index + 1, a.Lab.Value, a.Result.Value, inventor.Name, a.Inventors.PoolPpm, inventor.SharePpm, a.Terms.Currency.Code,
        -a.BalanceMinor(Domain.Ledger.ChartOfAccounts.InventorPayable(index + 1), a.Terms.Currency), a.HasObjected(index + 1)));
}

/// <summary>The agreements in whose income one has a share as an inventor, by the name that the laboratory invited one under. By id of the agreement.</summary>
/// <param name="After">Id of the last one on the page before.</param>
[MayAsk(ActorRole.Lab, For = Duty.Inventor)]
public sealed record ListOwnShares(string? After = null, int Limit = 50) : IQuery<OwnShares>;

/// <param name="Name">By which one stands in the splits.</param>
public sealed record OwnShares(string Name, Page<OwnShare> Shares);

public sealed record OwnShare(AgreementId Agreement, BilingualText ResultTitle, long PoolPpm, long SharePpm, Money Payable, bool IsHeld);

/// <summary>What one was due of an agreement as an inventor: each share of each receipt, what was paid out, and one's objections. Others' shares are not told.</summary>
[MayAsk(ActorRole.Lab, For = Duty.Inventor)]
public sealed record GetOwnShare(AgreementId Agreement) : IQuery<OwnShareView>;

/// <param name="PoolPpm">Today.</param>
/// <param name="SharePpm">Today.</param>
/// <param name="Account">Of all years.</param>
public sealed record OwnShareView(
    AgreementId Agreement, BilingualText ResultTitle, BilingualText LabName, long PoolPpm, long SharePpm, InventorAccount Account, IReadOnlyList<InventorObjection> Objections);

/// <summary>An inventor objects to their share: until the laboratory has answered they are paid nothing, and nothing more is divided in the disputed split.</summary>
/// <param name="Receipt">The receipt whose distribution is meant; null: the split that holds today.</param>
[MayAsk(ActorRole.Lab, For = Duty.Inventor)]
public sealed record ObjectToOwnShare(Guid CommandId, AgreementId Agreement, string Reason, int? Receipt = null) : ICommandRequest;

internal sealed class ListOwnSharesHandler(IDbContextFactory<MarketplaceReads> reads, Commands commands) : IRequestHandler<ListOwnShares, Result<OwnShares>>
{
    public async Task<Result<OwnShares>> Handle(ListOwnShares request, CancellationToken cancellationToken)
    {
        if (Paging.Check(request.Limit) is { } refusal)
        {
            return refusal;
        }

        if (await commands.OwnNameAsInventor() is not { } name)
        {
            return Refusal.NotFound();
        }

        var lab = commands.OwnOrganisation.Value;
        await using var database = await reads.CreateDbContextAsync(cancellationToken);
        var rows = await database.Of<InventorShareRow>()
            .Where(s => s.Lab == lab && s.Name == name && (request.After == null || string.Compare(s.Agreement, request.After) > 0))
            .OrderBy(s => s.Agreement).ThenBy(s => s.Place)
            .Take(request.Limit + 1)
            .ToListAsync(cancellationToken);
        string[] results = [.. rows.Select(r => r.Result).Distinct()];
        var titles = await database.Of<ResultRow>().Where(r => results.Contains(r.Result)).ToDictionaryAsync(r => r.Result, r => new BilingualText(r.TitleZh, r.TitleEn), cancellationToken);
        var page = Page<InventorShareRow>.Of(rows, request.Limit, r => r.Agreement);
        return new OwnShares(name, new Page<OwnShare>(
            [
                .. page.Items.Select(r => new OwnShare(
                    AgreementId.Wrap(r.Agreement), titles[r.Result], r.PoolPpm, r.SharePpm, new Money(r.PayableMinor, Currency.Parse(r.Currency).Value), r.IsHeld)),
            ],
            page.Next));
    }
}

internal sealed class GetOwnShareHandler(Commands commands, IJournal journal) : IRequestHandler<GetOwnShare, Result<OwnShareView>>
{
    public async Task<Result<OwnShareView>> Handle(GetOwnShare request, CancellationToken cancellationToken)
    {
        var visible = await commands.OwnShareOf(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        var (agreement, place) = visible.Value;
        var statement = await GetInventorStatementHandler.Read(journal, request.Agreement, year: null, cancellationToken);
        var about = await commands.About(agreement);
        return new OwnShareView(
            request.Agreement, about.Result.Title, about.Lab.Name, agreement.Inventors.PoolPpm, agreement.Inventors.Inventors[place - 1].SharePpm,
            statement.Inventors.Single(i => i.Inventor == place), [.. statement.Objections.Where(o => o.Inventor == place)]);
    }
}

internal sealed class ObjectToOwnShareHandler(Commands commands) : IRequestHandler<ObjectToOwnShare, Answer>
{
    public async Task<Answer> Handle(ObjectToOwnShare request, CancellationToken cancellationToken)
    {
        var visible = await commands.OwnShareOf(request.Agreement);
        return visible.Refusal is { } refusal
            ? refusal
            : await commands.Execute<IAgreementGrain>(
                request, request.Agreement.Value, new Domain.Agreements.ObjectToDistribution(visible.Value.Place, request.Receipt, request.Reason));
    }
}

internal static class OwnInventor
{
    /// <summary>By which name whoever asks is an inventor of their laboratory now; null: they are none.</summary>
    public static async Task<string?> OwnNameAsInventor(this Commands commands) => Id.TryParse<PersonId>(commands.Principal.Person, out var person)
        ? (await commands.StateOf<ITeamGrain, Team>(ITeamGrain.KeyOf(commands.OwnOrganisation))).InventorOf(person)
        : null;

    /// <summary>An agreement of one's laboratory in whose split one stands, and where; of any other it is not told that it exists.</summary>
    public static async Task<Result<(Agreement Agreement, int Place)>> OwnShareOf(this Commands commands, AgreementId id)
    {
        if (await commands.OwnNameAsInventor() is not { } name)
        {
            return Refusal.NotFound();
        }

        var agreement = await commands.StateOf<IAgreementGrain, Agreement>(id.Value);
        var place = agreement.Inventors.Inventors.ToList().FindIndex(i => i.Name == name) + 1;
        return agreement.Stage != Stage.None && agreement.Lab == commands.OwnOrganisation && place > 0 ? (agreement, place) : Refusal.NotFound();
    }
}
