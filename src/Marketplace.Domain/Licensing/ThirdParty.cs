using System.Globalization;

namespace Marketplace.Domain.Licensing;

public enum ThirdPartyRole
{
    /// <summary>Pays first when the company does not, and then has the lab's claim against it.</summary>
    Guarantor,

    /// <summary>Brought the parties together, and has a share of what the lab receives.</summary>
    Broker,
}

/// <summary>
/// Who signs besides lab and company, and for what. Read from the values that the contract's text was filled with, under the names that
/// every template with a third party uses: what is signed in words is what runs.
/// </summary>
/// <param name="CoverPpm">Part of an unpaid principal that a guarantor pays.</param>
/// <param name="LimitMinor">Most that a guarantor pays in all, in the currency of the terms.</param>
/// <param name="ClaimDays">From the claim to the guarantor's payment.</param>
/// <param name="SharePpm">A broker's part of each net receipt of the lab.</param>
public sealed record ThirdParty(ThirdPartyRole Role, string Name, OrganisationId Organisation, long CoverPpm, long LimitMinor, int ClaimDays, long SharePpm)
{
    /// <summary>Null: lab and company sign alone.</summary>
    public static ThirdParty? Of(AgreementTerms terms) =>
        RoleOf(terms) is { } role && Identifiers(terms) is { IsRefused: false } uscc
            ? new ThirdParty(
                role, Text(terms, "thirdPartyName") ?? "", OrganisationId.ForUscc(uscc.Value),
                Number(terms, "coverShare"), Number(terms, "guaranteeLimit"), (int)Number(terms, "claimDays"), Number(terms, "brokerShare"))
            : null;

    /// <summary>Why nobody could sign as the third party that the terms speak of.</summary>
    internal static Refusal? Check(AgreementTerms terms) => RoleOf(terms) is null ? null : Identifiers(terms).Refusal;

    private static ThirdPartyRole? RoleOf(AgreementTerms terms) => Text(terms, "thirdPartyRole") switch
    {
        "guarantor" => ThirdPartyRole.Guarantor,
        "broker" => ThirdPartyRole.Broker,
        _ => null,
    };

    private static Result<Uscc> Identifiers(AgreementTerms terms) => Uscc.Parse(Text(terms, "thirdPartyUscc") ?? "", "terms.template.values.thirdPartyUscc");

    private static string? Text(AgreementTerms terms, string name) => terms.Template?.Values.FirstOrDefault(v => v.Name == name)?.Value;

    private static long Number(AgreementTerms terms, string name) => long.TryParse(Text(terms, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
