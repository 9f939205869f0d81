using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>One of a few views of the same thing.</summary>
public sealed record Segment(string Text, string Href, bool Current);

/// <summary>A segmented control made of links: the choice lives in the address.</summary>
public partial class SegmentedLinks : ComponentBase
{
    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter, EditorRequired] public IReadOnlyList<Segment> Items { get; set; } = [];
}
