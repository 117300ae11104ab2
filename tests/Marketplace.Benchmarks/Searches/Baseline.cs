using Marketplace.Domain.LabResults;
using Npgsql;

namespace Marketplace.Benchmarks.Searches;

/// <summary>The same questions to PostgreSQL: a tsvector with a GIN index, facets in columns.</summary>
internal sealed class Baseline(NpgsqlDataSource source)
{
    public Task Newest() => Read("select result from baseline order by since desc limit 21");

    public Task TwoFacets(TechnologyField field) => Read($"select result from baseline where field = '{field}' and level in (6, 7) order by since desc limit 21");

    public Task Word(string query) => Read($"select result from baseline where tokens @@ '{query}'::tsquery order by since desc limit 21");

    /// <summary>Exact, of all facets in one pass.</summary>
    public Task Facets(string? query) => Read($"""
        select field, level, region, licence, count(*) from baseline {(query is null ? "" : $"where tokens @@ '{query}'::tsquery")}
        group by grouping sets ((field), (level), (region), (licence))
        """);

    private async Task Read(string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
        }
    }
}
