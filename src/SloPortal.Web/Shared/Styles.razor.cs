using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>The portal's stylesheets in the order in which they build on each other, for the head after MudBlazor's.</summary>
public partial class Styles : ComponentBase
{
    private static readonly string[] Sheets = ["tokens", "base", "frame", "controls", "data", "feedback", "measuring", "story", "evidence", "comparing", "tuning", "graph", "incident", "oncall", "paging", "archive", "reviews"];
}
