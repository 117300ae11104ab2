using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Host.Api;
using Orleans.Dashboard;

namespace Marketplace.Host.Composition;

/// <summary>
/// Orleans' own pages about this host's grains, to look at: how many are awake, which calls take how long, which fail. For the marketplace's own
/// people. Its live log is off: a log is for who runs the host.
/// </summary>
internal static class SiloDashboard
{
    public const string Address = "/silo";

    /// <summary>On by <c>Orleans:Dashboard=true</c>: it counts every call of a grain and samples every second, for whoever wants to look.</summary>
    private const string Switch = "Orleans:Dashboard";

    public static void AddSiloDashboard(this WebApplicationBuilder builder)
    {
        if (IsOn(builder.Configuration))
        {
            builder.UseOrleans(silo => silo.AddDashboard(options => options.HideTrace = true));
        }
    }

    /// <summary>Whether this host has them.</summary>
    public static bool IsOn(IConfiguration configuration) => configuration.GetValue(Switch, false);

    /// <summary>Whether this is the address of one of them.</summary>
    public static bool Is(PathString path) => path.StartsWithSegments(Address, StringComparison.OrdinalIgnoreCase);

    public static void UseSiloDashboard(this WebApplication app)
    {
        app.UseWhen(http => Is(http.Request.Path), pages => pages.Use(async (http, next) =>
        {
            if (http.RefusalOfOperations() is { } refusal)
            {
                await http.Answer(Problem.Of(refusal)).ExecuteAsync(http);
                return;
            }

            await next(http);
        }));
        if (IsOn(app.Configuration))
        {
            app.MapOrleansDashboard(Address);
        }
    }

    /// <summary>Why who asks may not see how this host works; null: they may.</summary>
    public static Refusal? RefusalOfOperations(this HttpContext http)
    {
        var principal = http.Principal();
        return principal.Role == ActorRole.Administrator && principal.Duties.HasFlag(Duty.Read) ? null
            : principal.Role == ActorRole.Visitor ? Refusals.SignInRequired
            : Refusals.RoleNotAllowed;
    }
}
