using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Marketplace.Host.Accounts;

/// <summary>What a note is for: one that was sealed for something else is none.</summary>
public enum NoteFor
{
    ConfirmMail,
    ChangeMail,
    ResetPassword,
    SecondStep,
    TotpKey,
    NewTotpKey,
    Passkey,
    Letter,
}

/// <summary>Notes that we hand out and get back, in a link, a cookie or a form: nobody can read, alter or make one, and each holds for a while only.</summary>
public sealed class SealedNotes(IDataProtectionProvider protection, AccountClock clock)
{
    /// <param name="lasts">Null: it never lapses.</param>
    public string Seal(NoteFor purpose, TimeSpan? lasts, params string[] parts)
    {
        var until = lasts is { } span ? (clock.NowUtc + span).Ticks : long.MaxValue;
        return ProtectorFor(purpose).Protect(JsonSerializer.Serialize<string[]>([until.ToString(CultureInfo.InvariantCulture), .. parts]));
    }

    /// <summary>The parts of a note; null when it is none of ours, was sealed for something else, or has lapsed.</summary>
    public string[]? Open(NoteFor purpose, string? note)
    {
        if (string.IsNullOrEmpty(note))
        {
            return null;
        }

        try
        {
            var parts = JsonSerializer.Deserialize<string[]>(ProtectorFor(purpose).Unprotect(note))!;
            return long.Parse(parts[0], CultureInfo.InvariantCulture) > clock.NowUtc.Ticks ? parts[1..] : null;
        }
        catch (CryptographicException)
        {
            return null; // altered, or of a key that is gone
        }
    }

    private IDataProtector ProtectorFor(NoteFor purpose) => protection.CreateProtector("Marketplace.Accounts", purpose.ToString());
}
