namespace SloPortal.Domain.Measurement.Cost;

/// <summary>
/// Holds a rate over a minute: it fills by the rate and holds a minute of it. What is taken may leave a debt, so that a request that is
/// larger than the whole bucket passes once it is not empty, and the next ones wait for it.
/// </summary>
/// <param name="perSecond">Above zero.</param>
/// <param name="now">When it is full.</param>
public sealed class TokenBucket(double perSecond, DateTimeOffset now)
{
    /// <summary>So many seconds of the rate may come at once: senders send what they scraped in one go, often once a minute.</summary>
    public const int Seconds = 60;

    private double _tokens = perSecond * Seconds;
    private DateTimeOffset _filledAt = now;

    /// <summary>Takes so many. False, and takes nothing, while it is empty.</summary>
    public bool TryTake(int count, DateTimeOffset now)
    {
        Fill(now);
        if (_tokens <= 0)
            return false;
        _tokens -= count;
        return true;
    }

    /// <summary>How long until something can be taken again.</summary>
    public TimeSpan Wait(DateTimeOffset now)
    {
        Fill(now);
        return _tokens > 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((-_tokens / perSecond) + 0.001);
    }

    private void Fill(DateTimeOffset now)
    {
        // A clock that was set back neither fills nor empties it.
        if (now > _filledAt)
            _tokens = Math.Min(perSecond * Seconds, _tokens + ((now - _filledAt).TotalSeconds * perSecond));
        _filledAt = now;
    }
}
