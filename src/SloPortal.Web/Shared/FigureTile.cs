using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace SloPortal.Web.Shared;

/// <summary>One figure: what it is and its window, the value with its unit, and what it rests on. A link leads to its evidence.</summary>
public sealed class FigureTile : ComponentBase
{
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter, EditorRequired] public string Value { get; set; } = "";

    [Parameter] public string? Note { get; set; }

    [Parameter] public Tone Tone { get; set; } = Tone.Neutral;

    /// <summary>The value is a name or a sentence, shown smaller than a figure.</summary>
    [Parameter] public bool Words { get; set; }

    [Parameter] public string? Href { get; set; }

    // In one piece: a tile has as many tags and attributes as figures.
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var (open, close) = Href is null ? ("<div class=\"figure\">", "</div>") : ($"<a class=\"figure\" href=\"{Encode(Href)}\">", "</a>");
        var kind = Words ? " data-kind=\"words\"" : "";
        builder.AddMarkupContent(0,
            $"{open}<span class=\"figure-label\">{Encode(Label)}</span><span class=\"figure-value\" data-tone=\"{ToneName.Of(Tone)}\"{kind}>{Encode(Value)}</span>"
            + $"<span class=\"figure-note\">{Encode(Note)}</span>{close}");
    }

    private static string Encode(string? text) => text is null ? "" : HtmlEncoder.Default.Encode(text);
}
