using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Marketplace.Application.Grains;
using Marketplace.Application.Mail;
using Marketplace.Host.Accounts;
using Marketplace.Host.Mail;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Marketplace.Host.Tests.Accounts;

/// <summary>A host whose time, mail and log a test holds in its hands.</summary>
public class AccountHost : IAsyncLifetime
{
    public const string Password = "an old tin roof in spring rain";

    private static int people;

    private readonly RunningHost host;

    public AccountHost()
        : this("Data Source=:memory:")
    {
    }

    private AccountHost(string connectionString, params string[] settings)
    {
        Time.StandAt(new DateTimeOffset(2026, 11, 2, 1, 0, 0, TimeSpan.Zero));
        host = RunningHost.With(Configure, connectionString, ["--Accounts:PostsPerMinute=1000000", .. settings]);
    }

    /// <summary>On another database than one in memory, with further settings; not started.</summary>
    public static AccountHost On(string connectionString, bool isDemo = false, params string[] settings) => new(connectionString, settings) { IsDemo = isDemo };

    public SettableTime Time { get; } = new(TimeProvider.System);

    public CapturedMail Mail { get; } = new();

    public CapturedLog Log { get; } = new();

    public RunningHost Running => host;

    public IServiceProvider Services => host.App.Services;

    public bool IsDemo { get; init; }

    public ValueTask InitializeAsync() => host.InitializeAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return host.DisposeAsync();
    }

    public void Later(TimeSpan span) => Time.StandAt(Time.GetUtcNow() + span);

    /// <summary>An address that no other test has.</summary>
    public static string NewMail() => $"person{Interlocked.Increment(ref people)}@example.cn";

    public Surfer NewSurfer() => new(host);

    /// <summary>The newest letter to an address, once all that were written have been sent.</summary>
    public async Task<Letter> NewestTo(string mail)
    {
        await Services.GetRequiredService<MailQueue>().Settled();
        return Mail.Letters.Last(l => l.To == mail);
    }

    public async Task<int> CountTo(string mail)
    {
        await Services.GetRequiredService<MailQueue>().Settled();
        return Mail.Letters.Count(l => l.To == mail);
    }

    /// <summary>Where the link of the newest letter leads, inside the site.</summary>
    public async Task<string> LinkTo(string mail) => LinkIn(await NewestTo(mail));

    public static string LinkIn(Letter letter) => Regex.Match(letter.Text, @"^http://localhost:5080(/\S+)$", RegexOptions.Multiline).Groups[1].Value;

    public static async Task<Reply> Register(Surfer surfer, string mail, string password = Password, string name = "李雷") =>
        await surfer.Send("/account/register", "register", ("name", name), ("mail", mail), ("password", password), ("confirm", "true"));

    public static Task<Reply> SignIn(Surfer surfer, string mail, string password = Password, string page = "/account/sign-in") =>
        surfer.Send(page, "password", ("mail", mail), ("password", password));

    /// <summary>Somebody who has registered, confirmed their address, and is signed in.</summary>
    public async Task<(Surfer Surfer, string Mail)> NewPerson()
    {
        var (surfer, mail) = (NewSurfer(), NewMail());
        await Register(surfer, mail);
        var confirmed = await surfer.Send(await LinkTo(mail), "confirm", ("password", Password));
        Assert.Equal("/account?done=confirmed", confirmed.Headers.Location?.OriginalString);
        return (surfer, mail);
    }

    /// <summary>The same person in another browser.</summary>
    public async Task<Surfer> Again(string mail)
    {
        var surfer = NewSurfer();
        Assert.Equal("/", (await SignIn(surfer, mail)).Headers.Location?.OriginalString);
        return surfer;
    }

    /// <summary>Turns on codes and returns the key, with the recovery codes.</summary>
    public async Task<(string Key, IReadOnlyList<string> Recovery)> TurnOnCodes(Surfer surfer)
    {
        var page = await surfer.Get("/account/codes");
        var key = Regex.Match(page.Text, "<code class=\"to-copy\">([A-Z2-7 ]+)</code>").Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        var turned = await surfer.SendFrom(page, "/account/codes", "turn-on", ("code", CodeOf(key)), ("password", Password));
        string[] recovery = [.. Regex.Matches(turned.Text, "<code class=\"to-copy\">([a-z0-9-]+)</code>").Select(m => m.Groups[1].Value)];
        Assert.Equal(RecoveryCodes.Count, recovery.Length);
        return (key, recovery);
    }

    public string CodeOf(string key) => TimeBasedCode.At(key, Time.GetUtcNow().UtcDateTime);

    private void Configure(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new AccountClock(Time));
        builder.Services.AddSingleton<IMailer>(Mail);
        if (IsDemo)
        {
            builder.Services.AddSingleton(new DemoMode(true));
        }

        builder.Logging.AddProvider(Log);
    }
}

public sealed class CapturedMail : IMailer
{
    public ConcurrentQueue<Letter> Letters { get; } = [];

    public Task Send(Letter letter, CancellationToken cancel = default)
    {
        Letters.Enqueue(letter);
        return Task.CompletedTask;
    }
}

/// <summary>Everything that would be logged as the program ships.</summary>
public sealed class CapturedLog : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
