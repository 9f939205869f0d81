using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>A step on the way to a page.</summary>
public sealed record Crumb(string Text, string Href);

/// <summary>The way to this page; each step is a link.</summary>
public partial class Breadcrumbs : ComponentBase
{
    [Parameter, EditorRequired] public IReadOnlyList<Crumb> Items { get; set; } = [];

    [Parameter, EditorRequired] public string Current { get; set; } = "";
}
