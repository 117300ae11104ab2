using Marketplace.Domain;
using Microsoft.AspNetCore.Identity;

namespace Marketplace.Host.Accounts;

/// <summary>Who a person is: may be corrected and erased. What they may do for an organisation is not here.</summary>
/// <remarks>Of Identity's own user only what <see cref="AccountsDatabase"/> maps is kept; <see cref="IdentityUser{TKey}.Id"/> is a <see cref="PersonId"/>.</remarks>
public sealed class Account : IdentityUser<string>
{
    public string Name { get; set; } = "";

    /// <summary>Of mails to them: <c>zh</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "zh";

    /// <summary>Protected; null while no codes are asked for. See <see cref="TimeBasedCode"/>.</summary>
    public string? TotpKey { get; set; }

    /// <summary>Step of the code that was used last.</summary>
    public long? TotpLastStep { get; set; }

    /// <summary>SHA-256 of the codes that are left, separated by spaces.</summary>
    public string RecoveryCodes { get; set; } = "";

    public DateTime CreatedAtUtc { get; set; }

    public PersonId Person => PersonId.Wrap(Id);

    public string MailAddress => Email!;

    public bool IsEnglish => Language == "en";
}

/// <summary>Somebody's being signed in, on one device.</summary>
public sealed class AccountSession
{
    /// <summary>SHA-256 of the secret in the cookie, hexadecimal: whoever reads the table cannot sign in by it.</summary>
    public required string Session { get; init; }

    public required string Person { get; init; }

    public required DateTime CreatedAtUtc { get; init; }

    /// <summary>Not newer than a minute, so that not every request writes.</summary>
    public required DateTime LastSeenAtUtc { get; set; }

    public required string Device { get; init; }

    /// <summary>Without its last part.</summary>
    public required string Address { get; init; }

    /// <summary>When a passkey or a code last proved that it is still them.</summary>
    public DateTime? ProvenAtUtc { get; set; }

    public DateTime? EndedAtUtc { get; set; }
}

/// <summary>Attempts to sign in that failed of late, by the hash of the mail address that was typed.</summary>
public sealed class SignInFailures
{
    public required string Subject { get; init; }

    public required int Failures { get; set; }

    public required DateTime LastFailedAtUtc { get; set; }

    public DateTime? LockedUntilUtc { get; set; }
}

/// <summary>A key of ASP.NET's data protection.</summary>
public sealed class ProtectionKey
{
    public required string Name { get; init; }

    public required string Xml { get; init; }
}
