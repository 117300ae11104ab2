using Marketplace.Application;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Host.Accounts;

/// <summary>The tables of accounts, beside the journal in its database. Their SQL is in the migrations of each storage.</summary>
public sealed class AccountsDatabase(DbContextOptions<AccountsDatabase> options) : DbContext(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<AccountSession> Sessions => Set<AccountSession>();

    public DbSet<AccessToken> AccessTokens => Set<AccessToken>();

    public DbSet<SignInFailures> Failures => Set<SignInFailures>();

    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    public DbSet<IdentityUserPasskey<string>> Passkeys => Set<IdentityUserPasskey<string>>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.KeepInstants(this);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Account>(account =>
        {
            account.ToTable("accounts").HasKey(a => a.Id);
            account.Property(a => a.Id).HasColumnName("person");
            account.Property(a => a.Email).HasColumnName("mail").IsRequired();
            account.Property(a => a.NormalizedEmail).HasColumnName("normalised_mail").IsRequired();
            account.Property(a => a.EmailConfirmed).HasColumnName("is_mail_confirmed");
            account.Property(a => a.Name).HasColumnName("name");
            account.Property(a => a.Language).HasColumnName("language");
            account.Property(a => a.PasswordHash).HasColumnName("password_hash");
            account.Property(a => a.SecurityStamp).HasColumnName("security_stamp").IsRequired();
            account.Property(a => a.ConcurrencyStamp).HasColumnName("concurrency_stamp").IsRequired().IsConcurrencyToken();
            account.Property(a => a.TotpKey).HasColumnName("totp_key");
            account.Property(a => a.TotpLastStep).HasColumnName("totp_last_step");
            account.Property(a => a.RecoveryCodes).HasColumnName("recovery_codes");
            account.Property(a => a.CreatedAtUtc).HasColumnName("created_at_utc");

            // A person is known by mail and id; failures are counted by what was typed, so that nobody learns who has an account.
            account.Ignore(a => a.UserName).Ignore(a => a.NormalizedUserName).Ignore(a => a.PhoneNumber).Ignore(a => a.PhoneNumberConfirmed)
                .Ignore(a => a.TwoFactorEnabled).Ignore(a => a.LockoutEnabled).Ignore(a => a.LockoutEnd).Ignore(a => a.AccessFailedCount)
                .Ignore(a => a.Person).Ignore(a => a.MailAddress).Ignore(a => a.IsEnglish);
        });
        modelBuilder.Entity<AccountSession>(session =>
        {
            session.ToTable("sessions").HasKey(s => s.Session);
            session.Property(s => s.Session).HasColumnName("session");
            session.Property(s => s.Person).HasColumnName("person");
            session.Property(s => s.CreatedAtUtc).HasColumnName("created_at_utc");
            session.Property(s => s.LastSeenAtUtc).HasColumnName("last_seen_at_utc");
            session.Property(s => s.Device).HasColumnName("device");
            session.Property(s => s.Address).HasColumnName("address");
            session.Property(s => s.ProvenAtUtc).HasColumnName("proven_at_utc");
            session.Property(s => s.EndedAtUtc).HasColumnName("ended_at_utc");
        });
        modelBuilder.Entity<AccessToken>(token =>
        {
            token.ToTable("access_tokens").HasKey(t => t.Token);
            token.Property(t => t.Token).HasColumnName("token");
            token.Property(t => t.Person).HasColumnName("person");
            token.Property(t => t.Name).HasColumnName("name");
            token.Property(t => t.Team).HasColumnName("team");
            token.Property(t => t.OnlyReads).HasColumnName("only_reads");
            token.Property(t => t.CreatedAtUtc).HasColumnName("created_at_utc");
            token.Property(t => t.ExpiresAtUtc).HasColumnName("expires_at_utc");
            token.Property(t => t.LastUsedAtUtc).HasColumnName("last_used_at_utc");
            token.Property(t => t.EndedAtUtc).HasColumnName("ended_at_utc");
        });
        modelBuilder.Entity<SignInFailures>(failures =>
        {
            failures.ToTable("sign_in_failures").HasKey(f => f.Subject);
            failures.Property(f => f.Subject).HasColumnName("subject");
            failures.Property(f => f.Failures).HasColumnName("failures");
            failures.Property(f => f.LastFailedAtUtc).HasColumnName("last_failed_at_utc");
            failures.Property(f => f.LockedUntilUtc).HasColumnName("locked_until_utc");
        });
        modelBuilder.Entity<ProtectionKey>(key =>
        {
            key.ToTable("data_protection_keys").HasKey(k => k.Name);
            key.Property(k => k.Name).HasColumnName("name");
            key.Property(k => k.Xml).HasColumnName("xml");
        });
        modelBuilder.Entity<IdentityUserPasskey<string>>(passkey =>
        {
            passkey.ToTable("passkeys").HasKey(p => p.CredentialId);
            passkey.Property(p => p.CredentialId).HasColumnName("credential");
            passkey.Property(p => p.UserId).HasColumnName("person");
            passkey.OwnsOne(p => p.Data, data => data.ToJson("data"));
        });
    }
}
