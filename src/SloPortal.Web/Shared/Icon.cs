using System.Collections.Frozen;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace SloPortal.Web.Shared;

/// <summary>
/// An inline line icon. Without a label it is decoration: the word beside it speaks. The frame and the rows of a list take
/// <see cref="Of"/>, since a component for each icon would cost more than the rest of the page.
/// </summary>
public sealed class Icon : ComponentBase
{
    private static readonly FrozenDictionary<string, MarkupString> decorations =
        IconShapes.All.ToFrozenDictionary(shape => shape.Key, shape => new MarkupString(Draw(shape.Value, null, false)), StringComparer.Ordinal);

    /// <summary>A name of <see cref="IconShapes"/>, such as <c>bell</c>; an unknown name is a mistake in the page and throws.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Parameter] public string? Label { get; set; }

    /// <summary>20 px instead of 16.</summary>
    [Parameter] public bool Large { get; set; }

    /// <summary>The icon as decoration of 16 px.</summary>
    /// <exception cref="ArgumentException">There is no icon of this name.</exception>
    public static MarkupString Of(string name) => Known(decorations, name);

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddMarkupContent(0, Label is null && !Large ? Of(Name).Value : Draw(Known(IconShapes.All, Name), Label, Large));
    }

    private static T Known<T>(FrozenDictionary<string, T> icons, string name) =>
        icons.TryGetValue(name, out var icon) ? icon : throw new ArgumentException($"There is no icon named '{name}'.");

    private static string Draw(string shape, string? label, bool large)
    {
        var size = large ? "icon icon-l" : "icon";
        var speaks = label is null ? "aria-hidden=\"true\"" : $"role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(label)}\"";
        var paths = shape.Split('|').Select(path => path.StartsWith('!') ? $"<path d=\"{path[1..]}\" class=\"solid\" />" : $"<path d=\"{path}\" />");
        return $"<svg class=\"{size}\" viewBox=\"0 0 16 16\" {speaks} focusable=\"false\">{string.Concat(paths)}</svg>";
    }
}
