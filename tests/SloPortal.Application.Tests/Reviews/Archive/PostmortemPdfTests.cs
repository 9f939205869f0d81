using SloPortal.Application.Reviews.Archive.Exporting.Pdf;
using UglyToad.PdfPig;
using Xunit;

namespace SloPortal.Application.Tests.Reviews.Archive;

public sealed class PostmortemPdfTests
{
    [Fact]
    public void Write_TextListsTablesAndCode_CanBeReadInOrder()
    {
        var text = TextOf(PostmortemPdf.Write(ArchiveSample.Document(body: """
            ## What went well

            1. The **alert** came at once.
            2. `rollback` worked.

            | when | what |
            | --- | --- |
            | 10:00 | fired |

            ```
            SELECT 1
            ```

            > Somebody said so.
            """)));

        foreach (var part in new[] { "PM-1", "Payments failed", "What went well", "1.", "alert", "rollback", "10:00", "fired", "SELECT 1", "Somebody said so." })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("What went well", StringComparison.Ordinal) < text.IndexOf("SELECT 1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a\u0000b\u0007c \U0001F525 漢字 العربية")]
    [InlineData("| a |\n| --- |\n|")]
    [InlineData("[x](javascript:alert(1)) ![y](data:image/png;base64,AAAA)")]
    public void Write_StrangeText_StillMakesAFile(string body) =>
        Assert.NotEmpty(PostmortemPdf.Write(ArchiveSample.Document(body: body)));

    [Fact]
    public void Write_LongTextAndLongWords_BreaksOverPages()
    {
        var body = string.Join("\n\n", Enumerable.Range(0, 300).Select(i => $"Paragraph {i} says something that takes more than one line of a page of this size, and goes on a little.")) + "\n\n" + new string('x', 5000);

        using var pdf = PdfDocument.Open(PostmortemPdf.Write(ArchiveSample.Document(body: body)));

        Assert.True(pdf.NumberOfPages > 8);
        Assert.Contains($"{pdf.NumberOfPages} of {pdf.NumberOfPages}", Text(pdf), StringComparison.Ordinal);
        foreach (var page in pdf.GetPages())
            Assert.All(page.Letters, l => Assert.InRange(l.BoundingBox.Right, 0, page.Width - 40));
    }

    [Fact]
    public void Write_DeepNesting_DoesNotExhaustAnything() =>
        Assert.NotEmpty(PostmortemPdf.Write(ArchiveSample.Document(body: string.Concat(Enumerable.Range(0, 60).Select(i => new string(' ', i * 2) + "- deep\n")))));

    private static string TextOf(byte[] file)
    {
        using var pdf = PdfDocument.Open(file);
        return Text(pdf);
    }

    private static string Text(PdfDocument pdf) =>
        string.Join('\n', pdf.GetPages().Select(p => string.Join(' ', UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor.ContentOrderTextExtractor.GetText(p, addDoubleNewline: false))));
}
