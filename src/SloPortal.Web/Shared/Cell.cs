using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>
/// A cell of plain text in a <c>.table</c>, as markup: a long list is written in one piece a cell instead of one for each
/// bracket and quotation mark.
/// </summary>
public static class Cell
{
    /// <summary>The cell that names its row: a link to what the row opens, and a second line.</summary>
    public static MarkupString Head(string href, string text, string sub) =>
        new($"<th scope=\"row\"><a class=\"row-link\" href=\"{HtmlEncoder.Default.Encode(href)}\">{HtmlEncoder.Default.Encode(text)}</a><span class=\"sub\">{HtmlEncoder.Default.Encode(sub)}</span></th>");

    /// <param name="label">The head of the column, which a phone shows beside the text.</param>
    /// <param name="text">What stands in the cell; it stays text.</param>
    public static MarkupString Of(string label, string text) =>
        new($"<td data-label=\"{HtmlEncoder.Default.Encode(label)}\">{HtmlEncoder.Default.Encode(text)}</td>");

    /// <summary>The same for a figure, which stands under the others at the right.</summary>
    public static MarkupString Figure(string label, string text) =>
        new($"<td class=\"num\" data-label=\"{HtmlEncoder.Default.Encode(label)}\">{HtmlEncoder.Default.Encode(text)}</td>");
}
