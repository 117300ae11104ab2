using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Marketplace.Application;
using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;
using Marketplace.Application.Disclosures;
using Marketplace.Application.Files;
using Marketplace.Application.Grains;
using Marketplace.Application.Licensing;
using Marketplace.Application.Notices;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Documents.Differences;
using Marketplace.Documents.Files;
using Marketplace.Documents.Sheets;
using Marketplace.Documents.Templates;
using Marketplace.Host.Pdf;
using Marketplace.Journal;
using Marketplace.Payments.Bank;
using Marketplace.Payments.Sandbox;
using Marketplace.Payments.Stripe;
using Marketplace.Search;
using Marketplace.Storage.Postgres;
using Marketplace.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Host.Composition;

/// <summary>The engine without its web face: storage, door, grains. The web host, the simulation and the tests run on the same one.</summary>
public static class Engine
{
    /// <summary>Setting, true or false: whether the sandbox may be named as a payment provider. Default: only on SQLite.</summary>
    public const string SandboxSwitch = "Payments:Sandbox";

    /// <summary>Setting: <c>folder</c>, the default, or <c>s3</c>: see <c>Files:S3</c>.</summary>
    public const string FilesStore = "Files:Store";

    /// <summary>Setting: the folder that files are kept in.</summary>
    public const string FilesFolder = "Files:Folder";

    /// <summary>Largest file of a result, in units of 1 048 576 bytes.</summary>
    public const string MaxAttachmentMegabytes = "Files:MaxAttachmentMegabytes";

    private const int BytesOfMegabyte = 1024 * 1024;

    /// <summary>Setting: the folder of this host's search index.</summary>
    public const string SearchFolder = "Search:Folder";

    public const string DefaultConnectionString = "Data Source=./data/marketplace.db";

