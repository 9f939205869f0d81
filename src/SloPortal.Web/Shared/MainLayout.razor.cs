using Microsoft.AspNetCore.Components;
using SloPortal.Application.Budgets;
using SloPortal.Application.Common;
using SloPortal.Application.Remediation;
using SloPortal.Domain.Access;
using SloPortal.Web.Access;

namespace SloPortal.Web.Shared;

/// <summary>The frame around every page of a signed-in person.</summary>
public sealed partial class MainLayout
{
    private Actor actor = CurrentActor.Nobody;
    private NeedCounts counts = NeedCounts.None;

    [Inject]
    private CurrentActor Current { get; set; } = default!;

    [Inject]
    private CountNeeds.Handler Count { get; set; } = default!;

    // Runs with every navigation, so both are read from what is kept for some seconds.
    protected override async Task OnParametersSetAsync()
    {
        try
        {
            actor = await Current.GetAsync();
            counts = await Count.HandleAsync(new CountNeeds(), actor, default);
        }
        catch (Exception e) when (PortalFailure.IsDatabaseAway(e) && actor.PersonId != Guid.Empty)
        {
            // The frame keeps what it showed; the page inside it says what is the matter.
        }
    }
}
