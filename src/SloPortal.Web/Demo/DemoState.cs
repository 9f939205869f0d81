namespace SloPortal.Web.Demo;

/// <summary>What pages need to know of the demo.</summary>
internal sealed class DemoState
{
    public const string SignInAddress = "/demo/sign-in";

    private volatile LoadProgress? progress;

    /// <summary>Whether the database was made by the demo; it stays so when it is opened without <c>--demo</c>.</summary>
    public bool IsDemoDatabase { get; set; }

    /// <summary>Whether the program was started with <c>--demo</c>, so that history is loaded and goes on live.</summary>
    public bool IsPlaying { get; init; }

    /// <summary>Null when history is complete, or when another portal loads it.</summary>
    public LoadProgress? Progress => progress;

    /// <summary>Whether this portal has told all of the history and goes on live.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Raised from any thread.</summary>
    public event Action? Changed;

    public void Report(LoadProgress now)
    {
        progress = now;
        Changed?.Invoke();
    }

    public void Complete()
    {
        progress = null;
        IsComplete = true;
        Changed?.Invoke();
    }
}

/// <param name="Share">0 to 1.</param>
/// <param name="Left">Estimated; null until there is something to estimate from.</param>
internal sealed record LoadProgress(double Share, TimeSpan? Left);
