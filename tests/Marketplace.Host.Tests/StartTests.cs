using System.Net;
using System.Net.Sockets;
using Marketplace.Host.Composition;
using Marketplace.Journal;
using Marketplace.Storage.Sqlite;
using Marketplace.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketplace.Host.Tests;

public sealed class StartTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("marketplace-host-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_second_instance_on_one_file_refuses_to_start_in_one_sentence()
    {
        var connectionString = $"Data Source={Path.Combine(folder, "marketplace.db")}";
        await using var first = new SqliteStorage(connectionString, TimeProvider.System);
        await first.Open();

        var (exitCode, error) = await Run($"--Storage:ConnectionString={connectionString}", "--urls=http://127.0.0.1:0");
        Assert.Equal(ExitCode.StorageRefused, exitCode);
        Assert.Contains("in use by another process", Assert.Single(error));
    }

    [Fact]
    public async Task A_connection_string_of_neither_database_refuses_to_start_in_one_sentence()
    {
        var (exitCode, error) = await Run("--Storage:ConnectionString=Coffee=black");
        Assert.Equal(ExitCode.StorageRefused, exitCode);
        Assert.Contains("Data Source=", Assert.Single(error));
    }

    [Fact]
    public async Task An_address_in_use_refuses_to_start_in_one_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (exitCode, error) = await Run(
            "--Storage:ConnectionString=Data Source=:memory:", "--Seeds:Enabled=false", $"--urls=http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        Assert.Equal(ExitCode.AddressInUse, exitCode);
        Assert.Contains("--urls", Assert.Single(error));
    }

    [Fact]
    public async Task A_host_whose_storage_is_gone_is_alive_but_not_ready()
    {
        var host = new RunningHost();
        await host.InitializeAsync();
        await host.App.Services.GetRequiredService<IStorage>().DisposeAsync();

        Assert.Equal(HttpStatusCode.OK, (await host.Get("/health/live")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Get("/health/ready")).Status);
        await host.DisposeAsync();
    }

    [Fact]
    public async Task Outside_the_embedded_mode_nobody_is_taken_at_their_word()
    {
        var cluster = await PostgresCluster.Shared;
        var connectionString = await cluster.CreateDatabase();
        var host = RunningHost.On(connectionString);
        await host.InitializeAsync();

        var refused = await host.Get("/api/v1/reference", RunningHost.Administrator);
        Assert.Equal((HttpStatusCode.Unauthorized, "development-principal-refused"), (refused.Status, refused.Code));
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/api/v1/reference")).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Post("/api/v1/organisations", RunningHost.Registration(Guid.NewGuid()))).Status);

        // Nor by the cookie of the development sign-in, of which there is neither page nor address.
        Assert.Equal("sign-in-required", (await host.Send(DevelopmentSignInTests.WithCookie("/api/v1/organisations"))).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Get("/development/sign-in")).Status);
        var (cookies, token) = await DevelopmentSignInTests.Antiforgery(host);
        Assert.Equal(HttpStatusCode.NotFound, (await host.Send(DevelopmentSignInTests.SignIn(cookies, token, RunningHost.Administrator))).Status);
        Assert.DoesNotContain("开发模式", (await host.Get("/")).Text);

        await host.DisposeAsync();
        await cluster.DropDatabase(connectionString);
    }

    private async Task<(int ExitCode, string[] Error)> Run(params string[] args)
    {
        var ended = await HostProgram.Run(folder, "en_US.UTF-8", args);
        return (ended.ExitCode, ended.Error);
    }
}
