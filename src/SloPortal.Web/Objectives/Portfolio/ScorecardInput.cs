using System.Globalization;
using SloPortal.Domain.Catalog.Scoring;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Objectives.Portfolio;

/// <summary>A scorecard as somebody types it: lists are lines of text, "1000 = 50".</summary>
internal sealed class ScorecardInput(Scorecard card)
{
    public string Currency { get; set; } = card.Currency;
    public string Rates { get; set; } = Lines(card.Rates.Select(r => $"{r.Currency} = {Text(r.Worth)}"));
    public IReadOnlyList<CriterionInput> Criteria { get; } = [.. card.Criteria.Select(c => new CriterionInput(c))];
    public string Frameworks { get; set; } = Lines(card.Frameworks.Select(f => $"{f.Name} = {Text(f.Points)}: {f.Reason}"));
    public string CriticalFrom { get; set; } = Text(card.CriticalFrom);
    public string ImportantFrom { get; set; } = Text(card.ImportantFrom);
    public string StandardFrom { get; set; } = Text(card.StandardFrom);
    public string SloFrom { get; set; } = Text(card.SloFrom);
    public string SlaFrom { get; set; } = Text(card.SlaFrom);
    public string Source { get; set; } = card.Source;

    /// <summary>What was typed; refused with the place where a number is none.</summary>
    public Outcome<Scorecard> Read()
    {
        try
        {
            return new Scorecard(
                Currency.Trim(), [.. Pairs(Rates, "Rates").Select(p => new ScoreRate(p.Left, Number(p.Right, "Rates")))],
                [.. Criteria.Select(c => c.Read())],
                [.. Pairs(Frameworks, "Frameworks").Select(FrameworkOf)],
                Number(CriticalFrom, "Critical from"), Number(ImportantFrom, "Important from"), Number(StandardFrom, "Standard from"), Number(SloFrom, "SLO from"), Number(SlaFrom, "Contractual SLA from"), Source.Trim());
        }
        catch (FormatException e)
        {
            return Refusal.Invalid("Card", e.Message);
        }
    }

    private static ScoreFramework FrameworkOf((string Left, string Right) pair)
    {
        var parts = pair.Right.Split(':', 2);
        return new(pair.Left, Number(parts[0], "Frameworks"), parts.Length > 1 ? parts[1].Trim() : "");
    }

    internal static IEnumerable<(string Left, string Right)> Pairs(string text, string where) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('=', 2) is [var left, var right] ? (left.Trim(), right.Trim()) : throw new FormatException($"{where}: the line \"{line}\" has no equals sign. Write it as \"1000 = 50\"."));

    internal static decimal Number(string text, string where) =>
        decimal.TryParse(text.Trim().TrimEnd('%').Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : throw new FormatException($"{where}: \"{text}\" is no number.");

    internal static string Text(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);
}

/// <summary>One criterion of it.</summary>
internal sealed class CriterionInput(ScoreCriterion criterion)
{
    public ScoreCriterionKind Kind => criterion.Kind;
    public string Name => Scorecard.NameOf(criterion.Kind);
    public string Weight { get; set; } = ScorecardInput.Text(criterion.Weight);
    public string Steps { get; set; } = string.Join('\n', criterion.Steps.Select(s => $"{ScorecardInput.Text(s.From)} = {ScorecardInput.Text(s.Points)}"));
    public string Reason { get; set; } = criterion.Reason;

    public ScoreCriterion Read() => new(
        Kind, ScorecardInput.Number(Weight, Name),
        [.. ScorecardInput.Pairs(Steps, Name).Select(p => new ScoreStep(ScorecardInput.Number(p.Left, Name), ScorecardInput.Number(p.Right, Name)))], Reason.Trim());
}
