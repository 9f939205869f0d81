using Microsoft.AspNetCore.Components;
using SloPortal.Domain.Access;
using SloPortal.Web.Access;

namespace SloPortal.Web.Shared;

/// <summary>The frame around every page of a signed-in person.</summary>
public sealed partial class MainLayout
{
    [Inject]
    private CurrentActor Current { get; set; } = default!;

    private Actor Actor { get; set; } = CurrentActor.Nobody;

    protected override async Task OnInitializedAsync() => Actor = await Current.GetAsync();
}
