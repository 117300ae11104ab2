using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Reads;

/// <summary>The read tables, on either database. Only looks: what it returns is not tracked, and saving throws.</summary>
public sealed class MarketplaceReads(DbContextOptions<MarketplaceReads> options) : DbContext(options)
{
    public IQueryable<TRow> Of<TRow>() where TRow : class, IReadRow => Set<TRow>().AsNoTracking();

    /// <summary>Kept by the database itself.</summary>
    public IQueryable<SettlementTotalRow> SettlementTotals => Set<SettlementTotalRow>().AsNoTracking();

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw ReadOnly();

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) => throw ReadOnly();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        configurationBuilder.KeepInstants(this);
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

        var totals = modelBuilder.Entity<SettlementTotalRow>().ToTable("settlement_totals");
        totals.HasKey(t => new { t.Currency, t.Measure, t.Code, t.Slot });
        foreach (var property in typeof(SettlementTotalRow).GetProperties())
        {
            totals.Property(property.Name).HasColumnName(ReadTable.ColumnName(property)).ValueGeneratedNever();
        }
    }

    private static NotSupportedException ReadOnly() => new("Read tables are written by the journal only.");
}
