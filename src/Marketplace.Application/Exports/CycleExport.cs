using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Exports;

public enum ExportState
{
    Waiting,
    Running,

    /// <summary>Its file is there.</summary>
    Finished,
    Failed,

    /// <summary>By somebody who did not want it any more.</summary>
    Ended,

    /// <summary>It was finished, and its file is not kept any longer.</summary>
    Expired,
}

public enum SheetFormat
{
    Csv,
    Xlsx,
}

/// <summary>
/// The file of a month while it is made and kept. No truth: whatever is in it can be made again, so it is a row that changes and not a stream.
/// </summary>
public sealed class CycleExport
{
    public required string Export { get; init; }

    /// <summary>Whose share it is; null: the marketplace's books.</summary>
    public required string? Organisation { get; init; }

    /// <summary>Who asked, as the journal would record it: role, organisation, person.</summary>
    public required string AskedBy { get; init; }

    /// <summary><c>2026-11</c>.</summary>
    public required string Month { get; init; }

    public required SheetFormat Format { get; init; }

    public required bool InEnglish { get; init; }

    public required DateTime AskedAtUtc { get; init; }

    public ExportState State { get; init; }

    /// <summary>How many parts are done, of <see cref="Steps"/>; 0 of 0 before it begins.</summary>
    public int Step { get; init; }

    public int Steps { get; init; }

    public long Rows { get; init; }

    /// <summary>How often somebody has begun it.</summary>
    public int Attempts { get; init; }

    /// <summary>Who is making it; null: nobody.</summary>
    public string? Claim { get; init; }

    /// <summary>After this somebody else may take it up: whoever had it is gone.</summary>
    public DateTime? ClaimedUntilUtc { get; init; }

    /// <summary>Of its file.</summary>
    public string? Sha256 { get; init; }

    public long? Bytes { get; init; }

    public DateTime? FinishedAtUtc { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Reason { get; init; }
}

/// <summary>Somebody has taken a file away.</summary>
public sealed class ExportDownload
{
    public required Guid Download { get; init; }

    public required string Export { get; init; }

    /// <summary>As the journal would record it.</summary>
    public required string TakenBy { get; init; }

    public required DateTime TakenAtUtc { get; init; }
}

/// <summary>The tables of exports, beside the journal in its database. Their SQL is in the migrations of each storage.</summary>
public sealed class ExportsDatabase(DbContextOptions<ExportsDatabase> options) : DbContext(options)
{
    public DbSet<CycleExport> Exports => Set<CycleExport>();

    public DbSet<ExportDownload> Downloads => Set<ExportDownload>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        configurationBuilder.KeepInstants(this);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<CycleExport>().ToTable("exports").HasKey(e => e.Export);
        modelBuilder.Entity<ExportDownload>().ToTable("export_downloads").HasKey(d => d.Download);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        }
    }
}
