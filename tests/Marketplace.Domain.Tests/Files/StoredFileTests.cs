using CsCheck;
using Marketplace.Domain.Files;

namespace Marketplace.Domain.Tests.Files;

public sealed class StoredFileTests
{
    [Theory]
    [InlineData("发票 26122000000012345678.pdf", "发票 26122000000012345678.pdf")]
    [InlineData(@"C:\财务\发票.pdf", "发票.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("票\r\nSet-Cookie: a=b.pdf", "票Set-Cookie: a=b.pdf")]
    [InlineData("fapiao\u202Efdp.exe", "fapiaofdp.exe")] // turns the rest of the line around
    [InlineData("\uD800.pdf", ".pdf")]
    [InlineData("dir/", "")]
    [InlineData(null, "")]
    public void A_name_is_shown_without_folders_and_without_what_nobody_sees(string? name, string shown) => Assert.Equal(shown, StoredFile.Shown(name));

    [Fact]
    public void Whatever_the_name_it_is_short_and_can_be_shown_again() => Gen.String[0, 400].Sample(name =>
    {
        var shown = StoredFile.Shown(name);
        Assert.True(shown.Length <= 120 && !shown.Any(c => char.IsControl(c) || c is '/' or '\\'));
        Assert.Equal(shown, StoredFile.Shown(shown));
    });
}
