using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>Copies a text, or the text of an element. The work is done by <c>js/frame.js</c>, without a round trip.</summary>
public partial class CopyButton : ComponentBase
{
    [Parameter] public string? Text { get; set; }

    /// <summary>The id of the element whose text is copied, in place of <see cref="Text"/>.</summary>
    [Parameter] public string? From { get; set; }

    [Parameter] public string Word { get; set; } = "Copy";

    /// <summary>Says what is copied when several buttons stand on a page.</summary>
    [Parameter] public string? Label { get; set; }
}
