using Marketplace.Application.Door;
using Marketplace.Domain;

namespace Marketplace.Host.Accounts;

/// <summary>Who sent this request, by the cookie of a session that held when it came in. What they may do is not said here.</summary>
/// <param name="Session">Names the session; not the secret in its cookie.</param>
/// <param name="ProvenAtUtc">When a passkey or a code last proved that it is still them; null: never in this session.</param>
public sealed record SignedInPerson(PersonId Person, string Name, string Mail, string Session, DateTime SignedInAtUtc, DateTime? ProvenAtUtc)
{
    /// <summary>Whether they proved who they are within the last five minutes.</summary>
    public bool IsProven(DateTime nowUtc) => ProvenAtUtc is { } at && at <= nowUtc && nowUtc - at < Principal.ProofLasts;
}

public static class SignedInPersons
{
    /// <summary>The person of this request; null: a visitor, or somebody who only says who they are.</summary>
    /// <remarks>The place where a person is to be joined with what they may do for an organisation, and becomes a principal.</remarks>
    public static SignedInPerson? Person(this HttpContext http) => http.Features.Get<SignedInPerson>();
}
