using Microsoft.AspNetCore.Components;
using SloPortal.Application.Incidents.Escalation.Policies;
using SloPortal.Application.Incidents.StatusPages;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.StatusPages;
using SloPortal.Web.Access;

namespace SloPortal.Web.Incidents.StatusPages;

/// <summary>Adds or changes a status page. What is typed stays until it is saved.</summary>
public sealed partial class StatusPageForm : ComponentBase
{
    private readonly List<Shown> shown = [];
    private Refusal? refusal;
    private StatusPageAudience audience;
    private string? title;
    private string? slug;
    private string? typed;
    private bool needsApproval = true;
    private bool busy;

    [Inject] private AddStatusPage.Handler Create { get; set; } = default!;
    [Inject] private ChangeStatusPage.Handler Change { get; set; } = default!;
    [Inject] private RotateStatusPageKey.Handler Rotate { get; set; } = default!;
    [Inject] private ArchiveStatusPage.Handler Archive { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    /// <summary>Null adds one.</summary>
    [Parameter, EditorRequired] public StatusPageRow? Edited { get; set; }

    [Parameter, EditorRequired] public IReadOnlyList<NamedSlug> Services { get; set; } = [];

    /// <summary>With the link and a sentence when something was saved.</summary>
    [Parameter] public EventCallback<(StatusPageLink? Link, string? Said)> Done { get; set; }

    private sealed class Shown
    {
        public required string Slug { get; init; }
        public string? Name { get; set; }
    }

    protected override void OnInitialized()
    {
        if (Edited is null)
            return;
        (title, audience, needsApproval) = (Edited.Title, Edited.Audience, Edited.NeedsApproval);
        shown.AddRange(Edited.Services.Select(s => new Shown { Slug = s.Service, Name = s.Name }));
    }

    private string NameOf(string service) => Services.FirstOrDefault(s => s.Slug == service)?.Name ?? service;

    private void Add(string? service)
    {
        if (Services.FirstOrDefault(s => s.Slug == service) is { } chosen)
            shown.Add(new Shown { Slug = chosen.Slug, Name = chosen.Name });
    }

    private void Move(int place) => (shown[place - 1], shown[place]) = (shown[place], shown[place - 1]);

    private Task SaveAsync()
    {
        IReadOnlyList<ShownServiceGiven> services = [.. shown.Select(s => new ShownServiceGiven(s.Slug, s.Name ?? ""))];
        return DoAsync("Saved.", async () => Edited is null
            ? await Create.HandleAsync(new AddStatusPage(slug?.Trim() ?? "", title ?? "", audience, services, needsApproval), await Current.GetAsync(), default)
            : await Change.HandleAsync(new ChangeStatusPage(Edited.Slug, title ?? "", audience, services, needsApproval, Edited.Version), await Current.GetAsync(), default));
    }

    private Task RenewAsync() => DoAsync("", async () => await Rotate.HandleAsync(new RotateStatusPageKey(Edited!.Slug), await Current.GetAsync(), default));

    private Task ArchiveAsync() => DoAsync($"{Edited!.Title} is removed.", async () =>
        (await Archive.HandleAsync(new ArchiveStatusPage(Edited.Slug), await Current.GetAsync(), default)) is { Succeeded: false, Refusal: var refused } ? refused : new StatusPageLink(Edited.Slug, null));

    private async Task DoAsync(string done, Func<Task<Outcome<StatusPageLink>>> change)
    {
        busy = true;
        var outcome = await change();
        (refusal, busy) = (outcome.Refusal, false);
        if (outcome.Succeeded)
            await Done.InvokeAsync((outcome.Value, done));
    }
}
