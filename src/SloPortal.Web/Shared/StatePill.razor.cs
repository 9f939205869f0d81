using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>A state as icon and word in its colour.</summary>
public partial class StatePill : ComponentBase
{
    [Parameter, EditorRequired] public Tone Tone { get; set; }

    [Parameter, EditorRequired] public string Text { get; set; } = "";

    /// <summary>Another icon than the one of the tone.</summary>
    [Parameter] public string? Icon { get; set; }

    [Parameter] public string? Title { get; set; }

    private string DefaultIcon => Tone switch
    {
        Tone.Good => "check",
        Tone.Warn => "warn",
        Tone.Bad => "dot",
        Tone.Info => "half",
        Tone.NoData => "dash",
        Tone.Neutral => "dash",
        _ => throw new InvalidOperationException($"Unknown tone {Tone}."),
    };
}
