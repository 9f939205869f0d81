using System.Text;
using SloPortal.Domain.Incidents.Response;

namespace SloPortal.Domain.Tests.Incidents.Response;

public class AttachmentRulesTests
{
    [Theory]
    [InlineData("pool.log", "pool.log")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Users\\ruth\\a b.png", "a b.png")]
    [InlineData("a\r\n\"b\0.txt", "ab.txt")]
    [InlineData("gpj\u202Egnp.exe", "gpjgnp.exe")]
    [InlineData("..", "file")]
    [InlineData("a/", "file")]
    [InlineData("\ud800.txt", "txt")]
    public void Clean_NamesWithMoreThanAName_KeepOnlyTheName(string name, string expected) => Assert.Equal(expected, AttachmentRules.Clean(name));

    [Fact]
    public void Clean_LongName_KeepsItsEnding()
    {
        var clean = AttachmentRules.Clean(new string('a', 5000) + ".png");
        Assert.Equal(200, clean.Length);
        Assert.EndsWith(".png", clean, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.log", "text", "text/plain; charset=utf-8")]
    [InlineData("a.TXT", "täxt", "text/plain; charset=utf-8")]
    [InlineData("a.md", "# x", "text/markdown; charset=utf-8")]
    [InlineData("a.csv", "a,b", "text/csv; charset=utf-8")]
    [InlineData("a.json", "{\"a\": [1]}", "application/json")]
    [InlineData("a.pdf", "%PDF-1.7", "application/pdf")]
    [InlineData("a.gif", "GIF89a", "image/gif")]
    public void TypeOf_AllowedFile_IsItsType(string name, string content, string expected) =>
        Assert.Equal(expected, AttachmentRules.TypeOf(name, Encoding.UTF8.GetBytes(content)).Require());

    [Theory]
    [InlineData("a.html", "<script>alert(1)</script>", "Files of the type html are not taken")]
    [InlineData("a.svg", "<svg onload='x'/>", "Files of the type svg are not taken")]
    [InlineData("a.png.exe", "MZ", "Files of the type exe are not taken")]
    [InlineData("a", "text", "does not say what it is")]
    [InlineData("a.png", "<script>alert(1)</script>", "The name says a PNG image")]
    [InlineData("a.jpg", "GIF89a", "The name says a JPEG image")]
    [InlineData("a.json", "{\"a\":", "The name says JSON")]
    [InlineData("a.json", "", "empty")]
    [InlineData("a.log", "a\0b", "The name says text")]
    public void TypeOf_OtherFile_IsRefusedWithTheReason(string name, string content, string expected) =>
        Assert.Contains(expected, AttachmentRules.TypeOf(name, Encoding.UTF8.GetBytes(content)).Refusal!.Message, StringComparison.Ordinal);

    [Fact]
    public void TypeOf_MoreThanTenMegabytes_IsRefused()
    {
        Assert.Contains("has 11 MB", AttachmentRules.TypeOf("a.log", new byte[AttachmentRules.LargestSize + 1]).Refusal!.Message, StringComparison.Ordinal);
        Assert.False(AttachmentRules.TypeOf("a.log", [0xC3, 0x28]).Succeeded);
    }
}
