using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace SloPortal.Web.Shared;

/// <summary>A state as icon and word in its colour. The rows of a long list take <see cref="Of"/>, which needs no component.</summary>
public sealed class StatePill : ComponentBase
{
    [Parameter, EditorRequired] public Tone Tone { get; set; }

    [Parameter, EditorRequired] public string Text { get; set; } = "";

    [Parameter] public string? Title { get; set; }

    /// <summary>The pill as markup; text and title stay text.</summary>
    public static MarkupString Of(Tone tone, string text, string? title = null)
    {
        var hover = title is null ? "" : $" title=\"{HtmlEncoder.Default.Encode(title)}\"";
        return new($"<span class=\"pill\" data-tone=\"{ToneName.Of(tone)}\"{hover}>{Icon.Of(IconOf(tone))}{HtmlEncoder.Default.Encode(text)}</span>");
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddMarkupContent(0, Of(Tone, Text, Title).Value);
    }

    private static string IconOf(Tone tone) => tone switch
    {
        Tone.Good => "check",
        Tone.Warn => "warn",
        Tone.Bad => "dot",
        Tone.Info => "half",
        Tone.NoData => "dash",
        Tone.Neutral => "dash",
        _ => throw new InvalidOperationException($"Unknown tone {tone}."),
    };
}
