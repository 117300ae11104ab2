using Marketplace.Application.Catalog;

namespace Marketplace.Search.Tests;

public sealed class RebuildingTests() : CatalogTest(OnSqlite)
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("marketplace-search-");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_file_that_is_there_is_followed_on_from_where_it_stands()
    {
        await Shelf.Put(Shelf.Row(1, "锌铁液流电池", 1));
        var file = await Once(host => AssertFinds(host, "锌铁液流电池"));
        await Shelf.Put(Shelf.Row(2, "全钒液流电池", 2));
        Assert.Equal(file, await Once(host => AssertFinds(host, "全钒液流电池", "锌铁液流电池")));
    }

    [Theory]
    [InlineData(0)] // nothing left
    [InlineData(100)] // in the middle of the header
    [InlineData(5000)]
    public async Task A_file_that_was_cut_off_is_made_anew(int bytes)
    {
        await Shelf.Put(Shelf.Row(1, "锌铁液流电池", 1));
        var file = await Once(_ => Task.CompletedTask);
        await using (var stream = File.OpenWrite(file))
        {
            stream.SetLength(bytes);
        }

        Assert.NotEqual(file, await Once(host => AssertFinds(host, "锌铁液流电池")));
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_file_that_is_damaged_inside_is_made_anew()
    {
        for (var i = 0; i < 300; i++)
        {
            await Shelf.Put(Shelf.Row(i, $"锌铁液流电池 {i}", i));
        }

        var file = await Once(_ => Task.CompletedTask);
        var bytes = await File.ReadAllBytesAsync(file);
        Array.Fill(bytes, (byte)0x5a, 8192, bytes.Length - 8192); // the table of contents stays
        await File.WriteAllBytesAsync(file, bytes);

        Assert.NotEqual(file, await Once(async host =>
        {
            Assert.Equal(20, (await host.Titles(new SearchResults("液流"))).Length); // of whatever is there, or of the tables
            await host.Follow();
            Assert.Equal(300, (await host.Count(new CountResults("液流")))!.Total.Number);
        }));
    }

    [Fact]
    public async Task A_file_that_was_never_finished_is_made_anew()
    {
        await Shelf.Put(Shelf.Row(1, "锌铁液流电池", 1));
        var file = await Once(_ => Task.CompletedTask);
        await Execute(file, "DELETE FROM standing");
        var draft = file + "-draft";
        await File.WriteAllTextAsync(draft, "half of it");
        Assert.NotEqual(file, await Once(host => AssertFinds(host, "锌铁液流电池")));
        Assert.False(File.Exists(draft));
    }

    [Fact]
    public async Task A_file_of_another_format_is_made_anew()
    {
        await Shelf.Put(Shelf.Row(1, "锌铁液流电池", 1));
        var file = await Once(_ => Task.CompletedTask);
        await Execute(file, "UPDATE standing SET format = '0'");
        Assert.NotEqual(file, await Once(host => AssertFinds(host, "锌铁液流电池")));
    }

    [Theory]
    [InlineData("UPDATE standing SET place = place + 1000")] // ahead: the database was restored
    [InlineData("UPDATE standing SET hash = zeroblob(32)")] // another database, or one that has gone on differently
    public async Task A_file_that_follows_another_journal_is_made_anew(string tamper)
    {
        await Shelf.Put(Shelf.Row(1, "锌铁液流电池", 1));
        var file = await Once(_ => Task.CompletedTask);
        await Execute(file, tamper);
        Assert.NotEqual(file, await Once(host => AssertFinds(host, "锌铁液流电池")));
    }

    [Fact]
    public async Task Two_hosts_that_are_given_one_folder_keep_out_of_each_others_way()
    {
        await Shelf.Put(Shelf.Row(1, "锌铁液流电池", 1));
        await using var one = new CatalogHost(Storage, Time, folder.FullName);
        await using var other = new CatalogHost(Storage, Time, folder.FullName);
        await one.Follow();
        await other.Follow();
        await AssertFinds(one, "锌铁液流电池");
        await AssertFinds(other, "锌铁液流电池");
        Assert.Equal(2, Files().Count);
    }

    [Fact]
    public async Task A_clock_that_was_put_back_opens_offers_again()
    {
        await Shelf.Put(Shelf.Row(1, "锌铁液流电池", 1));
        await Shelf.Put(Shelf.Offer(1, 1, Today));
        var later = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(Time.GetUtcNow().AddDays(1));
        await using (var host = new CatalogHost(Storage, later, folder.FullName))
        {
            await host.Follow();
            Assert.Empty((await host.Count(new CountResults()))!.Trials);
        }

        await Once(async host => Assert.Single((await host.Count(new CountResults()))!.Trials));
    }

    [Fact]
    public async Task Whatever_comes_between_two_listings_finds_its_place()
    {
        await Host.Follow();
        await Shelf.Put(Shelf.Row(0, "电池 0", 0));
        await Shelf.Put(Shelf.Row(1000, "电池 1000", 1000));
        for (var i = 1; i < 60; i++)
        {
            await Shelf.Put(Shelf.Row(i, $"电池 {i}", i)); // each right below the newest: soon there is no number left between
            await Host.Follow();
        }

        string[] expected = [.. Enumerable.Range(0, 60).Append(1000).Reverse().Select(n => $"电池 {n}")];
        Assert.Equal(expected, await Host.Titles(new SearchResults("电池", Limit: 100)));
    }

    /// <summary>A host begins, follows, does this and ends. Returns the file that it has left.</summary>
    private async Task<string> Once(Func<CatalogHost, Task> work)
    {
        await using (var host = new CatalogHost(Storage, Time, folder.FullName))
        {
            await host.Follow();
            await work(host);
        }

        return Assert.Single(Files());
    }

    private IReadOnlyList<string> Files() => Directory.GetFiles(folder.FullName, "*.db", SearchOption.AllDirectories);

    private static async Task AssertFinds(CatalogHost host, params string[] titles)
    {
        Assert.Equal(titles, await host.Titles(new SearchResults("液流")));
        Assert.Equal(titles.Length, (await host.Count(new CountResults("液流")))!.Total.Number); // the index says it, and not the tables
    }

    private static async Task Execute(string file, string sql)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
