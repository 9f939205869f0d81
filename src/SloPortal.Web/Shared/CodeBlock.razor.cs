using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>Text to be pasted elsewhere, with a button that copies it.</summary>
public partial class CodeBlock : ComponentBase
{
    /// <summary>Unique on the page; the button finds the text by it.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    /// <summary>What it is, such as "the Prometheus configuration".</summary>
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter, EditorRequired] public string Text { get; set; } = "";
}
