using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>
/// How every page begins: its title, one line that says how things stand (its first words in <c>strong</c>), and its one main
/// action, the only filled button of the page.
/// </summary>
public partial class PageHeader : ComponentBase
{
    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>Stands before the title, such as a severity.</summary>
    [Parameter] public RenderFragment? Before { get; set; }

    [Parameter] public RenderFragment? Pill { get; set; }

    [Parameter] public RenderFragment? Standing { get; set; }

    [Parameter] public RenderFragment? Actions { get; set; }

    /// <summary>The way here, without this page; the top bar shows it.</summary>
    [Parameter] public IReadOnlyList<Crumb> Crumbs { get; set; } = [];
}
