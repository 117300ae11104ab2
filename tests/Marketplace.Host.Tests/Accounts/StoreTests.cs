using Marketplace.Domain;
using Marketplace.Host.Accounts;
using Marketplace.Journal;
using Marketplace.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Marketplace.Host.Tests.Accounts;

public sealed class Stores_on_sqlite() : StoreTests(() => Task.FromResult($"Data Source={Path.Combine(Directory.CreateTempSubdirectory("marketplace-accounts-").FullName, "market.db")}"));

public sealed class Stores_on_postgres() : StoreTests(async () => await (await PostgresCluster.Shared).CreateDatabase());

/// <summary>What accounts keep, on each database: nothing is written over, counted twice, or lost beside the journal's own writer.</summary>
public abstract class StoreTests(Func<Task<string>> create) : IAsyncLifetime
{
    private string connectionString = "";
    private AccountHost host = null!;

    private AccountStore Accounts => host.Services.GetRequiredService<AccountStore>();

    public async ValueTask InitializeAsync()
    {
        connectionString = await create();
        host = AccountHost.On(connectionString);
        await host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await host.DisposeAsync();
        if (StorageKinds.Of(connectionString) == StorageKind.Postgres)
        {
            await (await PostgresCluster.Shared).DropDatabase(connectionString);
        }
        else
        {
            Directory.Delete(Path.GetDirectoryName(connectionString["Data Source=".Length..])!, recursive: true);
        }
    }

    [Fact]
    public async Task An_account_comes_back_as_it_was_kept()
    {
        var account = NewAccount("Li.Lei@example.cn");
        Assert.True(await Accounts.Add(account));
        var found = await Accounts.FindByMail("LI.LEI@EXAMPLE.CN");
        Assert.Equal((account.Id, "Li.Lei@example.cn", "李雷", "zh", host.Services.GetRequiredService<AccountClock>().NowUtc), (found!.Id, found.MailAddress, found.Name, found.Language, found.CreatedAtUtc));
        Assert.Equal(DateTimeKind.Utc, found.CreatedAtUtc.Kind);
        Assert.False(await Accounts.Add(NewAccount("li.lei@EXAMPLE.cn")));
        Assert.True(Id.TryParse<PersonId>(found.Id, out _));
    }

    [Fact]
    public async Task A_token_is_known_by_its_hash_alone_and_only_its_person_ends_it()
    {
        var (account, other) = (NewAccount("token@example.cn"), NewAccount("other@example.cn"));
        Assert.True(await Accounts.Add(account) && await Accounts.Add(other));
        var tokens = host.Services.GetRequiredService<AccessTokens>();
        var secret = (await tokens.Make(account.Person, "ERP", "platform", onlyReads: true, days: 9)).Value;
        var kept = Assert.Single(await tokens.Of(account.Person));
        Assert.Equal(("ERP", "platform", true, kept.CreatedAtUtc.AddDays(9), null), (kept.Name, kept.Team, kept.OnlyReads, kept.ExpiresAtUtc, kept.LastUsedAtUtc));
        Assert.DoesNotContain(secret, kept.Token);
        await tokens.End(other.Person, kept.Token);
        Assert.Single(await tokens.Of(account.Person));
        for (var more = 1; more < AccessTokens.MostOfOne; more++)
        {
            Assert.False((await tokens.Make(account.Person, "ERP", "platform", onlyReads: true, days: 9)).IsRefused);
        }

        Assert.Equal("tokens-too-many", (await tokens.Make(account.Person, "ERP", "platform", onlyReads: true, days: 9)).Refusal?.Code);
        await tokens.End(account.Person, kept.Token);
        Assert.Equal(AccessTokens.MostOfOne - 1, (await tokens.Of(account.Person)).Count);
        await tokens.EndAll(account.Person);
        Assert.Empty(await tokens.Of(account.Person));
    }

