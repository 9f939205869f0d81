using Microsoft.AspNetCore.Components;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Web.Access;

namespace SloPortal.Web.Shared;

/// <summary>
/// A page that stays true while somebody looks at it: it reads again when one of its topics moves, and every so often where nothing
/// tells of a change. What it began ends when the reader leaves.
/// </summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource left = new();
    private readonly List<IDisposable> watching = [];
    private IReadOnlyList<string> watched = [];
    private Throttle? throttle;
    private ITimer? timer;

    protected LivePage() => Left = left.Token;

    [Inject] private PortalEvents Events { get; set; } = default!;
    [Inject] private ILoggerFactory Logs { get; set; } = default!;
    [Inject] private protected CurrentActor Current { get; set; } = default!;
    [Inject] protected TimeProvider Clock { get; set; } = default!;

    /// <summary>Cancelled when the reader leaves the page.</summary>
    protected CancellationToken Left { get; }

    /// <summary>The instant that all times on the page are told from: that of the last reading.</summary>
    protected DateTimeOffset Now { get; private set; }

    /// <summary>
    /// When what is shown was read, handed from the prerendered page to the live one: a notice that came between the two woke nobody.
    /// </summary>
    [PersistentState] public DateTimeOffset? ReadAt { get; set; }

    /// <summary>The notices that the page waits for, by the beginning of their topic; may follow what the page shows.</summary>
    protected virtual IReadOnlyList<string> Topics => [];

    /// <summary>The page reads again at most once in this time. Longer where notices come in numbers and a reading costs something.</summary>
    protected virtual TimeSpan AtMostEvery => TimeSpan.FromSeconds(1);

    /// <summary>Reads again after this time also without a notice; for what is published by nobody, such as arriving samples.</summary>
    protected virtual TimeSpan? AtLeastEvery => null;

    /// <summary>Reads what the page shows. It may be called while an earlier call is still reading.</summary>
    protected abstract Task ReadAsync(Actor actor);

    /// <summary>Reads what the page shows, by the clock and the rights of this moment.</summary>
    protected async Task ReadAsync()
    {
        if (Left.IsCancellationRequested)
            return;
        ReadAt = Now = Clock.GetUtcNow();
        await ReadAsync(await Current.GetAsync(Left));
    }

    protected override void OnInitialized()
    {
        Now = Clock.GetUtcNow();
        ReadAt ??= Now;
    }

    protected override void OnParametersSet() => Now = Clock.GetUtcNow();

    /// <summary>A page of its own that overrides this calls it too.</summary>
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            throttle = new Throttle(AtMostEvery, Clock, () => InvokeAsync(RefreshAsync));
            if (AtLeastEvery is { } every)
                timer = Clock.CreateTimer(_ => throttle.Ask(), null, every, every);
        }
        if (!watched.SequenceEqual(Topics))
            Watch();
    }

    /// <summary>Reads again as if a notice had come; once the page has been drawn.</summary>
    protected void ReadSoon() => throttle!.Ask();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        watching.ForEach(w => w.Dispose());
        left.Cancel();
        timer?.Dispose();
        throttle?.Dispose();
        left.Dispose();
    }

    private void Watch()
    {
        watching.ForEach(w => w.Dispose());
        watching.Clear();
        watched = [.. Topics];
        foreach (var topic in watched)
            watching.Add(Events.Subscribe(topic, _ => throttle!.Ask(), ReadAt!.Value));
    }

    private async Task RefreshAsync()
    {
        try
        {
            await ReadAsync();
            StateHasChanged();
        }
        catch (Exception e) when (!Left.IsCancellationRequested)
        {
            // What is shown is worth more than an error in its place; the next notice tries again.
            Logs.CreateLogger(GetType()).LogError(e, "{Page} could not be read again", GetType().Name);
        }
    }
}
