using System.Globalization;
using System.Reflection;

namespace Marketplace.Journal;

/// <summary>One handwritten step of a schema: <c>Migrations/0001-baseline.sql</c>, embedded in the storage's assembly.</summary>
public sealed record Migration(int Version, string Name, string Sql);

/// <summary>What a storage found before it touched anything.</summary>
/// <param name="HasTables">The database holds tables, ours or others.</param>
/// <param name="Version">Version of our schema; null when there is none.</param>
public sealed record SchemaFound(bool HasTables, int? Version);

/// <summary>Which steps bring a database to this program's schema, and when it must be left alone. The same for every database.</summary>
public static class Migrations
{
    /// <summary>The steps of a storage, in order, numbered from 1 without a gap.</summary>
    public static IReadOnlyList<Migration> In(Assembly storage)
    {
        const string Folder = ".Migrations.";
        var steps = new List<Migration>();
        foreach (var resource in storage.GetManifestResourceNames().Where(n => n.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var name = resource[(resource.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..];
            using var reader = new StreamReader(storage.GetManifestResourceStream(resource)!);
            steps.Add(new Migration(int.Parse(name[..4], CultureInfo.InvariantCulture), name, reader.ReadToEnd()));
            if (steps[^1].Version != steps.Count)
            {
                throw new InvalidOperationException($"Migration {name} is not number {steps.Count}");
            }
        }

        return steps;
    }

    /// <summary>The steps that are still to be taken; none when the schema is current.</summary>
    /// <exception cref="StorageRefusedException">The database is foreign, newer, or (read-only) not ready.</exception>
    public static IEnumerable<Migration> Pending(IReadOnlyList<Migration> steps, SchemaFound found, StorageMode mode)
    {
        if (found is { Version: null, HasTables: true })
        {
            throw new StorageRefusedException(
                "这个数据库里有别的程序的表，而没有本系统的表：请换一个空的数据库。",
                "This database holds another program's tables and none of ours: name an empty one.");
        }

        var version = found.Version ?? 0;
        if (version > steps.Count)
        {
            throw new StorageRefusedException(
                $"数据库结构是第 {version} 版，比本程序的第 {steps.Count} 版新：请使用较新的程序。",
                $"The database has schema version {version}, newer than this program's {steps.Count}: use the newer program.");
        }

        if (mode == StorageMode.ReadOnly && version < steps.Count)
        {
            throw version == 0
                ? new StorageRefusedException("这个数据库是空的：里面没有账本。", "This database is empty: there is no journal in it.")
                : new StorageRefusedException(
                    $"数据库结构是第 {version} 版，本程序需要第 {steps.Count} 版：请先启动系统以升级。",
                    $"The database has schema version {version}, this program needs {steps.Count}: start the host once to upgrade it.");
        }

        return steps.Skip(version);
    }
}
