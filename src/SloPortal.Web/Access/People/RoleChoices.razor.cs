using Microsoft.AspNetCore.Components;
using SloPortal.Domain.Access;

namespace SloPortal.Web.Access.People;

/// <summary>A checkbox for every role, with what it means.</summary>
public partial class RoleChoices : ComponentBase
{
    /// <summary>Changed in place.</summary>
    [Parameter, EditorRequired] public HashSet<Role> Chosen { get; set; } = [];

    [Parameter] public bool Disabled { get; set; }

    private void Toggle(Role role, bool on)
    {
        if (on)
            Chosen.Add(role);
        else
            Chosen.Remove(role);
    }
}
