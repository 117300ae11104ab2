using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Marketplace.Application.Files;
using Marketplace.Documents.Files;
using Marketplace.Domain.Files;

namespace Marketplace.Documents.Tests.Files;

/// <summary>Files under their hash: all of a file or nothing, of a type that its bytes show, and found out when it is damaged.</summary>
public sealed class FolderFileStoreTests : IDisposable
{
    private static readonly FileLimits Limits = new(1024 * 1024, [FileTypes.Pdf, FileTypes.Ofd, FileTypes.Xml, FileTypes.Png, FileTypes.Jpeg]);
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.7\nan original\n%%EOF");

    private readonly string folder = Path.Combine(Path.GetTempPath(), $"file-store-tests-{Guid.NewGuid():N}");
    private readonly FolderFileStore store;

    public FolderFileStoreTests() => store = new FolderFileStore(folder, TimeProvider.System, isTemporary: true);

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task What_is_put_is_read_back_by_its_hash()
    {
        var kept = await Put(Pdf);
        Assert.Equal(new KeptFile(HashOf(Pdf), FileTypes.Pdf, Pdf.Length), kept);
        await using var opened = await store.Open(kept.Sha256);
        Assert.Equal(Pdf, await AllOf(opened!));
        Assert.Equal(FileCondition.Sound, await store.Look(kept.Sha256));
    }

