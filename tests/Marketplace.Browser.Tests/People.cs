using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Host.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Browser.Tests;

/// <summary>Two who are signed in already, one of them to a demo account, and links that somebody has not opened yet. The time of accounts stands still.</summary>
public sealed class People(IServiceProvider services)
{
    public static readonly DateTimeOffset Now = new(2026, 1, 5, 4, 0, 10, TimeSpan.Zero);

    /// <summary>Secret of a session of somebody without codes and passkeys.</summary>
    public string Somebody { get; private set; } = "";

    /// <summary>Secret of a session of a demo account, which has codes.</summary>
    public string Demo { get; private set; } = "";

    public string ConfirmNote { get; private set; } = "";

    public string ResetNote { get; private set; } = "";

    /// <summary>A host with demo accounts, on which codes do not change while a test looks at them.</summary>
    public static void StandStill(IServiceCollection services)
    {
        var time = new SettableTime(TimeProvider.System);
        time.StandAt(Now);
        services.AddSingleton(new AccountClock(time)).AddSingleton(new DemoMode(true));
    }

    public async Task Open()
    {
        var (accounts, sessions, notes) = (services.GetRequiredService<AccountStore>(), services.GetRequiredService<Sessions>(), services.GetRequiredService<SealedNotes>());
        var (somebody, newcomer) = (Account("somebody@example.cn", isConfirmed: true), Account("newcomer@example.cn", isConfirmed: false));
        await accounts.Add(somebody);
        await accounts.Add(newcomer);
        ConfirmNote = notes.Seal(NoteFor.ConfirmMail, AccountMails.ConfirmWithin, newcomer.Id, newcomer.SecurityStamp!);
        ResetNote = notes.Seal(NoteFor.ResetPassword, AccountMails.ResetWithin, somebody.Id, somebody.SecurityStamp!);
        Somebody = await sessions.Begin(somebody.Person, new DefaultHttpContext(), isProven: false);
        await services.GetRequiredService<DemoAccounts>().Prepare(DemoAccounts.All[0], default);
        Demo = await sessions.Begin(DemoAccounts.All[0].Person, new DefaultHttpContext(), isProven: false);
    }

    private static Account Account(string mail, bool isConfirmed) => new()
    {
        Id = PersonId.New().Value, Email = mail, EmailConfirmed = isConfirmed, Name = "Somebody", PasswordHash = "none that fits", CreatedAtUtc = Now.UtcDateTime,
    };
}