    [Fact]
    public async Task Two_who_want_one_mail_address_do_not_both_get_it()
    {
        Account[] accounts = [.. Enumerable.Range(0, 6).Select(i => NewAccount($"p{i}@example.cn"))];
        foreach (var account in accounts)
        {
            await Accounts.Add(account);
        }

        var changed = await Task.WhenAll(accounts.Select(a => Accounts.ChangeMail(a.Person, a.SecurityStamp!, "wanted@example.cn")));
        Assert.Single(changed, c => c);
        Assert.False(await Accounts.ChangeMail(accounts[0].Person, "another stamp", "free@example.cn"));
    }

    [Fact]
    public async Task Guesses_at_once_are_no_more_than_guesses_one_by_one()
    {
        var attempts = host.Services.GetRequiredService<Attempts>();
        var let = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => attempts.Begin("LI@EXAMPLE.CN", default)));
        Assert.Equal(Attempts.Most, let.Count(l => l));

        host.Later(Attempts.LockedFor);
        for (var i = 0; i < Attempts.Most; i++)
        {
            Assert.True(await attempts.Begin("LI@EXAMPLE.CN", default));
        }

        Assert.False(await attempts.Begin("LI@EXAMPLE.CN", default));
        await attempts.TakeBack("LI@EXAMPLE.CN", default);
        Assert.True(await attempts.Begin("LI@EXAMPLE.CN", default));
        Assert.False(await attempts.Begin("LI@EXAMPLE.CN", default));
        await attempts.Forget("LI@EXAMPLE.CN", default);
        Assert.True(await attempts.Begin("LI@EXAMPLE.CN", default));
    }

    [Fact]
    public async Task Failures_of_long_ago_are_not_kept()
    {
        var attempts = host.Services.GetRequiredService<Attempts>();
        await attempts.Begin("FIRST@EXAMPLE.CN", default);
        host.Later(Attempts.LockedFor);
        await attempts.Begin("SECOND@EXAMPLE.CN", default);
        await using var database = await host.Services.GetRequiredService<IDbContextFactory<AccountsDatabase>>().CreateDbContextAsync();
        Assert.Equal(1, await database.Failures.CountAsync());
    }

    [Fact]
    public async Task A_code_or_a_recovery_code_typed_twice_at_once_is_taken_once()
    {
        var account = NewAccount("li@example.cn");
        var (factor, key) = (host.Services.GetRequiredService<SecondFactor>(), TimeBasedCode.NewKey());
        var (codes, kept) = RecoveryCodes.New();
        (account.TotpKey, account.RecoveryCodes) = (factor.SealKey(key), kept);
        await Accounts.Add(account);
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => factor.Check(account, host.CodeOf(key), default))), r => r is null);
        await host.Services.GetRequiredService<Attempts>().Forget(account.NormalizedEmail!, default);
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => factor.Check(account, codes[0], default))), r => r is null);
    }

    [Fact]
    public async Task Passkeys_are_kept_with_everything_that_Identity_knows_of_them()
    {
        var account = NewAccount("li@example.cn");
        await Accounts.Add(account);
        UserPasskeyInfo passkey = new([1, 2, 3], [4, 5], DateTimeOffset.UnixEpoch, 7, ["internal"], true, true, false, [6], [8, 9]) { Name = "办公室电脑" };
        await using (var scope = host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var known = (await users.FindByIdAsync(account.Id))!;
            Assert.True((await users.AddOrUpdatePasskeyAsync(known, passkey)).Succeeded);
            passkey.SignCount = 8;
            Assert.True((await users.AddOrUpdatePasskeyAsync(known, passkey)).Succeeded);
        }

        await using (var scope = host.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
            var owner = (await users.FindByPasskeyIdAsync([1, 2, 3]))!;
            Assert.Equal(account.Id, owner.Id);
            var kept = Assert.Single(await users.GetPasskeysAsync(owner));
            Assert.Equal(("办公室电脑", 8u, "internal", true, DateTimeOffset.UnixEpoch), (kept.Name, kept.SignCount, kept.Transports!.Single(), kept.IsUserVerified, kept.CreatedAt));
            Assert.Equal([4, 5], kept.PublicKey);
            Assert.True((await users.RemovePasskeyAsync(owner, [1, 2, 3])).Succeeded);
        }

        Assert.False(await Accounts.HasPasskey(account.Person));
    }

    [Fact]
    public async Task Whoever_writes_a_whole_account_does_not_write_over_a_change_of_a_part()
    {
        var account = NewAccount("li@example.cn");
        await Accounts.Add(account);
        await using var scope = host.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var stale = (await users.FindByIdAsync(account.Id))!;
        await Accounts.Change(account.Person, set => set.SetProperty(a => a.Name, "韩梅梅"));
        Assert.False((await users.UpdateAsync(stale)).Succeeded);
        Assert.Equal("韩梅梅", (await Accounts.Find(account.Person))!.Name);
    }

    [Fact]
    public async Task Keys_outlive_the_process_so_that_what_was_sealed_can_be_opened()
    {
        var note = host.Services.GetRequiredService<SealedNotes>().Seal(NoteFor.ConfirmMail, TimeSpan.FromDays(1), "李雷");
        await host.DisposeAsync();
        host = AccountHost.On(connectionString);
        await host.InitializeAsync();
        var notes = host.Services.GetRequiredService<SealedNotes>();
        Assert.Equal(["李雷"], notes.Open(NoteFor.ConfirmMail, note)!);
        Assert.Null(notes.Open(NoteFor.ChangeMail, note));
    }

    [Fact]
    public async Task Signing_in_and_commands_beside_each_other_both_succeed()
    {
        const int Each = 40;
        var account = NewAccount("li@example.cn");
        await Accounts.Add(account);
        var (sessions, attempts) = (host.Services.GetRequiredService<Sessions>(), host.Services.GetRequiredService<Attempts>());
        var commands = Enumerable.Range(0, Each).Select(i => host.Running.Post(
            "/api/v1/organisations", RunningHost.Registration(Guid.NewGuid(), UsccOf(i))));
        var signIns = Enumerable.Range(0, Each).Select(async i =>
        {
            await attempts.Begin($"P{i}@EXAMPLE.CN", default);
            var secret = await sessions.Begin(account.Person, new Microsoft.AspNetCore.Http.DefaultHttpContext(), isProven: false);
            await attempts.Forget($"P{i}@EXAMPLE.CN", default);
            return await sessions.Find(secret);
        });
        var (replies, people) = (Task.WhenAll(commands), Task.WhenAll(signIns));
        await Task.WhenAll(replies, people);
        Assert.All(await people, Assert.NotNull);
        Assert.All(await replies, r => Assert.Equal(System.Net.HttpStatusCode.OK, r.Status));
        Assert.Equal(Each, (await sessions.Of(account.Person)).Count);
    }

    [Fact]
    public async Task An_erased_account_takes_sessions_and_passkeys_with_it_and_the_journal_knows_nothing_of_it()
    {
        var (surfer, mail) = await host.NewPerson();
        var account = (await Accounts.FindByMail(mail))!;
        await using var database = await host.Services.GetRequiredService<IDbContextFactory<AccountsDatabase>>().CreateDbContextAsync();
        await database.Accounts.Where(a => a.Id == account.Id).ExecuteDeleteAsync();
        Assert.Equal(0, await database.Sessions.CountAsync());
        Assert.Equal("nobody", await surfer.Who());
        Assert.Empty(await host.Services.GetRequiredService<IJournal>().ReadAll(JournalPosition.Start, 100));
        Assert.Empty(await JournalCheck.Run(host.Services.GetRequiredService<IJournalAudit>()).ToListAsync());
    }

    /// <summary>A code of its own with the check digit that makes it one.</summary>
    private static string UsccOf(int number) =>
        "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(digit => $"91350100M00{number:000000}{digit}").Single(code => !Uscc.Parse(code, "uscc").IsRefused);

    private Account NewAccount(string mail) => new()
    {
        Id = PersonId.New().Value, Email = mail, EmailConfirmed = true, Name = "李雷", CreatedAtUtc = host.Services.GetRequiredService<AccountClock>().NowUtc,
    };
}
