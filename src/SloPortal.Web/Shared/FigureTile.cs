using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>One figure: what it is and its window, the value with its unit, and what it rests on. A link leads to its evidence.</summary>
public partial class FigureTile : ComponentBase
{
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter, EditorRequired] public string Value { get; set; } = "";

    [Parameter] public string? Note { get; set; }

    [Parameter] public Tone Tone { get; set; } = Tone.Neutral;

    /// <summary>The value is a name or a sentence, shown smaller than a figure.</summary>
    [Parameter] public bool Words { get; set; }

    [Parameter] public string? Href { get; set; }

    private RenderFragment Body => builder =>
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", "figure-label");
        builder.AddContent(2, Label);
        builder.CloseElement();
        builder.OpenElement(3, "span");
        builder.AddAttribute(4, "class", "figure-value");
        builder.AddAttribute(5, "data-tone", ToneName.Of(Tone));
        builder.AddAttribute(6, "data-kind", Words ? "words" : null);
        builder.AddContent(7, Value);
        builder.CloseElement();
        builder.OpenElement(8, "span");
        builder.AddAttribute(9, "class", "figure-note");
        builder.AddContent(10, Note);
        builder.CloseElement();
    };
}
