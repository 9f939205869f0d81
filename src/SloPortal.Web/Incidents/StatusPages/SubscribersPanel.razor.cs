using Microsoft.AspNetCore.Components;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.StatusPages;
using SloPortal.Application.Incidents.StatusPages.Subscribers;
using SloPortal.Domain.Common;
using SloPortal.Web.Access;

namespace SloPortal.Web.Incidents.StatusPages;

/// <summary>Who gets the updates of a status page by mail, and takes one off the list. It reads again whenever the page around it does.</summary>
public sealed partial class SubscribersPanel : ComponentBase
{
    private Page<SubscriberRow>? shown;
    private Refusal? refusal;
    private string? said;
    private bool busy;

    [Inject] private ListSubscribers.Handler List { get; set; } = default!;
    [Inject] private RemoveSubscriber.Handler Remove { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;
    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Parameter, EditorRequired] public StatusPageRow StatusPage { get; set; } = default!;

    /// <summary>In the address.</summary>
    [Parameter] public string? Text { get; set; }

    /// <summary>From 1.</summary>
    [Parameter] public int Number { get; set; } = 1;

    [Parameter] public DateTimeOffset Now { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var outcome = await List.HandleAsync(new ListSubscribers(StatusPage.Slug, Text, Number), await Current.GetAsync(), default);
        (shown, refusal) = (outcome.Value ?? shown, outcome.Refusal);
    }

    private string PageAddress(int number) => Navigation.GetUriWithQueryParameter("page", number);

    private async Task RemoveAsync(SubscriberRow row)
    {
        busy = true;
        var outcome = await Remove.HandleAsync(new RemoveSubscriber(StatusPage.Slug, row.Id), await Current.GetAsync(), default);
        said = outcome.Succeeded ? $"{row.Address} is removed and gets no more mail. Its owner can subscribe again." : null;
        await OnParametersSetAsync();
        refusal = outcome.Refusal ?? refusal;
        busy = false;
    }
}
