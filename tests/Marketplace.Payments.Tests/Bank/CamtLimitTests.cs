using System.Globalization;
using System.Text;
using CsCheck;
using Marketplace.Application.Banking;
using Marketplace.Domain.Banking;
using static Marketplace.Payments.Tests.Bank.Statements;

namespace Marketplace.Payments.Tests.Bank;

/// <summary>Files that nobody's bank sends, and the longest one that a bank does.</summary>
public sealed class CamtLimitTests
{
    private const string Head = "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">";

    [Theory]
    [InlineData("<!DOCTYPE Document>")]
    [InlineData("<!DOCTYPE Document SYSTEM \"http://127.0.0.1:9/x.dtd\">")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>")]
    [InlineData("<!DOCTYPE x [<!ENTITY c SYSTEM \"file:///etc/passwd\">]>")]
    [InlineData("<!DOCTYPE x [<!ENTITY % c SYSTEM \"file:///etc/passwd\"> %c;]>")]
    public async Task A_document_type_is_refused_before_anything_of_it_is_used(string doctype)
    {
        var refusal = (await Check(Camt(Entry("5.00", "<AddtlNtryInf>&c;</AddtlNtryInf>")).Replace("<Document", $"{doctype}<Document"))).Refusal!;
        Assert.Equal(("statement-not-readable", 1), (refusal.Code, refusal.Rows![0].Row)); // the parser stops before it, and tells the line where it stood
        Assert.Contains("DTD", refusal.En);
    }

    [Theory]
    [InlineData(2_000, "read")]
    [InlineData(2_001, "statement-text-too-long 11")]
    [InlineData(300_000, "statement-text-too-long 11")]
    public async Task A_text_has_a_longest_length(int length, string refusal) =>
        Assert.Equal(refusal, await RefusalOf(Camt(Entry("5.00", $"<AddtlNtryInf>{new string('x', length)}</AddtlNtryInf>"), closing: "5.00")));

    [Theory]
    [InlineData("<Own x=\"{0}\"/>")]
    [InlineData("<{0}/>")]
    [InlineData("<Own>{0}</Own>")]
    [InlineData("<!--{0}-->")]
    public async Task Nothing_that_a_parser_would_keep_is_endless(string what)
    {
        var file = Camt(Entry("5.00") + string.Format(CultureInfo.InvariantCulture, what, new string('x', 200_000)), closing: "5.00");
        Assert.StartsWith("statement-text-too-long ", await RefusalOf(file));
    }

    [Fact]
    public async Task Remittance_in_endless_pieces_is_refused()
    {
        var pieces = string.Concat(Enumerable.Repeat($"<Ustrd>{new string('x', 140)}</Ustrd>", 100));
        Assert.Equal("statement-text-too-long 11", await RefusalOf(Camt(Entry("5.00", $"<NtryDtls><TxDtls><RmtInf>{pieces}</RmtInf></TxDtls></NtryDtls>"), closing: "5.00")));
    }

    [Fact]
    public async Task A_bottomless_file_is_refused() =>
        Assert.Equal("statement-too-deep 1", await RefusalOf(Head + string.Concat(Enumerable.Repeat("<a>", 1_000_000))));

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_and_read_no_further()
    {
        using var endless = new Endless(Bytes(Head), Bytes("<a/>\n"), 2L * IStatementReader.MaxBytes);
        Assert.Equal("statement-too-large", (await Reader.Check(endless, null)).Refusal?.Code);
        Assert.InRange(endless.Position, IStatementReader.MaxBytes, IStatementReader.MaxBytes + 1_000_000);
    }

    [Fact]
    public async Task Another_encoding_is_refused()
    {
        var file = Camt(Entry("5.00"), closing: "5.00");
        Assert.Equal("read", await RefusalOf([.. Encoding.UTF8.Preamble, .. Bytes(file)]));
        Assert.Equal("statement-encoding 1", await RefusalOf(Encoding.Unicode.GetBytes(file)));
        Assert.StartsWith("statement-not-readable ", await RefusalOf(Encoding.Latin1.GetBytes(Camt(Entry("5.00", "<AddtlNtryInf>é</AddtlNtryInf>"), closing: "5.00"))));
    }

    [Fact]
    public async Task Cut_off_anywhere_a_file_is_refused_and_nothing_else_happens()
    {
        var whole = Bytes(Camt(string.Join('\n', Enumerable.Range(1, 200).Select(i => Entry("1.00", $"<AddtlNtryInf>第{i}笔</AddtlNtryInf>"))), closing: "200.00"));
        Assert.Equal("read", await RefusalOf(whole));
        for (var length = 0; length < whole.Length; length += 1024)
        {
            Assert.StartsWith("statement-not-readable ", await RefusalOf(whole[..length]));
        }

        for (var length = whole.Length - 1100; length < whole.Length; length++)
        {
            Assert.StartsWith("statement-", await RefusalOf(whole[..length]));
        }
    }

    [Fact]
    public Task No_bytes_throw() => Gen.Byte.Array[0, 400].SampleAsync(async bytes =>
    {
        _ = await Check(bytes);
        _ = await Check([.. Bytes(Head), .. bytes]);
    }, iter: 2_000);

    [Fact]
    public async Task No_change_to_a_file_throws()
    {
        var file = Bytes(CamtFiles.Old);
        await Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Array[1, 4].SampleAsync(async changes =>
        {
            var broken = file.ToArray();
            foreach (var (place, value) in changes)
            {
                broken[place] = value;
            }

            _ = await Check(broken);
        }, iter: 2_000);
    }

    [Fact]
    public async Task A_year_of_a_large_company_is_read_in_two_passes()
    {
        const int Entries = 100_000;
        using var year = LargeStatement.Of(Entries);
        var check = (await Reader.Check(year, null)).Value;
        var (sumMinor, lines, keys) = (0L, 0, new HashSet<StatementEntryKey>());
        year.Position = 0;
        await foreach (var line in Reader.Read(year, null))
        {
            (sumMinor, lines) = (sumMinor + line.Entry.Amount.AmountMinor, lines + 1);
            keys.Add(line.Key);
        }

        Assert.Equal((Entries, Entries, Entries), (check.Entries, lines, keys.Count));
        Assert.Equal(check.Statements[0].Credits.AmountMinor, sumMinor);
        Assert.Equal(LargeStatement.SumMinor(Entries), sumMinor);
    }

    /// <summary>A beginning, and then the same again and again.</summary>
    private sealed class Endless(byte[] head, byte[] again, long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = 0;
            for (; read < count && Position < length; read++, Position++)
            {
                buffer[offset + read] = Position < head.Length ? head[Position] : again[(Position - head.Length) % again.Length];
            }

            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
