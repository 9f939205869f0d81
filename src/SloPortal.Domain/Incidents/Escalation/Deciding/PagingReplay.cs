using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Domain.Incidents.Escalation.Deciding;

/// <summary>A line of the ledger as it is played again.</summary>
/// <param name="At">When it was decided.</param>
/// <param name="WasSilenced">A silence covered it then; silences are played as they were.</param>
public sealed record PlayedEvent(DateTimeOffset At, SignalEventKind Kind, SignalFacts Signal, bool WasSilenced = false);

/// <summary>Somebody took a page, or ended it, whose signals were these.</summary>
public sealed record PlayedAnswer(DateTimeOffset At, IReadOnlySet<Guid> Signals, bool Ends);

/// <summary>A page of another team, which may explain a signal or have called the same person.</summary>
public sealed record PlayedOther(DeskPage Page, DateTimeOffset? EndedAt);

/// <summary>A page as the replay opened it.</summary>
/// <param name="Signals">In the order in which they came to it; the first opened it.</param>
public sealed record PlayedPage(DeskPage Page, IReadOnlyList<Guid> Signals);

/// <summary>
/// Plays a past against a <see cref="PagingDesk"/>, with the decisions of the live pager: what would have opened pages, and what would have stayed
/// quiet. It counts pages, not how often each one called. What waits for a time is decided at that time, where the pager looks every few seconds.
/// </summary>
public sealed class PagingReplay(PagingDesk desk)
{
    private readonly Dictionary<Guid, Played> signals = [];
    private readonly Dictionary<Guid, OpenPage> open = [];
    private readonly List<OpenPage> pages = [];
    private readonly HashSet<Played> held = [];
    private readonly PriorityQueue<Played, (DateTimeOffset, Guid)> waiting = new();
    private readonly List<(Guid Team, string Group)> opened = [];

    /// <summary>How often each outcome was the last one of a signal.</summary>
    public IReadOnlyDictionary<SignalOutcome, int> Outcomes => signals.Values.Where(s => s.Last is not null).GroupBy(s => s.Last!.Value).ToDictionary(g => g.Key, g => g.Count());

    public IReadOnlyList<PlayedPage> Pages => pages.ConvertAll(p => new PlayedPage(p.Page, p.Signals));

    /// <summary>What became of a signal at last; null where it was not played.</summary>
    public SignalOutcome? OutcomeOf(Guid signal) => signals.GetValueOrDefault(signal)?.Last;

    /// <param name="events">In the order in which they were decided.</param>
    public void Play(IEnumerable<PlayedEvent> events, IEnumerable<PlayedAnswer> answers, IEnumerable<PlayedOther> others)
    {
        ArgumentNullException.ThrowIfNull(events);
        var aside = new Queue<(DateTimeOffset At, Action Do)>(
            answers.Select(a => (a.At, Do: (Action)(() => Answer(a)))).Concat(others.SelectMany(Of)).OrderBy(a => a.At));
        var batch = new List<PlayedEvent>();
        foreach (var one in events)
        {
            if (batch.Count > 0 && batch[0].At != one.At)
            {
                PlayBatch(batch, aside);
                batch.Clear();
            }
            batch.Add(one);
        }
        if (batch.Count > 0)
            PlayBatch(batch, aside);
    }

    private IEnumerable<(DateTimeOffset At, Action Do)> Of(PlayedOther other)
    {
        yield return (other.Page.OpenedAt, () => desk.Remember(other.Page));
        if (other.EndedAt is { } end)
            yield return (end, () => End(other.Page, end));
    }

    /// <summary>What was decided in one transaction: what waited first, then what came, then what ended.</summary>
    private void PlayBatch(List<PlayedEvent> batch, Queue<(DateTimeOffset At, Action Do)> aside)
    {
        var now = batch[0].At;
        AdvanceTo(now, aside);
        var ended = new List<Played>();
        foreach (var one in batch)
        {
            if (!signals.TryGetValue(one.Signal.Id, out var signal))
                signals.Add(one.Signal.Id, signal = new Played(one.Signal));
            switch (one.Kind)
            {
                case SignalEventKind.Fired or SignalEventKind.Changed:
                case SignalEventKind.Resumed when signal.Last == SignalOutcome.Silenced:
                    signal.Facts = one.Signal with { PageId = signal.Facts.PageId, Held = signal.Facts.Held, HeldSince = signal.Facts.HeldSince };
                    if (one.WasSilenced)
                        Silence(signal);
                    else
                        Fire(signal, now);
                    break;
                case SignalEventKind.Acknowledged when signal.Facts.PageId is { } page:
                    desk.Quieten(page);
                    break;
                case SignalEventKind.Resolved:
                    signal.IsOver = true;
                    held.Remove(signal);
                    ended.Add(signal);
                    break;
                // What is known already changes nothing; what the rules held back is played by the rules of the replay.
                default:
                    break;
            }
        }
        JoinWaiting(now);
        foreach (var page in ended.Select(s => s.Facts.PageId).OfType<Guid>().Distinct())
        {
            if (open.TryGetValue(page, out var known) && known.Signals.TrueForAll(s => signals[s].IsOver))
                End(known.Page, now);
        }
    }

