using Marketplace.Application.Catalog;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Json;
using Marketplace.Application.Licensing;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Notices;

/// <summary>What somebody searched the catalog for, as <see cref="SearchResults"/> is asked.</summary>
/// <param name="Right">Null as <paramref name="Cover"/> in those that were saved before one could choose them.</param>
public sealed record SearchedFor(
    string? Text, IReadOnlyList<TechnologyField> Field, IReadOnlyList<int> Readiness, IReadOnlyList<string> Region, IReadOnlyList<LicenceKind> Licence, IReadOnlyList<PaymentModel> Payment,
    IReadOnlyList<TrialLength> Trial, IReadOnlyList<RightStatus>? Right = null, IReadOnlyList<OfferCover>? Cover = null) : ICatalogQuestion;

/// <summary>Somebody keeps a search, and is told of results that come into the catalog and fit it.</summary>
/// <param name="Name">Of their own.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, ActorRole.Person, For = Duty.Self)]
public sealed record SaveSearch(Guid CommandId, string Name, SearchedFor Asked) : ICommandRequest
{
    public const int MaxNameCharacters = 60;

    /// <summary>That one person may keep.</summary>
    public const int Most = 50;

    /// <summary>Of one facet: more than there are of any.</summary>
    public const int MaxChoices = 100;
}

/// <param name="Name">Null: as it is.</param>
/// <param name="IsPaused">Null: as it is.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, ActorRole.Person, For = Duty.Self)]
public sealed record ChangeSearch(Guid CommandId, Guid Search, string? Name = null, bool? IsPaused = null) : ICommandRequest;

[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, ActorRole.Person, For = Duty.Self)]
public sealed record DeleteSearch(Guid CommandId, Guid Search) : ICommandRequest;

/// <summary>Somebody goes to what a search finds now: nothing of it is new any more.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, ActorRole.Person, For = Duty.Self)]
public sealed record OpenSearch(Guid CommandId, Guid Search) : ICommandRequest;

/// <summary>One's own, newest first; <see cref="SaveSearch.Most"/> at most.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Guarantor, ActorRole.Broker, ActorRole.Administrator, ActorRole.Person, For = Duty.Self)]
public sealed record ListSearches : IQuery<IReadOnlyList<SavedSearchView>>;

/// <param name="New">Results that were told of since somebody last opened it.</param>
public sealed record SavedSearchView(Guid Search, string Name, SearchedFor Asked, bool IsPaused, DateTimeOffset CreatedAtUtc, int New);

