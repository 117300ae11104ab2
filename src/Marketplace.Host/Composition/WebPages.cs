using Marketplace.Host.Accounts;
using Marketplace.Host.Components;
using Marketplace.Host.Components.Development;

namespace Marketplace.Host.Composition;

/// <summary>The pages: rendered on the server, without a circuit, and readable with JavaScript off.</summary>
public static class WebPages
{
    public const string ErrorPath = "/error/500";
    public const string ErrorPathOfStatus = "/error/{0}";

    /// <summary>Somebody else's page could otherwise reach this machine under a name of its own (DNS rebinding).</summary>
    private const string ThisMachine = "localhost;127.0.0.1;[::1]";

    /// <summary>Whether an address is for people; programs are answered in JSON.</summary>
    public static bool Are(PathString path) =>
        !path.StartsWithSegments("/api") && !path.StartsWithSegments("/openapi") && !path.StartsWithSegments("/health");

    public static void AddPages(this WebApplicationBuilder builder, bool isEmbedded)
    {
        // In a build the assets lie beside the sources, whatever the environment is called; published ones lie beside the program.
        builder.WebHost.UseStaticWebAssets();
        if (isEmbedded)
        {
            builder.Configuration["AllowedHosts"] ??= ThisMachine;
        }

        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddSingleton(new HostMode(isEmbedded));
        builder.Services.AddReader();
        builder.Services.AddRazorComponents();
    }

    /// <summary>Headers for what a browser may do with an answer: pages load from this site only, and run no script that stands in them.</summary>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        // What programs are answered may be a file that somebody sent: should a browser show it all the same, it runs and loads nothing.
        app.UseWhen(http => !Are(http.Request.Path), programs => programs.UseSecurityHeaders(policies => policies
            .AddDefaultApiSecurityHeaders()
            .AddContentSecurityPolicy(csp =>
            {
                csp.AddDefaultSrc().None();
                csp.AddFrameAncestors().None();
                csp.AddSandbox();
            })));
        app.UseWhen(http => Are(http.Request.Path) && !SiloDashboard.Is(http.Request.Path), pages => pages.UseSecurityHeaders(policies => policies
            .AddDefaultSecurityHeaders()
            .AddContentSecurityPolicy(OfThisSiteOnly)));
        // Pages of a library, which write styles into themselves and carry a font; scripts may come from this site only, there too.
        app.UseWhen(http => SiloDashboard.Is(http.Request.Path), pages => pages.UseSecurityHeaders(policies => policies
            .AddDefaultSecurityHeaders()
            .AddContentSecurityPolicy(csp =>
            {
                OfThisSiteOnly(csp);
                csp.AddStyleSrc().Self().UnsafeInline();
                csp.AddFontSrc().Self().Data();
            })));
    }

    /// <summary>Whether what was built is looked past, for styles that somebody works on: then nothing is compressed. It is so by default wherever the program was not published.</summary>
    private const string ServesSources = "ReloadStaticAssetsAtRuntime";

    private static void OfThisSiteOnly(CspBuilder csp)
    {
        csp.AddDefaultSrc().None();
        csp.AddScriptSrc().Self();
        csp.AddStyleSrc().Self();
        csp.AddFontSrc().Self();
        csp.AddImgSrc().Self().Data(); // arrows and ticks inside the stylesheet
        csp.AddConnectSrc().Self();
        csp.AddFormAction().Self();
        csp.AddBaseUri().Self();
        csp.AddFrameAncestors().None();
    }

    public static void UsePages(this WebApplication app)
    {
        app.UseAntiforgery();
        if (app.Configuration[ServesSources] is null && !app.Environment.IsDevelopment())
        {
            app.Configuration[ServesSources] = "false";
        }

        app.MapStaticAssets();
        app.MapAppearance();
        app.MapDevelopmentSession();
        app.MapAccounts();
        app.MapActingFor();
        app.MapRazorComponents<App>();
    }
}