    private void AdvanceTo(DateTimeOffset now, Queue<(DateTimeOffset At, Action Do)> aside)
    {
        while (true)
        {
            var next = aside.TryPeek(out var other) && other.At <= now ? other.At : (DateTimeOffset?)null;
            if (waiting.TryPeek(out var signal, out var due) && due.Item1 <= now && (next is null || due.Item1 <= next))
            {
                waiting.Dequeue();
                if (!signal.IsOver && signal.Until == due.Item1)
                {
                    Fire(signal, due.Item1);
                    JoinWaiting(due.Item1);
                }
            }
            else if (next is not null)
            {
                aside.Dequeue().Do();
            }
            else
            {
                return;
            }
        }
    }

    private void Fire(Played signal, DateTimeOffset now)
    {
        var verdict = desk.Decide(signal.Facts, now);
        signal.Last = verdict.Outcome;
        (signal.Until, signal.Under, signal.Group) = (verdict.Hold?.Until, verdict.Hold?.UnderPage, verdict.Hold?.Group);
        var waits = verdict.Hold is null ? (SignalOutcome?)null : verdict.Outcome;
        signal.Facts = signal.Facts with { Held = waits, HeldSince = waits is null ? null : signal.Facts.Held == waits ? signal.Facts.HeldSince : now };
        _ = waits is null ? held.Remove(signal) : held.Add(signal);
        if (signal.Until is { } until)
            waiting.Enqueue(signal, (until, signal.Facts.Id));
        if (verdict.Page is not { } at)
            return;
        if (verdict.Opens)
        {
            var page = new OpenPage(at);
            open.Add(at.Id, page);
            pages.Add(page);
            opened.Add((at.TeamId, at.Group));
        }
        signal.Facts = signal.Facts with { PageId = at.Id };
        if (open.TryGetValue(at.Id, out var joined) && joined.Known.Add(signal.Facts.Id))
            joined.Signals.Add(signal.Facts.Id);
    }

    private void Silence(Played signal)
    {
        held.Remove(signal);
        signal.Last = SignalOutcome.Silenced;
        (signal.Until, signal.Under, signal.Group) = (null, null, null);
        signal.Facts = signal.Facts with { Held = null, HeldSince = null };
    }

    private void JoinWaiting(DateTimeOffset now)
    {
        foreach (var (team, group) in opened.ToList())
        {
            foreach (var signal in held.Where(s => s.Group == group && s.Facts.TeamId == team && s.Facts.Held == SignalOutcome.Held).OrderBy(s => s.Facts.Id).ToList())
                Fire(signal, now);
        }
        opened.Clear();
    }

    private void Answer(PlayedAnswer answer)
    {
        foreach (var page in open.Values.Where(p => p.Signals.Exists(answer.Signals.Contains)).ToList())
        {
            if (!answer.Ends)
                desk.Quieten(page.Page.Id);
            else if (page.Signals.TrueForAll(s => signals[s].IsOver || answer.Signals.Contains(s)))
                End(page.Page, answer.At);
        }
    }

    private void End(DeskPage page, DateTimeOffset now)
    {
        desk.End(page);
        open.Remove(page.Id);
        foreach (var signal in held.Where(s => s.Under == page.Id).OrderBy(s => s.Facts.Id).ToList())
            Fire(signal, now);
        JoinWaiting(now);
    }

    private sealed class Played(SignalFacts facts)
    {
        public SignalFacts Facts { get; set; } = facts;
        public SignalOutcome? Last { get; set; }
        public DateTimeOffset? Until { get; set; }
        public Guid? Under { get; set; }
        public string? Group { get; set; }
        public bool IsOver { get; set; }
    }

    private sealed record OpenPage(DeskPage Page)
    {
        public List<Guid> Signals { get; } = [];
        public HashSet<Guid> Known { get; } = [];
    }
}
