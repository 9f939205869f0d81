using SloPortal.Domain.Measurement.Coverage;

namespace SloPortal.Domain.Measurement.Classifying;

/// <summary>What events of some series mean. The first rule that selects a series decides.</summary>
/// <param name="Selector">Which series.</param>
/// <param name="Failure">In which way such an event fails.</param>
/// <param name="TouchesUsers">Whether it counts against what users were promised.</param>
/// <param name="Reason">Why.</param>
public sealed record ClassificationRule(SeriesSelector Selector, FailureClass Failure, bool TouchesUsers, string Reason);

/// <summary>Which events there are, and which of them are failures: rules in their order. What no rule selects is no failure.</summary>
public sealed record Classification(SeriesSelector Events, IReadOnlyList<ClassificationRule> Rules)
{
    public const int MostRules = 30;

    /// <summary>The place of the rule that decides about a series; null where none does.</summary>
    public int? RuleOf(LabelSet labels)
    {
        for (var i = 0; i < Rules.Count; i++)
        {
            if (Rules[i].Selector.Selects(labels))
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>
    /// An SLI whose bad events are those of rules that touch users, as far as one selector can say it: each rule adds one condition to what all
    /// events are, those that touch users all on the same label, and what is left out stands before them.
    /// </summary>
    /// <param name="sli">The definition.</param>
    /// <param name="problem">Why there is none, in a sentence.</param>
    public bool TryPropose(out CounterRatio? sli, out string? problem)
    {
        (sli, problem) = (null, null);
        var touching = Rules.Where(r => r.TouchesUsers).Select(r => Further(r.Selector)).ToList();
        if (touching.Count == 0)
        {
            problem = "No rule touches users, so nothing would count as bad.";
            return false;
        }

        if (touching is [{ Count: > 0 } only] && Rules[0].TouchesUsers)
        {
            return TryMake(only, out sli, out problem);
        }

        var before = Rules.TakeWhile(r => !r.TouchesUsers).Select(r => Further(r.Selector)).ToList();
        var between = Rules.Skip(before.Count).Take(Rules.Count - before.Count).Reverse().SkipWhile(r => !r.TouchesUsers).Any(r => !r.TouchesUsers);
        if (between || touching.Concat(before).Any(m => m is not [var one] || one.Operator is not (MatchOperator.Equal or MatchOperator.Matches))
            || touching.Select(m => m![0].Label).Distinct().Count() > 1)
        {
            problem = "One selector cannot say which events are bad: let each rule add one condition with = or =~ to what all events are, those that touch users on the same label and after those that do not.";
            return false;
        }

        var bad = new List<LabelMatcher>();
        if (!TryOneOf(touching[0]![0].Label, touching.Select(m => m![0]), MatchOperator.Matches, bad, out problem))
        {
            return false;
        }

        foreach (var label in before.Select(m => m![0]).GroupBy(m => m.Label))
        {
            if (!TryOneOf(label.Key, label, MatchOperator.NotMatches, bad, out problem))
            {
                return false;
            }
        }

        return TryMake(bad, out sli, out problem);
    }

    private bool TryMake(IReadOnlyList<LabelMatcher> further, out CounterRatio? sli, out string? problem)
    {
        sli = SeriesSelector.TryCreate(Events.MetricName, [.. Events.Matchers, .. further], out var bad, out problem) ? new CounterRatio(null, bad, Events) : null;
        return sli is not null;
    }

    /// <summary>What a rule asks beyond what all events are; null where it is about another metric or does not ask all of that.</summary>
    private List<LabelMatcher>? Further(SeriesSelector selector)
    {
        var further = selector.Matchers.Except(Events.Matchers).ToList();
        // A rule need not repeat what all events are.
        return selector.MetricName is { } name && name != Events.MetricName ? null : further;
    }

    private static bool TryOneOf(string label, IEnumerable<LabelMatcher> matchers, MatchOperator op, List<LabelMatcher> into, out string? problem)
    {
        var patterns = matchers.Select(m => m.Operator == MatchOperator.Equal ? PromText.Pattern(m.Value) : m.Value).Distinct().ToArray();
        if (!LabelMatcher.TryCreate(label, op, patterns is [var one] ? one : string.Join('|', patterns.Select(p => $"({p})")), out var matcher, out problem))
        {
            return false;
        }

        into.Add(matcher);
        return true;
    }
}
