using System.Security.Cryptography;
using System.Text;
using Marketplace.Application.Files;
using Marketplace.Documents.Files;
using Marketplace.Domain.Files;

namespace Marketplace.Documents.Tests.Files;

public sealed class Files_in_a_folder() : FileStoreTests(new InFolder());

public sealed class Files_in_a_bucket() : FileStoreTests(new InBucket());

/// <summary>What every store of files does, wherever it keeps them.</summary>
public abstract class FileStoreTests : IDisposable
{
    private static readonly FileLimits Limits = new(1024 * 1024, [FileTypes.Pdf, FileTypes.Xml]);
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\nan original\n%%EOF");

    private readonly Kept kept;

    private protected FileStoreTests(Kept kept) => this.kept = kept;

    private IFileStore Store => kept.Store;

    public void Dispose()
    {
        kept.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_put_is_read_back_by_its_hash_however_often_it_is_put()
    {
        var first = await Put(Pdf);
        Assert.Equal(new KeptFile(HashOf(Pdf), FileTypes.Pdf, Pdf.Length), first);
        Assert.Equal(first, await Put(Pdf));
        Assert.Equal(Pdf, await Read(first.Sha256));
        Assert.Equal([$"{first.Sha256[..2]}/{first.Sha256}"], kept.Names);
    }

    [Fact]
    public async Task What_is_refused_leaves_nothing()
    {
        Assert.Equal("file-too-large", (await Store.Put(new MemoryStream([.. Pdf, .. new byte[Limits.MaxBytes]]), Limits)).Refusal?.Code);
        Assert.Equal("file-type", (await Store.Put(new MemoryStream("<html><p></html>"u8.ToArray()), Limits)).Refusal?.Code);
        Assert.Equal("file-missing", (await Store.Put(Stream.Null, Limits)).Refusal?.Code);
        Assert.Empty(kept.Names);
    }

    [Fact]
    public async Task What_is_altered_is_found_out_and_put_right_by_putting_it_again()
    {
        var sha256 = (await Put(Pdf)).Sha256;
        kept.Alter(sha256);
        Assert.Equal((FileCondition.Altered, true), (await Store.Look(sha256), await Store.Open(sha256) is null));
        await Put(Pdf);
        Assert.Equal((FileCondition.Sound, Pdf.Length), (await Store.Look(sha256), (await Read(sha256)).Length));
    }

    [Fact]
    public async Task What_is_removed_is_missing_and_others_stay()
    {
        var (gone, other) = ((await Put(Pdf)).Sha256, (await Put([.. Pdf, 1])).Sha256);
        await Store.Remove(gone);
        await Store.Remove(gone);
        Assert.Equal((FileCondition.Missing, FileCondition.Sound), (await Store.Look(gone), await Store.Look(other)));
        Assert.Null(await Store.Open(gone));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("AA")]
    public async Task No_place_is_made_of_anything_but_a_hash(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Open(name));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Look(name));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.Remove(name));
    }

    [Fact]
    public async Task Many_at_once_each_get_their_own()
    {
        var contents = Enumerable.Range(0, 8).Select(i => (byte[])[.. Pdf, (byte)i]).ToList();
        var files = await Task.WhenAll(contents.Concat(contents).Select(Put));
        Assert.Equal(8, kept.Names.Count);
        foreach (var (content, file) in contents.Zip(files))
        {
            Assert.Equal(content, await Read(file.Sha256));
        }
    }

    private async Task<KeptFile> Put(byte[] content) => (await Store.Put(new MemoryStream(content), Limits)).Value;

    private async Task<byte[]> Read(string sha256)
    {
        await using var content = (await Store.Open(sha256))!;
        using var all = new MemoryStream();
        await content.CopyToAsync(all);
        return all.ToArray();
    }

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>A store, and what lies behind it.</summary>
    internal abstract class Kept : IDisposable
    {
        public abstract IFileStore Store { get; }

        /// <summary>Of all files, with the folder of each.</summary>
        public abstract IReadOnlyList<string> Names { get; }

        public abstract void Alter(string sha256);

        public abstract void Dispose();
    }

    internal sealed class InFolder : Kept
    {
        private readonly string folder = Path.Combine(Path.GetTempPath(), $"file-store-tests-{Guid.NewGuid():N}");
        private readonly FolderFileStore store;

        public InFolder() => store = new FolderFileStore(folder, TimeProvider.System, isTemporary: true);

        public override IFileStore Store => store;

        public override IReadOnlyList<string> Names => !Directory.Exists(folder) ? [] :
            [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/'))];

        public override void Alter(string sha256) => File.AppendAllText(Path.Combine(folder, sha256[..2], sha256), "x");

        public override void Dispose() => store.Dispose();
    }

    internal sealed class InBucket : Kept
    {
        private readonly S3Simulator simulator = new();
        private readonly S3FileStore store;

        public InBucket() => store = new S3FileStore(new S3Settings(simulator.Endpoint, S3Simulator.Bucket, "cn-north-1", S3Simulator.Key, "secret"));

        public override IFileStore Store => store;

        public override IReadOnlyList<string> Names => [.. simulator.Objects.Keys];

        public override void Alter(string sha256) => simulator.Objects[$"{sha256[..2]}/{sha256}"] = "altered"u8.ToArray();

        public override void Dispose()
        {
            store.Dispose();
            simulator.Dispose();
        }
    }
}

