using Microsoft.AspNetCore.Components;
using SloPortal.Application.Common;
using SloPortal.Application.Reviews.Writing;

namespace SloPortal.Web.Reviews.Writing;

/// <summary>Who else has the editor open.</summary>
public sealed partial class EditPostmortemPage
{
    private readonly Guid visit = Guid.NewGuid();
    private readonly Dictionary<Guid, (string Name, DateTimeOffset Heard)> others = [];
    private IDisposable? hearing;
    private ITimer? heartbeat;

    [Inject] private SayEditing.Handler Say { get; set; } = default!;
    [Inject] private PortalEvents Notices { get; set; } = default!;

    private List<string> Others => [.. others.Values.Select(o => o.Name).Distinct().Order(StringComparer.CurrentCulture)];

    private async Task ArriveAsync()
    {
        hearing = Notices.Subscribe(SayEditing.Topic(shown!.Id), topic => _ = InvokeAsync(() => HearAsync(topic)));
        heartbeat = Clock.CreateTimer(_ => _ = InvokeAsync(BeatAsync), null, SayEditing.Every, SayEditing.Every);
        await SayAsync(leaves: false);
    }

    private async Task LeaveAsync()
    {
        hearing?.Dispose();
        if (heartbeat is null)
            return;
        await heartbeat.DisposeAsync();
        await Say.HandleAsync(new SayEditing(Number, visit, Leaves: true), await Current.GetAsync(CancellationToken.None), CancellationToken.None);
    }

    private async Task HearAsync(string topic)
    {
        if (Left.IsCancellationRequested || SayEditing.Read(topic) is not { } heard || heard.Visit == visit)
            return;
        var isNew = !others.ContainsKey(heard.Visit);
        if (heard.Leaves)
            others.Remove(heard.Visit);
        else
            others[heard.Visit] = (heard.Name, Clock.GetUtcNow());
        StateHasChanged();
        // Whoever comes learns at once who is here.
        if (isNew && !heard.Leaves)
            await SayAsync(leaves: false);
    }

    private async Task BeatAsync()
    {
        if (Left.IsCancellationRequested)
            return;
        var now = Clock.GetUtcNow();
        foreach (var (gone, _) in others.Where(o => now - o.Value.Heard > SayEditing.GoneAfter).ToList())
            others.Remove(gone);
        StateHasChanged();
        await SayAsync(leaves: false);
    }

    private async Task SayAsync(bool leaves)
    {
        try
        {
            await Say.HandleAsync(new SayEditing(Number, visit, leaves), await Current.GetAsync(Left), Left);
        }
        catch (OperationCanceledException)
        {
            // The writer has gone.
        }
    }
}
