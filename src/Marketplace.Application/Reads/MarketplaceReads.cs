using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Marketplace.Application.Reads;

/// <summary>The read tables, on either database. Only looks: what it returns is not tracked, and saving throws.</summary>
public sealed class MarketplaceReads(DbContextOptions<MarketplaceReads> options) : DbContext(options)
{
    private const string Sqlite = "Microsoft.EntityFrameworkCore.Sqlite";

    public IQueryable<TRow> Of<TRow>() where TRow : class, IReadRow => Set<TRow>().AsNoTracking();

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw ReadOnly();

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) => throw ReadOnly();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        if (Database.ProviderName == Sqlite)
        {
            configurationBuilder.Properties<DateTime>().HaveConversion<MicrosecondsConverter>();
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var table in ReadTable.All)
        {
            var entity = modelBuilder.Entity(table.Row).ToTable(table.Schema.Name);
            entity.HasKey([.. table.Properties.Take(table.Schema.KeyLength).Select(p => p.Name)]);
            foreach (var property in table.Properties)
            {
                entity.Property(property.Name).HasColumnName(ReadTable.ColumnName(property)).ValueGeneratedNever();
            }
        }
    }

    private static NotSupportedException ReadOnly() => new("Read tables are written by the journal only.");

    /// <summary>SQLite has no instants: whole microseconds since 1970 order and compare as they should.</summary>
    private sealed class MicrosecondsConverter() : ValueConverter<DateTime, long>(
        instant => (instant.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond,
        stored => DateTime.UnixEpoch.AddTicks(stored * TimeSpan.TicksPerMicrosecond));
}
