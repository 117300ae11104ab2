using Marketplace.Application.Mail;
using Marketplace.Journal;
using Marketplace.Storage.Sqlite;

namespace Marketplace.Host.Mail;

internal static class MailServices
{
    /// <summary>Setting: where letters are laid when no mail server is named.</summary>
    public const string Folder = "Mail:Folder";

    /// <exception cref="MailSettingsException">A setting cannot be used.</exception>
    public static void AddMail(this IHostApplicationBuilder builder, string connectionString)
    {
        if (MailSettings.Of(builder.Configuration) is { } settings)
        {
            builder.Services.AddSingleton<IMailer>(p => new SmtpMailer(settings, p.GetRequiredService<TimeProvider>()));
        }
        else
        {
            var (folder, isTemporary) = FolderOf(connectionString, builder.Configuration);
            builder.Services.AddSingleton<IMailer>(p => new MailFolder(folder, p.GetRequiredService<TimeProvider>(), isTemporary));
        }

        builder.Services.AddSingleton<SealedLetters>().AddSingleton<MailQueue>().AddHostedService(p => p.GetRequiredService<MailQueue>());
    }

    private static (string Folder, bool IsTemporary) FolderOf(string connectionString, IConfiguration configuration)
    {
        var beside = StorageKinds.Of(connectionString) == StorageKind.Sqlite ? SqliteStorage.FolderOf(connectionString) : "data";
        return (configuration[Folder], beside) switch
        {
            ({ Length: > 0 } named, _) => (Path.GetFullPath(named), false),
            (_, { } data) => (Path.GetFullPath(Path.Combine(data, "mail")), false),
            _ => (Path.Combine(Path.GetTempPath(), $"marketplace-mail-{Guid.NewGuid():N}"), true),
        };
    }
}