    [Fact]
    public async Task The_same_content_is_one_file_however_often_and_however_many_put_it()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Put(i % 2 == 0 ? Pdf : [.. Pdf, 0x0A])));
        Assert.Equal(2, kept.Distinct().Count());
        Assert.Equal(kept.Select(k => k.Sha256).Distinct().Order(), Files().Order());
        Assert.All(await Task.WhenAll(kept.Select(k => store.Look(k.Sha256))), condition => Assert.Equal(FileCondition.Sound, condition));
    }

    [Fact]
    public async Task What_is_larger_than_the_limit_is_not_read_on_and_leaves_nothing()
    {
        using var endless = new Endless("%PDF-"u8.ToArray());
        Assert.Equal("file-too-large", (await store.Put(endless, Limits)).Refusal?.Code);
        Assert.InRange(endless.Handed, Limits.MaxBytes, Limits.MaxBytes + 200_000);
        Assert.Empty(Files());

        byte[] exactly = [.. Pdf, .. new byte[Limits.MaxBytes - Pdf.Length]];
        Assert.Equal(Limits.MaxBytes, (await Put(exactly)).Bytes);
        Assert.Equal("file-too-large", (await store.Put(new MemoryStream([.. exactly, 0]), Limits)).Refusal?.Code);
    }

    public static TheoryData<string, string?> Contents => new()
    {
        { "%PDF-1.4", FileTypes.Pdf },
        { "\uFEFF<?xml version=\"1.0\"?><EInvoice/>", FileTypes.Xml },
        { " \r\n<EInvoice/>", FileTypes.Xml },
        { " <?xml version=\"1.0\"?><EInvoice/>", null }, // nothing stands before a declaration
        { "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", null },
        { "<!DOCTYPE html><html><script>alert(1)</script></html>", null },
        { "<html><p>not closed</html>", null },
        { "MZ\u0090", null },
        { "#!/bin/sh", null },
        { "plain text", null },
        { " ", null },
        { "PK\u0003\u0004 and nothing of a ZIP", null },
    };

    [Theory]
    [MemberData(nameof(Contents))]
    public async Task Its_bytes_say_what_it_is(string text, string? type)
    {
        var put = await store.Put(new MemoryStream(Encoding.UTF8.GetBytes(text)), Limits);
        Assert.Equal((type, type is null ? "file-type" : null), (put.IsRefused ? null : put.Value.MediaType, put.Refusal?.Code));
        Assert.Equal(type is null ? 0 : 1, Files().Count);
    }

    /// <summary>Documents of an office are ZIPs that differ in what is in them; one that brings a program along is none.</summary>
    [Theory]
    [InlineData("[Content_Types].xml xl/workbook.xml", FileTypes.Xlsx)]
    [InlineData("[Content_Types].xml word/document.xml", FileTypes.Docx)]
    [InlineData("OFD.xml", null)]
    [InlineData("xl/workbook.xml", null)]
    [InlineData("[Content_Types].xml ppt/presentation.xml", null)]
    [InlineData("[Content_Types].xml xl/workbook.xml xl/vbaProject.bin", null)]
    [InlineData("[Content_Types].xml word/document.xml word/VBAPROJECT.BIN", null)]
    [InlineData("anything", null)]
    public async Task What_is_in_a_ZIP_says_which_document_it_is(string names, string? type)
    {
        var put = await store.Put(new MemoryStream(ZipOf(names.Split(' '))), Limits with { MediaTypes = [FileTypes.Pdf, FileTypes.Xlsx, FileTypes.Docx] });
        Assert.Equal((type, type is null ? "file-type" : null), (put.IsRefused ? null : put.Value.MediaType, put.Refusal?.Code));
    }

    [Fact]
    public async Task Pictures_are_known_and_an_OFD_is_a_ZIP_that_holds_one()
    {
        Assert.Equal(FileTypes.Png, (await Put([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1])).MediaType);
        Assert.Equal(FileTypes.Jpeg, (await Put([0xFF, 0xD8, 0xFF, 0xE0, 1])).MediaType);
        Assert.Equal(FileTypes.Ofd, (await Put(ZipOf("OFD.xml", "Doc_0/Document.xml"))).MediaType);
        Assert.Equal("file-type", (await store.Put(new MemoryStream(ZipOf("word/document.xml")), Limits)).Refusal?.Code);
        Assert.Equal("file-type", (await store.Put(new MemoryStream(ZipOf("OFD.xml")[..^10]), Limits)).Refusal?.Code);
    }

    [Fact]
    public async Task Only_what_is_asked_for_is_taken_and_nothing_is_no_file()
    {
        Assert.Equal("file-type", (await store.Put(new MemoryStream([0xFF, 0xD8, 0xFF, 0xE0]), Limits with { MediaTypes = [FileTypes.Pdf] })).Refusal?.Code);
        Assert.Equal("file-missing", (await store.Put(Stream.Null, Limits)).Refusal?.Code);
    }

    [Fact]
    public async Task However_few_bytes_come_at_a_time_it_is_the_same_file() => Assert.Equal(HashOf(Pdf), (await store.Put(new Dripping(Pdf), Limits)).Value.Sha256);

    [Fact]
    public async Task A_zip_is_taken_only_where_one_is_asked_for_and_is_one()
    {
        var limits = new FileLimits(1 << 20, [FileTypes.Zip]);
        Assert.Equal(FileTypes.Zip, (await store.Put(new MemoryStream(ZipOf("a.csv")), limits)).Value.MediaType);
        Assert.Equal("file-type", (await store.Put(new MemoryStream(ZipOf("a.csv")), Limits)).Refusal?.Code);
        Assert.Equal("file-type", (await store.Put(new MemoryStream(ZipOf("a.csv")[..^10]), limits)).Refusal?.Code);
        Assert.Equal("file-type", (await store.Put(new MemoryStream(Pdf), limits)).Refusal?.Code);
    }

    [Fact]
    public async Task What_is_removed_is_gone_and_others_stay()
    {
        var (kept, other) = (await Put(Pdf), await Put([.. Pdf, 0x0A]));
        await store.Remove(kept.Sha256);
        Assert.Equal((FileCondition.Missing, FileCondition.Sound), (await store.Look(kept.Sha256), await store.Look(other.Sha256)));
        await store.Remove(kept.Sha256);
        await store.Remove(new string('0', 64));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Remove("../other"));
    }

    [Fact]
    public async Task A_sender_who_breaks_off_leaves_nothing()
    {
        await Assert.ThrowsAsync<IOException>(() => store.Put(new Endless("%PDF-"u8.ToArray(), breaksAfter: 100_000), Limits));
        Assert.Empty(Files());
        Assert.Empty(Unfinished());
    }

    [Fact]
    public async Task Killed_between_writing_and_renaming_it_is_not_there_and_what_is_left_is_swept()
    {
        // What a killed run leaves: a whole file that has not taken its place. Another host's upload of this minute looks the same, but young.
        var unfinished = Directory.CreateDirectory(Path.Combine(folder, "unfinished")).FullName;
        var (left, young) = (Path.Combine(unfinished, "left"), Path.Combine(unfinished, "young"));
        await File.WriteAllBytesAsync(left, Pdf);
        await File.WriteAllBytesAsync(young, Pdf);
        File.SetLastWriteTimeUtc(left, DateTime.UnixEpoch);
        Assert.Equal(FileCondition.Missing, await store.Look(HashOf(Pdf)));

        await Put([.. Pdf, 1]);
        Assert.Equal([young], Unfinished());
        await Put(Pdf); // sent again
        Assert.Equal(FileCondition.Sound, await store.Look(HashOf(Pdf)));
    }

    [Fact]
    public async Task When_it_cannot_take_its_place_nothing_says_that_it_did()
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, HashOf(Pdf)[..2]), "in the way");
        await Assert.ThrowsAnyAsync<IOException>(() => Put(Pdf));
        Assert.Empty(Unfinished());
    }

    [Fact]
    public async Task A_file_that_was_altered_or_removed_is_found_out_and_put_right_by_putting_it_again()
    {
        var kept = await Put(Pdf);
        var place = Path.Combine(folder, kept.Sha256[..2], kept.Sha256);
        await File.AppendAllTextAsync(place, "x");
        Assert.Equal((FileCondition.Altered, true), (await store.Look(kept.Sha256), await store.Open(kept.Sha256) is null));
        await Put(Pdf);
        Assert.Equal(FileCondition.Sound, await store.Look(kept.Sha256));
        File.Delete(place);
        Assert.Equal((FileCondition.Missing, true), (await store.Look(kept.Sha256), await store.Open(kept.Sha256) is null));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("")]
    [InlineData("AA")]
    public async Task No_path_is_made_of_anything_but_a_hash(string name) => await Assert.ThrowsAsync<ArgumentException>(() => store.Open(name));

    [Fact]
    public async Task No_content_whatever_makes_it_throw() => await Gen.OneOf(
            Gen.Byte.Array[0, 200], Gen.Byte.Array[0, 200].Select(b => (byte[])[.. "PK\u0003\u0004"u8, .. b]), Gen.Byte.Array[0, 200].Select(b => (byte[])[.. "<a "u8, .. b]))
        .SampleAsync(async bytes => Assert.True((await store.Put(new MemoryStream(bytes), Limits)).Refusal is null or { Field: "file" }), iter: 300);

    private async Task<KeptFile> Put(byte[] content) => (await store.Put(new MemoryStream(content), Limits)).Value;

    private IReadOnlyList<string> Files() => !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(f => Path.GetFileName(Path.GetDirectoryName(f)) != "unfinished").Select(f => Path.GetFileName(f))];

    private string[] Unfinished() => Directory.GetFiles(Path.Combine(folder, "unfinished"));

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static async Task<byte[]> AllOf(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    private static byte[] ZipOf(params string[] names)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write("<OFD/>");
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Begins so, and never ends; or breaks off.</summary>
    private sealed class Endless(byte[] beginning, long breaksAfter = long.MaxValue) : Unseekable
    {
        public long Handed { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (Handed >= breaksAfter)
            {
                throw new IOException("The sender has gone.");
            }

            buffer.AsSpan(offset, count).Clear();
            if (Handed == 0)
            {
                beginning.CopyTo(buffer, offset);
            }

            Handed += count;
            return count;
        }
    }

    /// <summary>One byte at a time.</summary>
    private sealed class Dripping(byte[] content) : Unseekable
    {
        private int next;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (next == content.Length || count == 0)
            {
                return 0;
            }

            buffer[offset] = content[next++];
            return 1;
        }
    }

    private abstract class Unseekable : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
