using Microsoft.AspNetCore.Components;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Shared;

/// <summary>
/// A labelled text input with its hint and its error beside it. In a plain form <see cref="Name"/> sends it; on a live page bind
/// <see cref="Value"/>.
/// </summary>
public partial class TextField : ComponentBase
{
    /// <summary>Unique on the page.</summary>
    [Parameter, EditorRequired] public string Id { get; set; } = "";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>As a plain form sends it: "Input.Email".</summary>
    [Parameter] public string? Name { get; set; }

    [Parameter] public string? Value { get; set; }

    [Parameter] public EventCallback<string?> ValueChanged { get; set; }

    [Parameter] public string Type { get; set; } = "text";

    /// <summary>More than one makes it a text area.</summary>
    [Parameter] public int Lines { get; set; } = 1;

    [Parameter] public int? MaxLength { get; set; }

    [Parameter] public bool Optional { get; set; }

    [Parameter] public string? Hint { get; set; }

    /// <summary>The answer of the operation, from which the sentences about <see cref="Field"/> are taken.</summary>
    [Parameter] public Refusal? Refusal { get; set; }

    /// <summary>The property of the request that this input fills.</summary>
    [Parameter] public string? Field { get; set; }

    /// <summary>Further attributes of the input, such as autocomplete.</summary>
    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? More { get; set; }

    private string? Error => Field is not null && Refusal?.Fields is { } fields && fields.TryGetValue(Field, out var sentences) ? string.Join(' ', sentences) : null;

    private string? DescribedBy => (Hint, Error) switch
    {
        (null, null) => null,
        (_, null) => $"{Id}-hint",
        (null, _) => $"{Id}-error",
        _ => $"{Id}-error {Id}-hint",
    };

    // Bound and kept here too: inside a form this is drawn before the page has handed the new text down again, and what is drawn for an
    // earlier key, or from before it, would take a later one back and move the caret to the end.
    private Task ChangeAsync(string? typed)
    {
        Value = typed;
        return ValueChanged.InvokeAsync(typed);
    }
}
