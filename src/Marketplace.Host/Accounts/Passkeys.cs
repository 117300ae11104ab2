using Marketplace.Domain;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace Marketplace.Host.Accounts;

/// <summary>One passkey of somebody.</summary>
/// <param name="Id">Of the credential, base64url.</param>
public sealed record PasskeyView(string Id, string Name, DateTimeOffset CreatedAt, bool IsSynced);

/// <summary>Passkeys (WebAuthn): a device proves that it is them, for this site only, after it has asked for a finger, a face or a PIN.</summary>
/// <remarks>ASP.NET Identity checks what a device says. What was asked of it travels in a sealed cookie, and holds for a few minutes.</remarks>
public sealed class Passkeys(UserManager<Account> users, IPasskeyHandler<Account> handler, SealedNotes notes, StepCookie cookie, AccountMails mails)
{
    public const int Most = 20;

    private const int MostNameCharacters = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly Refusal NotBelieved = Refusal.Invalid(
        "passkey-refused", "没能用通行密钥验证，请再试一次。", "The passkey could not be verified. Try again.");

    public async Task<IReadOnlyList<PasskeyView>> Of(PersonId person) =>
    [
        .. (await users.GetPasskeysAsync(await Known(person))).OrderBy(p => p.CreatedAt)
            .Select(p => new PasskeyView(WebEncoders.Base64UrlEncode(p.CredentialId), p.Name ?? "", p.CreatedAt, p.IsBackedUp)),
    ];

    /// <summary>What the browser is to make a passkey from, as JSON.</summary>
    public async Task<string> AskForNew(HttpContext http, PersonId person)
    {
        var account = await Known(person);
        var asked = await handler.MakeCreationOptionsAsync(new() { Id = account.Id, Name = account.MailAddress, DisplayName = account.Name }, http);
        Remember(http, asked.AttestationState);
        return asked.CreationOptionsJson;
    }

    /// <summary>What the browser is to prove somebody by, as JSON.</summary>
    /// <param name="person">Null: whoever it is that signs in.</param>
    public async Task<string> AskForProof(HttpContext http, PersonId? person)
    {
        var asked = await handler.MakeRequestOptionsAsync(person is { } known ? await Known(known) : null!, http);
        Remember(http, asked.AssertionState);
        return asked.RequestOptionsJson;
    }

    public async Task<Refusal?> Add(HttpContext http, PersonId person, string credential, string name)
    {
        if (BilingualText.CheckRequired(name, "passkeyName", MostNameCharacters) is { } nameless)
        {
            return nameless;
        }

        var account = await Known(person);
        if ((await users.GetPasskeysAsync(account)).Count >= Most)
        {
            return Refusal.State("passkeys-many", $"最多 {Most} 个通行密钥。", $"There can be {Most} passkeys at most.");
        }

        var made = await handler.PerformAttestationAsync(new() { HttpContext = http, CredentialJson = credential, AttestationState = Recall(http) });
        if (!made.Succeeded || made.UserEntity.Id != account.Id)
        {
            return NotBelieved;
        }

        made.Passkey.Name = name;
        if (!(await users.AddOrUpdatePasskeyAsync(account, made.Passkey)).Succeeded)
        {
            return NotBelieved;
        }

        mails.PasskeyAdded(account);
        return null;
    }

    /// <summary>Whose passkey it is. Null: nobody's that may be believed.</summary>
    public async Task<Result<Account>> Check(HttpContext http, string credential)
    {
        var proven = await handler.PerformAssertionAsync(new() { HttpContext = http, CredentialJson = credential, AssertionState = Recall(http) });
        if (!proven.Succeeded || !proven.User.EmailConfirmed)
        {
            return NotBelieved;
        }

        // How often it was used is kept, so that a copy of it is found.
        return (await users.AddOrUpdatePasskeyAsync(proven.User, proven.Passkey)).Succeeded ? proven.User : NotBelieved;
    }

    public async Task<Refusal?> Rename(PersonId person, string id, string name)
    {
        if (BilingualText.CheckRequired(name, "passkeyName", MostNameCharacters) is { } refusal)
        {
            return refusal;
        }

        var account = await Known(person);
        if (Credential(id) is { } credential && await users.GetPasskeyAsync(account, credential) is { } passkey)
        {
            passkey.Name = name;
            await users.AddOrUpdatePasskeyAsync(account, passkey);
        }

        return null;
    }

    public async Task Remove(PersonId person, string id)
    {
        if (Credential(id) is { } credential)
        {
            await users.RemovePasskeyAsync(await Known(person), credential);
        }
    }

    private void Remember(HttpContext http, string? state) => cookie.Set(http, StepCookie.Passkey, notes.Seal(NoteFor.Passkey, Patience, state ?? ""), Patience);

    private string? Recall(HttpContext http)
    {
        var note = notes.Open(NoteFor.Passkey, StepCookie.Get(http, StepCookie.Passkey));
        cookie.Forget(http, StepCookie.Passkey);
        return note is [var state] ? state : null;
    }

    private static byte[]? Credential(string id)
    {
        try
        {
            return WebEncoders.Base64UrlDecode(id);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private async Task<Account> Known(PersonId person) =>
        await users.FindByIdAsync(person.Value) ?? throw new InvalidOperationException("Somebody without an account is signed in.");
}
