using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Marketplace.Application.Door;
using Marketplace.Application.Policy;
using Marketplace.Domain;
using Marketplace.Domain.Policy;
using Xunit;
using static Marketplace.Application.Tests.TestEngine;

namespace Marketplace.Application.Tests.Policy;

/// <summary>What leaves the house for an office: the same for all who may see it, the same bytes each time, and nothing in it that acts.</summary>
public sealed class FilingPackTests() : PolicyTest(OnSqlite)
{
    [Fact]
    public async Task A_pack_is_for_the_parties_and_administrators()
    {
        await Deal.Open();
        var agreement = await Deal.Convert();

        foreach (var reader in new[] { Deal.Lab, Deal.Company, Administrator })
        {
            var pack = (await Engine.Door.Ask(reader, new GetFilingPack(agreement))).Value;
            Assert.Equal(("示例成果技术许可合同（先使用后付费）", FilingStatus.Filed, "津备-1"), (pack.ContractName.Zh, pack.Deadline.Status, pack.Deadline.FilingNumber));
            Assert.Equal(["contractText"], pack.Missing.Select(m => m.Field)); // these terms are of no template
        }

        foreach (var stranger in new[] { Deal.OtherLab, Deal.OtherCompany })
        {
            Assert.Equal("not-found", (await Engine.Door.Ask(stranger, new GetFilingPack(agreement))).Refusal?.Code);
            Assert.Equal("not-found", (await Engine.Door.Ask(stranger, new ExportFilingPack(agreement))).Refusal?.Code);
        }

        Assert.Equal("sign-in-required", (await Engine.Door.Ask(Principal.Visitor, new ExportFilingPack(agreement))).Refusal?.Code);
    }

    [Fact]
    public async Task The_archive_is_the_same_each_time_and_its_manifest_has_the_hash_of_every_file()
    {
        await Deal.Open();
        var agreement = await Deal.Convert();

        var first = (await Engine.Door.Ask(Deal.Lab, new ExportFilingPack(agreement))).Value;
        Time.Advance(TimeSpan.FromHours(2)); // the same day
        var second = (await Engine.Door.Ask(Deal.Company, new ExportFilingPack(agreement))).Value;

        Assert.Equal(($"filing-{agreement}.zip", "application/zip"), (first.Name, first.MediaType));
        Assert.Equal(first.Content, second.Content);
        var files = Unpack(first.Content);
        Assert.Equal(["filing.json", "filing.csv", "manifest.json"], files.Keys);
        var manifest = JsonNode.Parse(files["manifest.json"])!.AsArray();
        Assert.Equal(
            files.Where(f => f.Key != "manifest.json").Select(f => (f.Key, f.Value.Length, Convert.ToHexStringLower(SHA256.HashData(f.Value)))),
            manifest.Select(line => ((string)line!["file"]!, (int)line["bytes"]!, (string)line["sha256"]!)));
        Assert.Equal(agreement.Value, (string?)JsonNode.Parse(files["filing.json"])!["contractNumber"]);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://example.org\")", "\"'=HYPERLINK(\"\"http://example.org\"\")")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData(" =1", "' =1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("甲,乙", "\"甲,乙")]
    [InlineData("A=1", "A=1")]
    public async Task What_anybody_typed_never_becomes_a_formula(string title, string cell)
    {
        await Deal.Open(title: title);
        var agreement = await Deal.Apply();
        var content = (await Engine.Door.Ask(Deal.Lab, new ExportFilingPack(agreement))).Value.Content;

        var csv = Encoding.UTF8.GetString(Unpack(content)["filing.csv"]);
        Assert.StartsWith("\uFEFFfield,项目,item,内容,content\r\n", csv, StringComparison.Ordinal);
        Assert.Contains($"result.title,成果名称,Result,{cell}", csv, StringComparison.Ordinal);
    }

    private static Dictionary<string, byte[]> Unpack(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var content = new MemoryStream();
            using var entry = e.Open();
            entry.CopyTo(content);
            return content.ToArray();
        });
    }
}
