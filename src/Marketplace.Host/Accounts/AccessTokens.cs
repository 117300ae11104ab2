using System.Security.Cryptography;
using Marketplace.Application.Teams;
using Marketplace.Domain;
using Marketplace.Host.Api;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Host.Accounts;

/// <summary>A program that acts for a person, in one of their teams.</summary>
public sealed class AccessToken
{
    /// <summary>SHA-256 of the secret, hexadecimal: whoever reads the table cannot act by it.</summary>
    public required string Token { get; init; }

    public required string Person { get; init; }

    /// <summary>Which program it is, as the person calls it.</summary>
    public required string Name { get; init; }

    /// <summary>As in <see cref="ITeamGrain.KeyOf"/>.</summary>
    public required string Team { get; init; }

    public required bool OnlyReads { get; init; }

    public required DateTime CreatedAtUtc { get; init; }

    public required DateTime ExpiresAtUtc { get; init; }

    /// <summary>Not newer than a minute, so that not every request writes; null: never.</summary>
    public DateTime? LastUsedAtUtc { get; set; }

    public DateTime? EndedAtUtc { get; set; }
}

/// <summary>
/// By which programs act under /api: a secret of 256 bits that is shown once. It can do what its person may do in that team at that moment, and never
/// what asks for a proof that it is them.
/// </summary>
public sealed class AccessTokens(IDbContextFactory<AccountsDatabase> accounts, AccountClock clock)
{
    public const int MaxNameCharacters = 60;
    public const int MostDays = 366;
    public const int MostOfOne = 20;

    /// <summary>So that whoever finds one lying about, and programs that look for such things, know what it is.</summary>
    private const string Prefix = "mkt_";

    private const int SecretBytes = 32;
    private static readonly TimeSpan UsedEvery = TimeSpan.FromMinutes(1);

    private static readonly Problem Unknown = new(
        StatusCodes.Status401Unauthorized, "token-refused", "访问令牌无效、已过期或已停用。", "The access token is unknown, has expired, or was ended.");

    private static readonly Problem ReadsOnly = new(
        StatusCodes.Status403Forbidden, "token-only-reads", "此访问令牌只能读取。", "This access token only reads.");

    /// <summary>Makes one and returns its secret, which is kept nowhere else.</summary>
    /// <param name="days">After which it has expired.</param>
    /// <returns>Refused with <c>text-missing</c>, <c>text-too-long</c>, <c>out-of-range</c> or <c>tokens-too-many</c>.</returns>
    public async Task<Result<string>> Make(PersonId person, string name, string team, bool onlyReads, int days, CancellationToken cancel = default)
    {
        if (BilingualText.CheckRequired(name, "name", MaxNameCharacters) is { } unnamed)
        {
            return unnamed;
        }

        if (days is < 1 or > MostDays)
        {
            return Refusal.Invalid("out-of-range", $"有效期为 1 至 {MostDays} 天。", $"A token holds for 1 to {MostDays} days.", "days");
        }

        if ((await Of(person, cancel)).Count >= MostOfOne)
        {
            return Refusal.State("tokens-too-many", $"最多 {MostOfOne} 个有效的访问令牌，请先停用不用的。", $"At most {MostOfOne} tokens hold at a time: end one that is not used.");
        }

        var secret = Prefix + WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(SecretBytes));
        var now = clock.NowUtc;
        await using var database = await accounts.CreateDbContextAsync(cancel);
        database.AccessTokens.Add(new AccessToken
        {
            Token = NameOf(secret), Person = person.Value, Name = name, Team = team, OnlyReads = onlyReads, CreatedAtUtc = now, ExpiresAtUtc = now.AddDays(days),
        });
        await database.SaveChangesAsync(cancel);
        return secret;
    }

    /// <summary>Those of a person that still hold, the newest first.</summary>
    public async Task<IReadOnlyList<AccessToken>> Of(PersonId person, CancellationToken cancel = default)
    {
        var now = clock.NowUtc;
        await using var database = await accounts.CreateDbContextAsync(cancel);
        return await database.AccessTokens.AsNoTracking().Where(t => t.Person == person.Value && t.EndedAtUtc == null && t.ExpiresAtUtc > now).OrderByDescending(t => t.CreatedAtUtc).ToListAsync(cancel);
    }

    /// <summary>Ends one of this person's; somebody else's is left alone.</summary>
    public Task End(PersonId person, string token, CancellationToken cancel = default) => End(person, tokens => tokens.Where(t => t.Token == token), cancel);

    public Task EndAll(PersonId person, CancellationToken cancel = default) => End(person, tokens => tokens, cancel);

    /// <summary>Finds out for whom a program asks; answers itself when its token is none, or asks for more than it may.</summary>
    /// <returns>Null: go on.</returns>
    internal async Task<Problem?> Recognise(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments("/api") || http.Request.Headers.Authorization.ToString() is not { Length: > 0 } header
            || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (await Find(header["Bearer ".Length..].Trim(), http.RequestAborted) is not var (person, team, onlyReads))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Unknown;
        }

        if (onlyReads && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            return ReadsOnly;
        }

        http.Features.Set(person);
        ActingFor.Choose(http, team);
        return null;
    }

    private async Task<(SignedInPerson Person, string Team, bool OnlyReads)?> Find(string secret, CancellationToken cancel)
    {
        if (!secret.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var (name, now) = (NameOf(secret), clock.NowUtc);
        await using var database = await accounts.CreateDbContextAsync(cancel);
        var found = await (
            from token in database.AccessTokens
            join account in database.Accounts on token.Person equals account.Id
            where token.Token == name && token.EndedAtUtc == null && token.ExpiresAtUtc > now
            select new { token.Person, token.Team, token.OnlyReads, token.CreatedAtUtc, token.LastUsedAtUtc, account.Name, account.Email })
            .SingleOrDefaultAsync(cancel);
        if (found is null)
        {
            return null;
        }

        if (found.LastUsedAtUtc is not { } last || now - last >= UsedEvery)
        {
            await database.AccessTokens.Where(t => t.Token == name).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAtUtc, now), cancel);
        }

        return (new SignedInPerson(PersonId.Wrap(found.Person), found.Name, found.Email!, name, found.CreatedAtUtc, ProvenAtUtc: null), found.Team, found.OnlyReads);
    }

    private async Task End(PersonId person, Func<IQueryable<AccessToken>, IQueryable<AccessToken>> only, CancellationToken cancel)
    {
        var now = clock.NowUtc;
        await using var database = await accounts.CreateDbContextAsync(cancel);
        await only(database.AccessTokens.Where(t => t.Person == person.Value && t.EndedAtUtc == null)).ExecuteUpdateAsync(set => set.SetProperty(t => t.EndedAtUtc, now), cancel);
    }

    private static string NameOf(string secret) => Sha256Hex.Of(secret);
}
