using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;

namespace SloPortal.Web.Access.People;

/// <summary>A checkbox for every team.</summary>
public partial class TeamChoices : ComponentBase
{
    [Parameter, EditorRequired] public IReadOnlyList<TeamRow> Teams { get; set; } = [];

    /// <summary>Slugs; changed in place.</summary>
    [Parameter, EditorRequired] public HashSet<string> Chosen { get; set; } = [];

    [Parameter] public bool Disabled { get; set; }

    private void Toggle(string slug, bool on)
    {
        if (on)
            Chosen.Add(slug);
        else
            Chosen.Remove(slug);
    }
}
