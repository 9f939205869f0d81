using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using SloPortal.Web.Access;

namespace SloPortal.Web.Shared;

public partial class App
{
    private string? zone;

    [Inject]
    private CurrentActor Current { get; set; } = default!;

    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = default!;

    /// <summary>Pages that set cookies are plain HTML forms; all others are live.</summary>
    private IComponentRenderMode? PageRenderMode => HttpContext.AcceptsInteractiveRouting() ? RenderMode.InteractiveServer : null;

    // A live page has no request to ask, so its root is told.
    protected override async Task OnInitializedAsync() =>
        zone = ReaderZone.Of((await Current.GetAsync(HttpContext.RequestAborted)).TimeZone, HttpContext.Request.Cookies[ReaderZone.Cookie]).Id;
}
