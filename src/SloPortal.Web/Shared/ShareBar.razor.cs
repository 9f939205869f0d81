using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>A share of a whole as a bar. The figure stands beside it; without a label the bar is decoration.</summary>
public partial class ShareBar : ComponentBase
{
    /// <summary>From 0 to 1; what lies outside is cut off.</summary>
    [Parameter, EditorRequired] public double Share { get; set; }

    [Parameter] public Tone Tone { get; set; } = Tone.Neutral;

    [Parameter] public string? Label { get; set; }

    // An SVG attribute and not a style, which the content-security policy would refuse.
    private string Width => string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(Share, 0, 1) * 100:0.##}%");
}
