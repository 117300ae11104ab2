using System.Net;
using Marketplace.Application.Door;
using Marketplace.Domain;

namespace Marketplace.Host.Api;

/// <summary>
/// Without an account: whoever sends <c>X-Development-Principal: role=company;organisation=org_…;person=li</c>, or the same text in the
/// cookie of the development sign-in, is taken at their word, in the embedded mode and from this machine only. Without <c>duties=Read,Sign</c>
/// they have all duties that there are.
/// </summary>
public static class DevelopmentPrincipal
{
    public const string Header = "X-Development-Principal";
    public const string Cookie = "marketplace-development-principal";

    private static readonly Problem Refused = new(
        StatusCodes.Status401Unauthorized, "development-principal-refused",
        $"{Header} 只在本机的内嵌模式下有效。", $"{Header} is taken in the embedded mode and from this machine only.");

    /// <summary>The principal of this request, a visitor when nobody said who they are.</summary>
    public static Principal Principal(this HttpContext http) => http.Features.Get<Principal>() ?? Application.Door.Principal.Visitor;

    /// <summary>Whether this request may say by itself who sends it. What a proxy forwards came from elsewhere.</summary>
    public static bool IsBelieved(HttpContext http, bool isEmbedded) =>
        isEmbedded
        && http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");

    /// <summary>
    /// Answers 401 to a header that is malformed or not to be believed, even where a visitor would do. A cookie travels by itself, so one
    /// that is not believed makes a visitor.
    /// </summary>
    public static void UseDevelopmentPrincipal(this WebApplication app, bool isEmbedded) => app.Use(async (http, next) =>
    {
        if (http.Request.Headers.TryGetValue(Header, out var header))
        {
            var problem = Refused;
            if (!IsBelieved(http, isEmbedded) || !TryParse(header.ToString(), out var principal, out problem))
            {
                await http.Answer(problem).ExecuteAsync(http);
                return;
            }

            http.Features.Set(principal);
        }
        else if (http.Request.Cookies.TryGetValue(Cookie, out var cookie) && IsBelieved(http, isEmbedded) && TryParse(cookie, out var principal, out _))
        {
            http.Features.Set(principal);
        }

        await next(http);
    });

    /// <summary>Reads <c>role=…;organisation=…;person=…</c>; the problem names the part that is missing or wrong.</summary>
    public static bool TryParse(string text, out Principal principal, out Problem problem)
    {
        principal = Application.Door.Principal.Visitor;
        problem = Refused;
        ActorRole? role = null;
        OrganisationId? organisation = null;
        var person = "";
        var duties = Duty.All;
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.Split('=', 2) is [var n, var v] ? (n.Trim(), Uri.UnescapeDataString(v.Trim())) : (part, "");
            switch (name)
            {
                case "role" when Enum.TryParse<ActorRole>(value, ignoreCase: true, out var named) && Enum.IsDefined(named):
                    role = named;
                    break;
                case "organisation" when Id.TryParse<OrganisationId>(value, out var id):
                    organisation = id;
                    break;
                case "person" when value.Length is > 0 and <= 100 && !value.Any(char.IsControl):
                    person = value;
                    break;
                case "duties" when Enum.TryParse<Duty>(value, ignoreCase: true, out var some) && (some & ~Duty.All) == 0:
                    duties = some;
                    break;
                default:
                    problem = Malformed(name);
                    return false;
            }
        }

        switch (role)
        {
            case null or ActorRole.System or ActorRole.Visitor:
                problem = Malformed("role");
                return false;
            case ActorRole.Lab or ActorRole.Company or ActorRole.Guarantor or ActorRole.Broker when organisation is null:
                problem = Malformed("organisation");
                return false;
            case ActorRole.Administrator when organisation is not null:
                problem = Malformed("organisation");
                return false;
        }

        if (person.Length == 0)
        {
            problem = Malformed("person");
            return false;
        }

        principal = Application.Door.Principal.Whole(role.Value, organisation, person) with { Duties = duties };
        return true;
    }

    private static Problem Malformed(string part) => new(
        StatusCodes.Status401Unauthorized, "development-principal-malformed",
        $"{Header} 的 {part} 缺失或有误，应形如 role=company;organisation=org_…;person=li。",
        $"The {part} of {Header} is missing or wrong; it looks like role=company;organisation=org_…;person=li.");
}