    /// <summary>Registers the engine on the database that an ADO.NET connection string names.</summary>
    /// <exception cref="StorageRefusedException">The connection string is of neither database.</exception>
    public static void AddMarketplaceEngine(this IHostApplicationBuilder builder, string connectionString)
    {
        var kind = StorageKinds.Of(connectionString);
        switch (kind)
        {
            case StorageKind.Sqlite:
                builder.Services.AddSqliteStorage(connectionString).AddSqliteReadTables().AddSqliteTables<NoticesDatabase>();
                break;
            case StorageKind.Postgres:
                builder.Services.AddPostgresStorage(connectionString).AddPostgresReadTables().AddPostgresTables<NoticesDatabase>();
                break;
        }

        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), FreePort(), serviceId: "marketplace", clusterId: "marketplace")
            .AddMarketplaceSerialization());
        builder.Services.AddMarketplaceApplication().AddSandboxCheck();
        builder.Services.AddSingleton<IContractTemplates, ContractTemplates>().AddSingleton<IContractDifference, ContractDifference>();
        builder.Services.AddSingleton<ISalesSheetReader, SalesSheetReader>().AddSingleton<IStatementReader, StatementReader>();
        builder.Services.AddSingleton<IPaymentProvider, BankPayments>();
        builder.Services.AddSingleton<IFileStore>(_ => FilesOf(connectionString, builder.Configuration));
        builder.Services.AddSingleton(ResultFilesOf(builder.Configuration));
        builder.Services.AddSingleton<IPdfMarks>(services => new PdfMarksInProcess(TimeProvider.System, services.GetRequiredService<ILogger<PdfMarksInProcess>>()));

        var site = SiteOf(builder.Configuration);
        builder.Services.AddSingleton(site);
        builder.AddStripe(site);

        // Nobody mistakes the embedded mode for real money; a production host must be told to pretend.
        if (builder.Configuration.GetValue(SandboxSwitch, kind == StorageKind.Sqlite))
        {
            builder.Services.AddSandboxPayments();
        }
    }

    /// <summary>
    /// Files where the configuration says: in a bucket, or in a folder; else beside the database, or of PostgreSQL below the current folder. Those of a
    /// database in memory end with it. The store is to be disposed of.
    /// </summary>
    /// <exception cref="StorageRefusedException">The connection string is of neither database.</exception>
    /// <exception cref="InvalidOperationException">A setting cannot be used; the sentence says which, and never shows it.</exception>
    public static IFileStore FilesOf(string connectionString, IConfiguration configuration) => configuration[FilesStore] switch
    {
        null or "" or "folder" => FolderOf(connectionString, configuration),
        "s3" => new S3FileStore(BucketOf(configuration)),
        _ => throw new InvalidOperationException($"{FilesStore} is folder or s3."),
    };

    /// <exception cref="InvalidOperationException">A setting is missing, or would send the secret's signatures over an open line.</exception>
    private static S3Settings BucketOf(IConfiguration configuration)
    {
        var s3 = configuration.GetSection("Files:S3");
        string Of(string name) => s3[name] is { Length: > 0 } value ? value.Trim() : throw new InvalidOperationException($"Files:S3:{name} is missing.");
        return Uri.TryCreate(Of("Endpoint"), UriKind.Absolute, out var endpoint) && (endpoint.Scheme == Uri.UriSchemeHttps || (endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback))
            ? new S3Settings(endpoint, Of("Bucket"), Of("Region"), Of("Key"), Of("Secret"))
            : throw new InvalidOperationException("Files:S3:Endpoint is an https address, or an http one on the loopback interface.");
    }

    private static FolderFileStore FolderOf(string connectionString, IConfiguration configuration) =>
        (configuration[FilesFolder], FolderBeside(connectionString)) switch
        {
            ({ Length: > 0 } named, _) => new FolderFileStore(Path.GetFullPath(named), TimeProvider.System),
            (_, { } folder) => new FolderFileStore(Path.GetFullPath(Path.Combine(folder, "files")), TimeProvider.System),
            _ => new FolderFileStore(Path.Combine(Path.GetTempPath(), $"marketplace-files-{Guid.NewGuid():N}"), TimeProvider.System, isTemporary: true),
        };

    /// <summary>How large a file of a result may be: as the code allows, unless the configuration says less.</summary>
    /// <exception cref="InvalidOperationException">The setting is none that can be used.</exception>
    private static ResultFileSettings ResultFilesOf(IConfiguration configuration) => configuration.GetValue<int?>(MaxAttachmentMegabytes) switch
    {
        null => ResultFileSettings.Default,
        >= 1 and <= AttachResultFile.MaxBytes / BytesOfMegabyte and var megabytes => new ResultFileSettings(megabytes * BytesOfMegabyte),
        var other => throw new InvalidOperationException($"{MaxAttachmentMegabytes} is 1 to {AttachResultFile.MaxBytes / BytesOfMegabyte}, not {other}."),
    };

    /// <summary>Where the search index of a host lies: as <see cref="FilesOf"/>, but it can be made anew at any time.</summary>
    /// <exception cref="StorageRefusedException">The connection string is of neither database.</exception>
    public static CatalogIndexSettings IndexOf(string connectionString, IConfiguration configuration) =>
        (configuration[SearchFolder], FolderBeside(connectionString)) switch
        {
            ({ Length: > 0 } named, _) => new CatalogIndexSettings(Path.GetFullPath(named)),
            (_, { } folder) => new CatalogIndexSettings(Path.GetFullPath(Path.Combine(folder, "search"))),
            _ => new CatalogIndexSettings(Path.Combine(Path.GetTempPath(), $"marketplace-search-{Guid.NewGuid():N}"), IsTemporary: true),
        };

    /// <summary>Null of a database in memory.</summary>
    private static string? FolderBeside(string connectionString) =>
        StorageKinds.Of(connectionString) == StorageKind.Sqlite ? SqliteStorage.FolderOf(connectionString) : "data";

    /// <summary>Stripe, when a key is given: by configuration, by the environment, or by a file that a secret store mounts.</summary>
    /// <exception cref="PaymentSettingsException">A setting cannot be used.</exception>
    private static void AddStripe(this IHostApplicationBuilder builder, SiteAddress site)
    {
        var stripe = builder.Configuration.GetSection("Payments:Stripe");
        if (stripe["SecretKey"] is not { Length: > 0 } key)
        {
            return;
        }

        builder.Services.AddStripePayments(StripeSettings.Of(
            key, Listed(stripe.GetSection("WebhookSecrets")), stripe["ApiBase"] is { Length: > 0 } api ? new Uri(api) : null,
            Listed(stripe.GetSection("MethodTypes")), site.Root));
    }

    /// <exception cref="PaymentSettingsException">It is no address of a site.</exception>
    private static SiteAddress SiteOf(IConfiguration configuration) =>
        Uri.TryCreate(configuration["Site:Address"] ?? MarketplaceHost.DefaultUrl, UriKind.Absolute, out var root) && root.Scheme is "http" or "https"
            ? new SiteAddress(root)
            : throw new PaymentSettingsException("Site:Address", "须为 http 或 https 地址。", "must be an http or https address.");

    /// <summary>A list of settings, or one setting that separates its parts by semicolons.</summary>
    private static IReadOnlyList<string> Listed(IConfigurationSection section) =>
        section.Value is { } text ? text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [.. section.GetChildren().Select(c => c.Value).OfType<string>()];

    /// <summary>The database that a connection string names, not opened: for commands that need no engine.</summary>
    /// <exception cref="StorageRefusedException">The connection string is of neither database.</exception>
    public static IStorage StorageOf(string connectionString) => StorageKinds.Of(connectionString) switch
    {
        StorageKind.Sqlite => new SqliteStorage(connectionString, TimeProvider.System),
        StorageKind.Postgres => new PostgresStorage(connectionString, TimeProvider.System),
    };

    /// <summary>Opens the storage, then starts everything that stands on it.</summary>
    /// <exception cref="StorageRefusedException">The database must not be used; the sentence says why.</exception>
    public static async Task StartEngine(this IHost host, CancellationToken cancel = default)
    {
        await host.Services.GetRequiredService<IStorage>().Open(cancel: cancel);
        await Task.WhenAll(host.StartAsync(cancel), Task.Run(() => PrepareReads(host, cancel), cancel));
    }

    /// <summary>Starts the engine, works, and stops it in good order whatever happens: a host that is only disposed of complains of its own end.</summary>
    /// <exception cref="StorageRefusedException">As <see cref="StartEngine"/>.</exception>
    public static async Task<int> WhileEngineRuns(this IHost host, Func<Task<int>> work, CancellationToken cancel)
    {
        try
        {
            await host.StartEngine(cancel);
            return await work();
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Waits until the host is told to end, and throws what a service failed with if that ended it.</summary>
    public static async Task UntilShutdown(this IHost host, CancellationToken cancel)
    {
        await host.WaitForShutdownAsync(cancel);
        foreach (var service in host.Services.GetServices<IHostedService>().OfType<BackgroundService>())
        {
            if (service.ExecuteTask is { IsFaulted: true } failure)
            {
                await failure;
            }
        }
    }

    // Building the model of the read tables takes longer than starting the silo does: beside it, the first reader need not wait.
    private static async Task PrepareReads(IHost host, CancellationToken cancel)
    {
        await using var database = await host.Services.GetRequiredService<IDbContextFactory<MarketplaceReads>>().CreateDbContextAsync(cancel);
        await database.Of<DueWorkRow>().FirstOrDefaultAsync(w => w.Stream == "", cancel);
    }

    // Default ports would let two silos on one machine join each other, or fail each other's start. Ports that the system gives out by itself
    // (Linux: 32768 and up) could be taken by an outgoing connection before the silo listens.
    private static int FreePort()
    {
        const int Tries = 100;
        for (var i = 1; ; i++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(20_000, 32_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException) when (i < Tries)
            {
                // somebody listens there
            }
        }
    }
}
