using System.Text.Json;
using Marketplace.Application.Mail;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Notices;

/// <summary>What people are told, and letters on their way out: tables beside the journal, in its database. Their SQL is in the migrations of each storage.</summary>
public sealed class NoticesDatabase(DbContextOptions<NoticesDatabase> options) : DbContext(options)
{
    public DbSet<NoticeHappening> Happenings => Set<NoticeHappening>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<KeptNoticeChoice> Choices => Set<KeptNoticeChoice>();

    public DbSet<NoticePosition> Positions => Set<NoticePosition>();

    public DbSet<OutgoingMail> Mails => Set<OutgoingMail>();

    public DbSet<SavedSearch> Searches => Set<SavedSearch>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        configurationBuilder.KeepInstants(this);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<NoticeHappening>().ToTable("notice_happenings").HasKey(h => h.Source);
        modelBuilder.Entity<Notice>().ToTable("notices").HasKey(n => new { n.Source, n.Person });
        modelBuilder.Entity<KeptNoticeChoice>().ToTable("notice_choices").HasKey(c => new { c.Person, c.Topic });
        modelBuilder.Entity<NoticePosition>().ToTable("notice_positions").HasKey(p => p.Name);
        modelBuilder.Entity<OutgoingMail>().ToTable("outgoing_mails").HasKey(m => m.Mail);
        modelBuilder.Entity<SavedSearch>().ToTable("saved_searches").HasKey(s => s.Search);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}

/// <summary>Something that people are told of, once for all of them.</summary>
public sealed class NoticeHappening
{
    /// <summary>Stream and version of the event, or the date that comes with its distance: unique, so that nobody is told of it twice.</summary>
    public required string Source { get; init; }

    /// <summary>Wire name with its stream, <c>agreement/terms-proposed</c>; of a date that comes: <c>due/</c> and its kind.</summary>
    public required string Type { get; init; }

    public required NoticeTopic Topic { get; init; }

    public string? Agreement { get; init; }

    /// <summary>What it is about, by the name that it had then; empty: nothing with a name.</summary>
    public required string SubjectZh { get; init; }

    public required string SubjectEn { get; init; }

    /// <summary>Of the event, or a <see cref="ComingDate"/>, in JSON.</summary>
    public required string Body { get; init; }

    public required DateTime AtUtc { get; init; }
}

/// <summary>One person's notice of a happening.</summary>
public sealed class Notice
{
    /// <summary>A <see cref="Domain.PersonId"/>.</summary>
    public required string Person { get; init; }

    public required string Source { get; init; }

    /// <summary>Key of the team as whose member they are told; null: for themselves.</summary>
    public string? Team { get; init; }

    public required NoticeTopic Topic { get; init; }

    public required DateTime AtUtc { get; init; }

    /// <summary>When it was written: the day of a digest goes by this, so that what comes late is not forgotten.</summary>
    public required DateTime ToldAtUtc { get; init; }

    public required bool IsShown { get; init; }

    public DateTime? ReadAtUtc { get; set; }

    /// <summary>How it is yet to be written to them; null: it is not, or stands in a letter.</summary>
    public NoticeMail? Mail { get; set; }
}

public sealed class KeptNoticeChoice
{
    public required string Person { get; init; }

    public required NoticeTopic Topic { get; init; }

    public required bool IsShown { get; set; }

    public required NoticeMail Mail { get; set; }
}

/// <summary>A search of the catalog that one person keeps.</summary>
public sealed class SavedSearch
{
    /// <summary>32 hexadecimal digits.</summary>
    public required string Search { get; init; }

    /// <summary>A <see cref="Domain.PersonId"/>.</summary>
    public required string Person { get; init; }

    public required string Name { get; set; }

    /// <summary><see cref="SearchedFor"/> in JSON.</summary>
    public required string Asked { get; init; }

    /// <summary>Nobody is told of what fits it meanwhile.</summary>
    public required bool IsPaused { get; set; }

    public required DateTime CreatedAtUtc { get; init; }

    public required DateTime OpenedAtUtc { get; set; }
}

/// <summary>How far something was followed.</summary>
public sealed class NoticePosition
{
    public const string Journal = "journal";
    public const string Dates = "dates";

    public required string Name { get; init; }

    public required long Epoch { get; init; }

    public required long Place { get; init; }

    /// <summary>The last local day of which all dates were looked at.</summary>
    public DateOnly? Day { get; init; }

    public required long Turn { get; init; }
}
