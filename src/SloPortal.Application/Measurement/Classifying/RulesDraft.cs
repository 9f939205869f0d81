using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Classifying;
using SloPortal.Domain.Measurement.Coverage;

namespace SloPortal.Application.Measurement.Classifying;

/// <summary>A rule as it is typed.</summary>
public sealed record RuleDraft(string Selector, FailureClass Failure, bool TouchesUsers, string Reason);

/// <summary>Rules as they are typed: selectors as PromQL text.</summary>
/// <param name="Events">Which series count events at all.</param>
public sealed record RulesDraft(string Events, IReadOnlyList<RuleDraft> Rules)
{
    public static RulesDraft Of(Classification classification)
    {
        ArgumentNullException.ThrowIfNull(classification);
        return new(classification.Events.ToString(), [.. classification.Rules.Select(r => new RuleDraft(r.Selector.ToString(), r.Failure, r.TouchesUsers, r.Reason))]);
    }

    /// <summary>The rules, or a refusal whose fields are <c>Events</c>, <c>Rules[0]</c>, <c>Rules[0].Reason</c> and so on.</summary>
    public Outcome<Classification> Build()
    {
        var problems = new Dictionary<string, string[]>();
        var events = Read(nameof(Events), Events, "Give the selector of all events, such as http_requests_total{job=\"shop\"}.");
        if (Rules is not { Count: <= Classification.MostRules })
            return Refusal.Invalid(nameof(Rules), $"Give at most {Classification.MostRules} rules.");
        var rules = new List<ClassificationRule>();
        for (var i = 0; i < Rules.Count; i++)
        {
            var (text, failure, touches, reason) = Rules[i] ?? new RuleDraft("", default, false, "");
            if (Read($"Rules[{i}]", text, "Give the selector of the rule.") is not { } selector)
                continue;
            if (string.IsNullOrWhiteSpace(reason) || reason.Length > 500 || !Enum.IsDefined(failure))
                problems[$"Rules[{i}].Reason"] = ["Say why, in at most 500 characters."];
            else
                rules.Add(new ClassificationRule(selector, failure, touches, reason.Trim()));
        }
        return problems.Count > 0 ? new Refusal(RefusalKind.Invalid, string.Join(" ", problems.Values.SelectMany(p => p).Distinct()), problems) : new Classification(events!, rules);

        SeriesSelector? Read(string field, string? text, string missing)
        {
            if (string.IsNullOrWhiteSpace(text))
                problems[field] = [missing];
            else if (SeriesSelector.TryParse(text, out var selector, out var problem))
                return selector;
            else
                problems[field] = [problem];
            return null;
        }
    }
}
