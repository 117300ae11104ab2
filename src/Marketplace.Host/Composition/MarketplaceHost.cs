using Marketplace.Application.Json;
using Marketplace.Host.Accounts;
using Marketplace.Host.AlarmClock;
using Marketplace.Host.Api;
using Marketplace.Host.Components;
using Marketplace.Host.Exports;
using Marketplace.Host.Notices;
using Marketplace.Host.Seeds;
using Marketplace.Host.TimeMachine;
using Marketplace.Journal;
using Marketplace.Search;

namespace Marketplace.Host.Composition;

/// <summary>The whole program as a web host: engine, alarm clock, API, description, health, pages.</summary>
public static class MarketplaceHost
{
    public const string DefaultUrl = "http://localhost:5080";
    internal const int MaxBodyBytes = 1 << 20;

    /// <summary>Composes the host; nothing is opened yet. Start it with <see cref="Engine.StartEngine"/>.</summary>
    /// <param name="args">Configuration as <c>--Storage:ConnectionString=…</c>, <c>--urls …</c>.</param>
    /// <param name="configure">Last word on the services, e.g. another clock.</param>
    /// <exception cref="StorageRefusedException">The connection string is of neither database.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(MarketplaceHost).Assembly.GetName().Name, // names the list of static assets, in tests too
            WebRootPath = Path.Combine(AppContext.BaseDirectory, "wwwroot"), // whatever folder the program is started from
        });
        if (builder.Configuration["urls"] is null && builder.Configuration["http_ports"] is null)
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        var connectionString = builder.Configuration["Storage:ConnectionString"] ?? Engine.DefaultConnectionString;
        // The embedded mode is one process on an SQLite file; only there is a principal believed without a proof.
        var isEmbedded = StorageKinds.Of(connectionString) == StorageKind.Sqlite;
        builder.AddMarketplaceEngine(connectionString);
        builder.AddSiloDashboard();
        builder.Services.AddCatalogIndex(Engine.IndexOf(connectionString, builder.Configuration)); // for readers: what only works needs none
        if (isEmbedded)
        {
            builder.Services.AddSingleton<MoveTime>().AddHostedService(services => services.GetRequiredService<MoveTime>()); // before demo data: it says what time it is
        }

        builder.AddSeeds(isEnabledByDefault: isEmbedded);

        builder.AddAlarmClock(StorageKinds.Of(connectionString));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        builder.Logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.Services.AddMarketplaceApiDescription();
        builder.Services.ConfigureHttpJsonOptions(json => CanonicalJson.CopyTo(json.SerializerOptions));
        builder.Services.AddHealthChecks().AddCheck<StorageHealth>("storage");
        builder.AddPages(isEmbedded);
        builder.AddAccounts(connectionString, isEmbedded);
        builder.AddNotices();
        builder.Services.AddExports(connectionString);
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseReader();
        app.UseProblems();
        app.UseSecurityHeaders();
        app.UseRateLimiter();
        app.UseDevelopmentPrincipal(isEmbedded);
        app.UseSessions();
        app.UseMemberships();
        app.UseSeeds();
        app.UseJobDashboard();
        app.UseSiloDashboard();
        app.MapOpenApi();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
        app.MapProviderNotices();
        app.MapApi();
        app.UsePages();
        return app;
    }

    private static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapReference();
        api.MapOrganisations();
        api.MapTeams();
        api.MapNotices();
        api.MapLabResults();
        api.MapDisclosures();
        api.MapLicensing();
        api.MapNeeds();
        api.MapAgreements();
        api.MapDesks();
        api.MapPolicy();
        api.MapPayments();
        api.MapQuarantine();
        api.MapBanking();
        api.MapStatements();
        api.MapRecords();
        api.MapExports();
    }
}
