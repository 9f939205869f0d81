using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>Previous and next as links, so that a page of a list has an address.</summary>
public partial class Pager : ComponentBase
{
    [Parameter, EditorRequired] public PageOf Where { get; set; } = new(1, 50, 0);

    /// <summary>The address of a page number with every other part of the query kept.</summary>
    [Parameter, EditorRequired] public Func<int, string> Href { get; set; } = page => $"?page={page}";

    /// <summary>What is counted, in the plural.</summary>
    [Parameter] public string Noun { get; set; } = "";
}
