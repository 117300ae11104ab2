using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Marketplace.Domain;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Host.Accounts;

/// <summary>
/// Who is signed in where. A cookie holds a secret, this table its hash: what ends here has ended everywhere with the next request, and
/// whoever reads the table cannot sign in by it.
/// </summary>
public sealed class Sessions(IDbContextFactory<AccountsDatabase> accounts, AccountClock clock)
{
    /// <summary>A session that nobody has used for so long is over.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(14);

    /// <summary>No session lasts longer, however much it is used.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    private const int SecretBytes = 32;
    private const int SecretCharacters = 43; // of 32 bytes in base64url
    private const int MaxDeviceCharacters = 200;
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    /// <summary>Begins a session and returns the secret for its cookie, which is kept nowhere else.</summary>
    /// <param name="isProven">A passkey or a code was asked for on the way in.</param>
    public async Task<string> Begin(PersonId person, HttpContext http, bool isProven)
    {
        var secret = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(SecretBytes));
        var now = clock.NowUtc;
        await using var database = await accounts.CreateDbContextAsync(http.RequestAborted);
        database.Sessions.Add(new AccountSession
        {
            Session = NameOf(secret),
            Person = person.Value,
            CreatedAtUtc = now,
            LastSeenAtUtc = now,
            Device = DeviceOf(http),
            Address = Shortened(http.Connection.RemoteIpAddress),
            ProvenAtUtc = isProven ? now : null,
        });
        await database.SaveChangesAsync(http.RequestAborted);

        // Those that nobody can use any more go, a while after their end, so that it can still be seen.
        var (unused, old) = (now - Idle - Idle, now - Longest - Idle);
        await database.Sessions.Where(s => s.Person == person.Value && (s.LastSeenAtUtc < unused || s.CreatedAtUtc < old)).ExecuteDeleteAsync(http.RequestAborted);
        return secret;
    }

    /// <summary>Whose session this is; null when there is none, or none any more.</summary>
    public async Task<SignedInPerson?> Find(string secret, CancellationToken cancel = default)
    {
        if (secret.Length != SecretCharacters)
        {
            return null;
        }

        var (name, now) = (NameOf(secret), clock.NowUtc);
        await using var database = await accounts.CreateDbContextAsync(cancel);
        var found = await (
            from session in database.Sessions
            join account in database.Accounts on session.Person equals account.Id
            where session.Session == name
            select new { session.Person, session.CreatedAtUtc, session.LastSeenAtUtc, session.ProvenAtUtc, session.EndedAtUtc, account.Name, account.Email })
            .SingleOrDefaultAsync(cancel);
        if (found is null || !Holds(found.CreatedAtUtc, found.LastSeenAtUtc, found.EndedAtUtc, now))
        {
            return null;
        }

        if (now - found.LastSeenAtUtc >= SeenEvery)
        {
            await database.Sessions.Where(s => s.Session == name && s.LastSeenAtUtc < now).ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAtUtc, now), cancel);
        }

        return new SignedInPerson(PersonId.Wrap(found.Person), found.Name, found.Email!, name, found.CreatedAtUtc, found.ProvenAtUtc);
    }

    /// <summary>The sessions of a person that still hold, used last first.</summary>
    public async Task<IReadOnlyList<AccountSession>> Of(PersonId person, CancellationToken cancel = default)
    {
        var now = clock.NowUtc;
        await using var database = await accounts.CreateDbContextAsync(cancel);
        var open = await database.Sessions.AsNoTracking().Where(s => s.Person == person.Value && s.EndedAtUtc == null).OrderByDescending(s => s.LastSeenAtUtc).ToListAsync(cancel);
        return [.. open.Where(s => Holds(s.CreatedAtUtc, s.LastSeenAtUtc, s.EndedAtUtc, now))];
    }

    /// <summary>Ends one session of this person; somebody else's is left alone.</summary>
    public Task End(PersonId person, string session, CancellationToken cancel = default) => End(person, s => s.Where(x => x.Session == session), cancel);

    /// <summary>Ends all sessions of this person but one; null: all of them.</summary>
    public Task EndOthers(PersonId person, string? but, CancellationToken cancel = default) => End(person, s => s.Where(x => x.Session != but), cancel);

    /// <summary>A passkey or a code has just proved that it is still them.</summary>
    public async Task Prove(string session, CancellationToken cancel = default)
    {
        var now = clock.NowUtc;
        await using var database = await accounts.CreateDbContextAsync(cancel);
        await database.Sessions.Where(s => s.Session == session).ExecuteUpdateAsync(set => set.SetProperty(s => s.ProvenAtUtc, now), cancel);
    }

    private async Task End(PersonId person, Func<IQueryable<AccountSession>, IQueryable<AccountSession>> only, CancellationToken cancel)
    {
        var now = clock.NowUtc;
        await using var database = await accounts.CreateDbContextAsync(cancel);
        await only(database.Sessions.Where(s => s.Person == person.Value && s.EndedAtUtc == null)).ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAtUtc, now), cancel);
    }

    private static bool Holds(DateTime created, DateTime lastSeen, DateTime? ended, DateTime now) =>
        ended is null && now - lastSeen < Idle && now - created < Longest;

    private static string NameOf(string secret) => Sha256Hex.Of(secret);

    private static string DeviceOf(HttpContext http)
    {
        var agent = new string([.. http.Request.Headers.UserAgent.ToString().Where(c => !char.IsControl(c))]);
        return agent.Length > MaxDeviceCharacters ? agent[..MaxDeviceCharacters] : agent;
    }

    /// <summary>Enough to say where about it was, and not which machine: /24 of IPv4, /48 of IPv6.</summary>
    private static string Shortened(IPAddress? address)
    {
        if (address is null)
        {
            return "";
        }

        var whole = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = whole.GetAddressBytes();
        Array.Clear(bytes, whole.AddressFamily == AddressFamily.InterNetwork ? 3 : 6, bytes.Length - (whole.AddressFamily == AddressFamily.InterNetwork ? 3 : 6));
        return $"{new IPAddress(bytes)}/{(whole.AddressFamily == AddressFamily.InterNetwork ? 24 : 48)}";
    }
}
