using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Domain.Budgets.Tuning;

/// <summary>
/// A stored history over which alert policies are replayed, as if they had been in force: every minute, or every slice, is evaluated
/// by <see cref="AlertEvaluation"/>, which runs live. The terms are those in force now, for the whole of it. Burns come from running
/// sums and are computed once for each length of window, whatever the number of rules that ask.
/// </summary>
public sealed class AlertReplay
{
    private readonly Dictionary<TimeSpan, double?[]> burns = [];
    private readonly int first;
    private readonly int step;
    private readonly int steps;
    private readonly DateTimeOffset start;

    /// <param name="method">How the history was counted.</param>
    /// <param name="target">Of all of it.</param>
    /// <param name="window">Sets the factors.</param>
    /// <param name="minutes">As counted by the method; what lies before the span fills the windows at its beginning.</param>
    /// <param name="span">What is replayed, at both ends inclusive, since an evaluation looks back from where it stands.</param>
    public AlertReplay(BudgetingMethod method, ObjectiveTarget target, SloWindow window, MinuteCounts minutes, Interval span)
    {
        (Method, Target, Window, Minutes) = (method, target, window, minutes);
        start = MinuteClock.Ceiling(span.Start, method.Step);
        var end = method.Floor(span.End);
        Span = start <= end ? new(start, end) : new(start, start);
        first = (int)(start - minutes.Start).TotalMinutes;
        step = (int)method.Step.TotalMinutes;
        steps = start <= end ? (int)((end - start) / method.Step) + 1 : 0;
    }

    public BudgetingMethod Method { get; }

    public ObjectiveTarget Target { get; }

    public SloWindow Window { get; }

    public MinuteCounts Minutes { get; }

    /// <summary>From the first evaluation to the last.</summary>
    public Interval Span { get; }

    /// <summary>Evaluations.</summary>
    public int Steps => steps;

    /// <summary>What each rule would have done, in the order of the policy.</summary>
    public IReadOnlyList<ReplayedRule> Run(AlertPolicy policy)
    {
        var tracks = policy.Rules.Select(_ => new Track()).ToArray();
        for (var from = 0; from < steps;)
        {
            // A rolling window ends where it is asked for and has one length; of a calendar the next period may be longer.
            var period = Window.FullPeriodAt(At(from));
            var to = period.End > At(from) ? Math.Min(steps, (int)Math.Ceiling((period.End - start) / Method.Step)) : steps;
            var (planned, excluded) = EvaluationPlan.RulesOf(Method, Target, policy, period.Length);
            for (var i = 0; i < tracks.Length; i++)
            {
                if (planned.FirstOrDefault(rule => rule.Index == i) is { } rule)
                    Follow(tracks[i], rule, from, to);
                else
                    tracks[i].LeaveOut(At(from), excluded[i - planned.Count(rule => rule.Index < i)].Reason);
            }

            from = to;
        }

        return [.. tracks.Select((track, i) => new ReplayedRule(policy.Rules[i], track.Ended(Span.End), track.LeftOut))];
    }

    /// <summary>Events of a window that ends with an evaluation.</summary>
    internal EventCounts CountsAt(int place, TimeSpan window)
    {
        var end = first + (place * step);
        return Minutes.In(Clamped(end - (int)window.TotalMinutes), Clamped(end));
    }

    private int Clamped(int minute) => Math.Clamp(minute, 0, Minutes.Minutes);

    private DateTimeOffset At(int place) => start + (place * Method.Step);

    private void Follow(Track track, PlannedRule planned, int from, int to)
    {
        var rule = planned.Rule;
        var (longBurns, shortBurns) = (BurnsOf(rule.LongWindow), BurnsOf(rule.ShortWindow));
        var at = At(from);
        var memory = track.Begin(at);
        for (var place = from; place < to; place++, at += Method.Step)
        {
            var next = AlertEvaluation.Next(
                memory, new(at, longBurns[place], shortBurns[place], CountsAt(place, rule.LongWindow).Total), rule, planned.Factor);
            if (next.Transition is { } turn)
                track.Turn(turn);
            memory = next.Memory;
        }

        track.Keep(memory);
    }

    private double?[] BurnsOf(TimeSpan window)
    {
        if (burns.TryGetValue(window, out var known))
            return known;
        var series = new double?[steps];
        for (var place = 0; place < steps; place++)
            series[place] = BurnRate.Of(CountsAt(place, window), Target);
        return burns[window] = series;
    }

    /// <summary>One rule on its way through the history.</summary>
    private sealed class Track
    {
        private readonly List<ReplayedAlert> alerts = [];
        private AlertMemory? memory;
        private DateTimeOffset? firing;

        public string? LeftOut { get; private set; }

        public AlertMemory Begin(DateTimeOffset at)
        {
            LeftOut = null;
            return memory ?? AlertMemory.New(at);
        }

        public void Keep(AlertMemory last) => memory = last;

        public void Turn(AlertTransition turn)
        {
            if (turn.Fired)
                firing = turn.At;
            else if (turn.Resolved)
                End(turn.At, lasts: false);
        }

        public void LeaveOut(DateTimeOffset at, string reason)
        {
            (memory, LeftOut) = (null, reason);
            End(at, lasts: false);
        }

        public List<ReplayedAlert> Ended(DateTimeOffset end)
        {
            End(end, lasts: true);
            return alerts;
        }

        private void End(DateTimeOffset at, bool lasts)
        {
            if (firing is { } since)
                alerts.Add(new(since, at, lasts));
            firing = null;
        }
    }
}
