using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Host.Api;
using Marketplace.Host.Mail;
using Marketplace.Host.Seeds;
using Marketplace.Journal;
using Marketplace.Storage.Postgres;
using Marketplace.Storage.Sqlite;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marketplace.Host.Accounts;

/// <param name="IsOn">Demo accounts can be signed in to by a click, from this machine.</param>
public sealed record DemoMode(bool IsOn);

/// <summary>Accounts and what they stand on: tables, keys, mail, sessions.</summary>
internal static class AccountServices
{
    /// <summary>Setting: how many forms of the pages of accounts one network address may send in a minute.</summary>
    public const string PostsPerMinute = "Accounts:PostsPerMinute";

    private const int DefaultPostsPerMinute = 60;

    /// <summary>What OWASP advises for PBKDF2 with HMAC-SHA-512; Identity's own default is less than half.</summary>
    private const int HashIterations = 210_000;

    /// <exception cref="MailSettingsException">A setting of mail cannot be used.</exception>
    public static void AddAccounts(this WebApplicationBuilder builder, string connectionString, bool isEmbedded)
    {
        var services = builder.Services;
        switch (StorageKinds.Of(connectionString))
        {
            case StorageKind.Sqlite:
                services.AddSqliteTables<AccountsDatabase>();
                break;
            case StorageKind.Postgres:
                services.AddPostgresTables<AccountsDatabase>();
                break;
        }

        builder.AddMail(connectionString);
        services.AddSingleton(p => new AccountClock(p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AccountStore>().AddSingleton<Sessions>().AddSingleton<AccessTokens>().AddSingleton<SessionCookie>().AddSingleton<StepCookie>().AddSingleton<SealedNotes>()
            .AddSingleton<Attempts>().AddSingleton<Passwords>().AddSingleton<SecondFactor>().AddSingleton<AccountMails>();
        services.AddSingleton<RegisterAccount>().AddSingleton<ConfirmMail>().AddSingleton<SignInSteps>().AddSingleton<ResetPassword>().AddSingleton<ChangeAccount>();
        services.AddSingleton(p => new FirstAdministrator(p.GetRequiredService<MarketplaceDoor>(), builder.Configuration[FirstAdministrator.Setting]));
        services.AddIdentity();

        // In the database: what one host has sealed the others open, also after a restart.
        services.AddDataProtection().SetApplicationName("marketplace");
        services.AddOptions<KeyManagementOptions>().Configure<IServiceProvider>((options, provider) => options.XmlRepository = new KeyRepository(provider));

        var isDemo = isEmbedded && builder.Configuration.GetValue(ReplaySeeds.Enabled, defaultValue: true);
        services.AddSingleton(new DemoMode(isDemo)).AddSingleton<DemoAccounts>();
        if (isDemo)
        {
            services.AddHostedService(p => p.GetRequiredService<DemoAccounts>());
        }

        services.AddRateLimiter(limiter =>
        {
            var most = builder.Configuration.GetValue(PostsPerMinute, DefaultPostsPerMinute);
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
                HttpMethods.IsPost(http.Request.Method) && http.Request.Path.StartsWithSegments(AccountAddress.Overview)
                    ? RateLimitPartition.GetSlidingWindowLimiter(NetworkOf(http), _ => new SlidingWindowRateLimiterOptions
                    {
                        PermitLimit = most, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0,
                    })
                    : RateLimitPartition.GetNoLimiter(""));
            limiter.OnRejected = (rejected, _) =>
            {
                var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : TimeSpan.FromMinutes(1);
                rejected.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                return ValueTask.CompletedTask;
            };
        });
    }

    /// <summary>Finds out whose session a request belongs to. What is one for everybody, like a stylesheet, needs nobody.</summary>
    public static void UseSessions(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (await app.Services.GetRequiredService<AccessTokens>().Recognise(http) is { } problem)
        {
            await http.Answer(problem).ExecuteAsync(http);
            return;
        }

        if (http.Person() is null && http.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
        {
            await app.Services.GetRequiredService<SessionCookie>().Recognise(http);
        }

        await next(http);
    });

    private static void AddIdentity(this IServiceCollection services)
    {
        services.AddScoped(p => p.GetRequiredService<IDbContextFactory<AccountsDatabase>>().CreateDbContext());
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = HashIterations);
        services.AddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>().AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddIdentityCore<Account>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3)
            .AddUserStore<UserOnlyStore<Account, AccountsDatabase, string>>();
        services.RemoveAll<IUserValidator<Account>>(); // it knows people by a user name, of which there is none
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>().AddScoped<Passkeys>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<SiteAddress>((options, site) =>
        {
            options.ServerDomain = site.Root.Host;
            options.UserVerificationRequirement = "required"; // one passkey then stands for two factors
            options.ResidentKeyRequirement = "required"; // signing in by it asks for no mail address
        });
    }

    /// <summary>Who has one address of IPv6 has all of its /64.</summary>
    private static string NetworkOf(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address)
        {
            return "";
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6
            ? new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]).ToString()
            : address.MapToIPv4().ToString();
    }
}
