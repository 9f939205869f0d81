using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>An inline line icon. Without a label it is decoration: the word beside it speaks.</summary>
public partial class Icon : ComponentBase
{
    /// <summary>A name of <see cref="IconShapes"/>, such as <c>bell</c>; an unknown name is a mistake in the page and throws.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Parameter] public string? Label { get; set; }

    /// <summary>20 px instead of 16.</summary>
    [Parameter] public bool Large { get; set; }

    private IReadOnlyList<(string Path, bool Filled)> Paths { get; set; } = [];

    protected override void OnParametersSet()
    {
        if (!IconShapes.All.TryGetValue(Name, out var shape))
        {
            throw new ArgumentException($"There is no icon named '{Name}'.");
        }

        Paths = [.. shape.Split('|').Select(p => (p.TrimStart('!'), p.StartsWith('!')))];
    }
}
