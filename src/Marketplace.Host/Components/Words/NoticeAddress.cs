using Marketplace.Application.Json;
using Marketplace.Application.Notices;
using Marketplace.Application.Teams;

namespace Marketplace.Host.Components.Words;

/// <summary>Where the thing is that somebody is told of, for whoever is told as a member of that team.</summary>
public static class NoticeAddress
{
    /// <returns>Local.</returns>
    public static string Of(NoticeView notice)
    {
        var (kind, type) = (notice.Type[..notice.Type.IndexOf('/', StringComparison.Ordinal)], notice.Type[(notice.Type.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        var isPlatform = notice.Team == ITeamGrain.PlatformKey;
        var key = kind == "due" ? "" : notice.Notice[(kind.Length + 1)..notice.Notice.LastIndexOf('/')];
        return kind switch
        {
            "due" => OfDate($"/agreements/{notice.Agreement}", CanonicalJson.Read<ComingDate>(notice.Body)),
            "agreement" => OfAgreement($"/agreements/{notice.Agreement}", type),
            "result" => $"/results/{key}",
            "need" => $"/needs/{key}",
            MatchFound.Kind => $"/needs/{CanonicalJson.Read<MatchFound>(notice.Body).Need}",
            SearchHit.Kind => $"/results/{CanonicalJson.Read<SearchHit>(notice.Body).Result}",
            ShareNews.Kind => $"/shares/{notice.Agreement}",
            "confidentiality" => $"/confidentiality/{key}",
            "organisation" => isPlatform ? $"/organisations?decide={key}" : "/team",
            "team" => notice.Team is null ? AccountTeams : "/team",
            "payout-account" => isPlatform ? "/bank/payments" : "/payment-settings",
            "credit" => "/home",
            "bank-line" => $"/bank/lines/{key}",
            "bank-payment" => "/bank/payments",
            "due-work" => "/quarantine",
            "provider-notice" => "/provider-notices",
            "reconciliation" => "/reconciliation",
            _ => throw new ArgumentOutOfRangeException(nameof(notice), notice.Type, "Nowhere to go"),
        };
    }

    private const string AccountTeams = "/account/teams";

    private static string OfDate(string agreement, ComingDate date) => date.Kind switch
    {
        ComingDateKind.Payment => $"{agreement}#sum-{date.Number}",
        ComingDateKind.Report => $"{agreement}/reports",
        ComingDateKind.TrialEnd => $"{agreement}/decide",
        ComingDateKind.Terms => $"{agreement}/negotiation",
        ComingDateKind.Signature => $"{agreement}/contract",
        ComingDateKind.LicenceEnd => agreement,
    };

    private static string OfAgreement(string agreement, string type) => type switch
    {
        "terms-proposed" or "proposal-withdrawn" or "proposal-lapsed" or "terms-accepted" or "term-stance-taken" or "application-accepted" => $"{agreement}/negotiation",
        "terms-agreed" or "agreement-signed" => $"{agreement}/contract",
        "sales-reported" or "sales-assessed" or "sales-corrected" or "sales-report-reminded" or "sales-evidence-recorded" => $"{agreement}/reports",
        "extension-requested" or "sign-off-requested" or "sign-off-confirmed" or "sign-off-objected" => $"{agreement}/trial",
        _ => agreement,
    };
}
