using System.Globalization;

namespace SloPortal.Domain.Incidents.Detection.Intake;

/// <summary>The last episode of a key that is over.</summary>
public sealed record PastEpisode(Guid SignalId, DateTimeOffset StartedAt, DateTimeOffset EndedAt);

/// <summary>
/// Works out what messages of one source mean, given the episodes that are open and the last ones that ended: which begin, which are told
/// again, which end, and the line of the ledger for each. Messages are taken in their order.
/// </summary>
/// <param name="open">Episodes that last, by their key. They are changed.</param>
/// <param name="past">The last episode of each key that has one and is not open.</param>
/// <param name="begin">Makes an episode of a message.</param>
/// <param name="now">When the first message was received.</param>
public sealed class EpisodeBook(IDictionary<string, Signal> open, IDictionary<string, PastEpisode> past, Func<SignalReading, Signal> begin, DateTimeOffset now)
{
    private readonly List<Signal> opened = [];
    private readonly HashSet<Signal> begun = [];
    private readonly HashSet<Signal> changed = [];
    private readonly List<SignalEvent> events = [];

    /// <summary>Episodes that began, in their order.</summary>
    public IReadOnlyList<Signal> Opened => opened;

    /// <summary>Episodes that were open before and about which something was said.</summary>
    public IReadOnlyCollection<Signal> Changed => changed;

    /// <summary>In the order of the messages.</summary>
    public IReadOnlyList<SignalEvent> Events => events;

    /// <summary>When the message that is taken next was received.</summary>
    public DateTimeOffset Now { get; set; } = now;

    /// <summary>Ends and acknowledgements of what never fired.</summary>
    public int Unknown { get; private set; }

    /// <summary>Ends of what is over, which change nothing.</summary>
    public int OverAlready { get; private set; }

    public void Take(SignalReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (open.TryGetValue(reading.DedupKey, out var silent) && silent.ExpiresAt <= Now)
            EndSilent(silent);
        switch (reading.Word)
        {
            case SignalWord.Fires:
                Fire(reading);
                break;
            case SignalWord.IsAcknowledged:
                Acknowledge(reading);
                break;
            case SignalWord.IsResolved:
                Resolve(reading);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(reading), reading.Word, null);
        }
    }

    /// <summary>Ends what was not told again in time.</summary>
    public void EndSilent(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        var due = signal.ExpiresAt ?? throw new ArgumentException("It does not end by itself.", nameof(signal));
        End(signal, due, $"Its sender did not say again that it fires, which it should have done by {Clock(due)}.");
    }

    private void Fire(SignalReading reading)
    {
        if (open.TryGetValue(reading.DedupKey, out var known))
        {
            var (before, since) = (known.Severity, known.StartedAt);
            known.Hear(reading, Now);
            Touch(known);
            if (known.Severity > before)
                Add(known, SignalEventKind.Changed, $"It rose from {Word(before)} to {Word(known.Severity)}.");
            else
                Repeat(known.Id, $"It repeats what fires since {Clock(since)}.");
        }
        else if (reading is { NamesEpisode: true, StartedAt: { } start } && past.TryGetValue(reading.DedupKey, out var ended) && start <= ended.EndedAt)
        {
            Repeat(ended.SignalId, $"It is a late copy: it began at {Clock(start)}, and that episode ended at {Clock(ended.EndedAt)}.");
        }
        else
        {
            var signal = begin(reading);
            open[reading.DedupKey] = signal;
            opened.Add(signal);
            begun.Add(signal);
            Add(signal, SignalEventKind.Fired);
        }
    }

    private void Acknowledge(SignalReading reading)
    {
        if (!open.TryGetValue(reading.DedupKey, out var known))
        {
            CountUnknown(reading);
        }
        else if (known.State == SignalState.Acknowledged)
        {
            Repeat(known.Id, "It was acknowledged already.");
        }
        else
        {
            known.Acknowledge(Now);
            Touch(known);
            Add(known, SignalEventKind.Acknowledged);
        }
    }

    private void Resolve(SignalReading reading)
    {
        if (!open.TryGetValue(reading.DedupKey, out var known))
            CountUnknown(reading);
        else if (reading is { NamesEpisode: true, EndedAt: { } end } && end < known.StartedAt)
            Repeat(known.Id, $"It is a late copy: it ended at {Clock(end)}, before this episode began.");
        else
            End(known, reading.EndedAt ?? Now, null);
    }

    private void End(Signal signal, DateTimeOffset at, string? note)
    {
        signal.Resolve(at, Now);
        Touch(signal);
        open.Remove(signal.DedupKey);
        past[signal.DedupKey] = new PastEpisode(signal.Id, signal.StartedAt, signal.EndedAt!.Value);
        Add(signal, SignalEventKind.Resolved, note);
    }

    private void CountUnknown(SignalReading reading)
    {
        if (past.ContainsKey(reading.DedupKey))
            OverAlready++;
        else
            Unknown++;
    }

    // What began in this batch is written whole when it is over.
    private void Touch(Signal signal)
    {
        if (!begun.Contains(signal))
            changed.Add(signal);
    }

    private void Add(Signal signal, SignalEventKind kind, string? note = null) => events.Add(new SignalEvent(signal, kind, Now, note));

    private void Repeat(Guid signal, string reason)
    {
        var told = new SignalEvent(signal, SignalEventKind.Repeated, Now);
        told.Decide(SignalOutcome.Deduplicated, reason, Now);
        events.Add(told);
    }

    private static string Clock(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC");

    private static string Word(SignalSeverity severity) => severity.ToString().ToLowerInvariant();
}
