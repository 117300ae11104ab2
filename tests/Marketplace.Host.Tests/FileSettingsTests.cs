using Marketplace.Documents.Files;
using Marketplace.Host.Composition;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Marketplace.Host.Tests;

/// <summary>Where files are kept, as the configuration says; a setting that cannot be used is named and never shown.</summary>
public sealed class FileSettingsTests
{
    private const string InMemory = "Data Source=:memory:";

    private static readonly Dictionary<string, string?> Bucket = new()
    {
        ["Files:Store"] = "s3", ["Files:S3:Endpoint"] = "https://s3.example.cn", ["Files:S3:Bucket"] = "files", ["Files:S3:Region"] = "cn-north-1", ["Files:S3:Key"] = "the key", ["Files:S3:Secret"] = "the secret",
    };

    [Fact]
    public void A_folder_unless_a_bucket_is_named()
    {
        using var folder = Assert.IsType<FolderFileStore>(Engine.FilesOf(InMemory, Configured([])));
        using var named = Assert.IsType<FolderFileStore>(Engine.FilesOf(InMemory, Configured(new() { ["Files:Store"] = "folder" })));
        using var bucket = Assert.IsType<S3FileStore>(Engine.FilesOf(InMemory, Configured(Bucket)));
    }

    [Theory]
    [InlineData("Files:Store", "tape")]
    [InlineData("Files:S3:Endpoint", "http://s3.example.cn")]
    [InlineData("Files:S3:Endpoint", "ftp://127.0.0.1")]
    [InlineData("Files:S3:Endpoint", "nowhere")]
    [InlineData("Files:S3:Bucket", "")]
    [InlineData("Files:S3:Region", "")]
    [InlineData("Files:S3:Key", "")]
    [InlineData("Files:S3:Secret", "")]
    public void What_cannot_be_used_is_named_and_not_shown(string setting, string value)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => Engine.FilesOf(InMemory, Configured(new(Bucket) { [setting] = value })));
        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("the secret", refused.Message, StringComparison.Ordinal);
    }

    private static IConfigurationRoot Configured(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
}