internal sealed class SavedSearchesHandler(IDbContextFactory<NoticesDatabase> notices, Caller caller, MarketplaceClock clock)
    : IRequestHandler<ListSearches, Result<IReadOnlyList<SavedSearchView>>>, IRequestHandler<SaveSearch, Answer>, IRequestHandler<ChangeSearch, Answer>,
        IRequestHandler<DeleteSearch, Answer>, IRequestHandler<OpenSearch, Answer>
{
    private string Person => caller.Principal.Person;

    public async Task<Result<IReadOnlyList<SavedSearchView>>> Handle(ListSearches request, CancellationToken cancellationToken)
    {
        await using var database = await notices.CreateDbContextAsync(cancellationToken);
        var kept = await database.Searches.AsNoTracking().Where(s => s.Person == Person).OrderByDescending(s => s.CreatedAtUtc).ThenBy(s => s.Search).ToListAsync(cancellationToken);
        var views = new List<SavedSearchView>();
        foreach (var search in kept)
        {
            var (from, until) = (SearchHit.SourcesOf(search.Search), SearchHit.AfterSourcesOf(search.Search));
            var found = await database.Happenings.CountAsync(
                h => string.Compare(h.Source, from) > 0 && string.Compare(h.Source, until) < 0 && h.AtUtc > search.OpenedAtUtc, cancellationToken);
            views.Add(new SavedSearchView(
                Guid.ParseExact(search.Search, "N"), search.Name, CanonicalJson.Read<SearchedFor>(search.Asked), search.IsPaused, search.CreatedAtUtc.Instant(), found));
        }

        return Result<IReadOnlyList<SavedSearchView>>.Of(views);
    }

    public async Task<Answer> Handle(SaveSearch request, CancellationToken cancellationToken)
    {
        if (!Id.TryParse<PersonId>(Person, out var person))
        {
            return Refusal.Invalid("account-required", "只有登录帐号的人可以保存搜索。", "Only somebody with an account can save searches.");
        }

        var asked = request.Asked;
        if ((CheckName(request.Name) ?? CheckSize(asked) ?? CatalogFilter.Of(asked).Refusal?.Under("asked")) is { } refusal)
        {
            return refusal;
        }

        // It is named by who saves it and the command: sent again it is the same one, and nobody can save over another's.
        var name = DerivedId.Guid(Person, request.CommandId.ToString()).ToString("N");
        await using var database = await notices.CreateDbContextAsync(cancellationToken);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (await database.Searches.AnyAsync(s => s.Search == name, cancellationToken))
        {
            return new Accepted(name, 0);
        }

        if (await database.Searches.CountAsync(s => s.Person == person.Value, cancellationToken) >= SaveSearch.Most)
        {
            return Refusal.State("searches-too-many", $"最多保存 {SaveSearch.Most} 个搜索，请先删除一些。", $"At most {SaveSearch.Most} searches can be saved: delete one first.");
        }

        var now = clock.NowUtc.UtcDateTime;
        database.Searches.Add(new SavedSearch { Search = name, Person = person.Value, Name = request.Name.Trim(), Asked = CanonicalJson.Write(asked), IsPaused = false, CreatedAtUtc = now, OpenedAtUtc = now });
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Accepted(name, 0);
    }

    public async Task<Answer> Handle(ChangeSearch request, CancellationToken cancellationToken)
    {
        if (request.Name is { } name && CheckName(name) is { } refusal)
        {
            return refusal;
        }

        await using var database = await notices.CreateDbContextAsync(cancellationToken);
        var changed = await Own(database, request.Search).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.Name, s => request.Name ?? s.Name).SetProperty(s => s.IsPaused, s => request.IsPaused ?? s.IsPaused), cancellationToken);
        return changed == 0 ? Refusal.NotFound() : new Accepted(request.Search.ToString("N"), 0);
    }

    /// <summary>Deleting what is gone already changes nothing.</summary>
    public async Task<Answer> Handle(DeleteSearch request, CancellationToken cancellationToken)
    {
        await using var database = await notices.CreateDbContextAsync(cancellationToken);
        await Own(database, request.Search).ExecuteDeleteAsync(cancellationToken);
        return new Accepted(request.Search.ToString("N"), 0);
    }

    public async Task<Answer> Handle(OpenSearch request, CancellationToken cancellationToken)
    {
        var now = clock.NowUtc.UtcDateTime;
        await using var database = await notices.CreateDbContextAsync(cancellationToken);
        var opened = await Own(database, request.Search).ExecuteUpdateAsync(set => set.SetProperty(s => s.OpenedAtUtc, now), cancellationToken);
        return opened == 0 ? Refusal.NotFound() : new Accepted(request.Search.ToString("N"), 0);
    }

    private IQueryable<SavedSearch> Own(NoticesDatabase database, Guid search)
    {
        var name = search.ToString("N");
        return database.Searches.Where(s => s.Search == name && s.Person == Person);
    }

    private static Refusal? CheckName(string name) => BilingualText.CheckRequired(name, "name", SaveSearch.MaxNameCharacters)
        ?? (name.Any(char.IsControl) ? Refusal.Invalid("text-malformed", "名称不能包含控制字符。", "A name has no control characters.", "name") : null);

    private static Refusal? CheckSize(SearchedFor asked) =>
        new[] { asked.Field.Count, asked.Readiness.Count, asked.Region.Count, asked.Licence.Count, asked.Payment.Count, asked.Trial.Count, asked.Right?.Count ?? 0, asked.Cover?.Count ?? 0 }.Max() > SaveSearch.MaxChoices
            ? Refusal.Invalid("choices-too-many", "筛选条件过多。", "There are too many filters.", "asked")
            : null;
}