/// <summary>What only an object store does: it is far away.</summary>
public sealed class S3FileStoreTests : IDisposable
{
    private static readonly FileLimits Limits = new(1024 * 1024, [FileTypes.Pdf]);
    private static readonly byte[] Pdf = [.. Encoding.ASCII.GetBytes("%PDF-1.7\n"), .. new byte[200_000]];

    private readonly S3Simulator simulator = new();
    private readonly S3FileStore store;

    public S3FileStoreTests() => store = StoreOf(S3Simulator.Bucket);

    public void Dispose()
    {
        store.Dispose();
        simulator.Dispose();
    }

    [Fact]
    public async Task Told_to_slow_down_it_asks_again()
    {
        simulator.SlowDowns = 2;
        var kept = (await store.Put(new MemoryStream(Pdf), Limits)).Value;
        Assert.Equal(3, simulator.Asked.Count(a => a.StartsWith("PUT", StringComparison.Ordinal)));
        simulator.SlowDowns = 1;
        Assert.Equal(FileCondition.Sound, await store.Look(kept.Sha256));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_asked_for_again_and_half_a_file_is_none()
    {
        var kept = (await store.Put(new MemoryStream(Pdf), Limits)).Value;
        simulator.Cuts = 2;
        await using (var content = (await store.Open(kept.Sha256))!)
        {
            Assert.Equal(Pdf.Length, content.Length);
        }

        simulator.Cuts = 100;
        await Assert.ThrowsAnyAsync<Exception>(() => store.Open(kept.Sha256)); // neither there nor missing: nobody knows
    }

    [Fact]
    public async Task What_stands_there_is_not_written_over()
    {
        var kept = (await store.Put(new MemoryStream(Pdf), Limits)).Value;
        var before = simulator.Objects.Single().Value;
        await store.Put(new MemoryStream(Pdf), Limits);
        Assert.Same(before, simulator.Objects.Single().Value);
        Assert.Equal(FileCondition.Sound, await store.Look(kept.Sha256));
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_no_missing_file()
    {
        using var elsewhere = StoreOf("nowhere");
        Assert.Equal("NoSuchBucket", (await Assert.ThrowsAsync<Amazon.S3.AmazonS3Exception>(() => elsewhere.Look(new string('0', 64)))).ErrorCode);
    }

    [Fact]
    public async Task Whoever_is_not_known_there_is_told_so()
    {
        using var stranger = new S3FileStore(new S3Settings(simulator.Endpoint, S3Simulator.Bucket, "cn-north-1", "SOMEBODYELSE", "secret"));
        Assert.Equal("AccessDenied", (await Assert.ThrowsAsync<Amazon.S3.AmazonS3Exception>(() => stranger.Put(new MemoryStream(Pdf), Limits))).ErrorCode);
        Assert.Empty(simulator.Objects);
    }

    [Fact]
    public void Its_settings_show_no_secret() => Assert.DoesNotContain("secret", new S3Settings(simulator.Endpoint, "b", "r", "k", "the secret").ToString(), StringComparison.Ordinal);

    private S3FileStore StoreOf(string bucket) => new(new S3Settings(simulator.Endpoint, bucket, "cn-north-1", S3Simulator.Key, "secret"));
}
