using System.Globalization;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.History;

/// <summary>One thing that two agreements say, and whether they say the same.</summary>
public sealed record DiffLine(string What, string Before, string After)
{
    public bool Differs => Before != After;
}

/// <summary>What changed from one agreement to another.</summary>
public static class AgreementDiff
{
    public static IReadOnlyList<DiffLine> Of(Agreement before, Agreement after)
    {
        return
        [
            Line("Target", a => Percent(a.TargetPercent)),
            Line("Window", a => a.WindowPhrase),
            Line("Measured by", a => a.SliName),
            Line("Counted by", a => a.MethodPhrase),
            Line("Failures of vendors", a => a.Externals == ExternalFailures.Counted ? "count" : "are left out"),
            Line("Budget of one window", a => HumanDuration.Text(TimeSpan.FromMinutes(a.Evidence.BudgetMinutes)) + " of outage"),
            Line("Signed for the service by", a => a.Owner),
            Line("Signed for those who depend on it by", a => a.Stakeholder),
            Line("Why", a => a.Rationale),
            Line("Past windows met, as the evidence stood", a => a.Evidence.MetShare is { } share ? $"{(share >= 1 ? "100 %" : PercentText.Left(share))} of {a.Evidence.Windows.ToString("N0", CultureInfo.InvariantCulture)}" : "none could be judged"),
            Line("Worst past window", a => a.Evidence.Worst is { } worst ? PercentText.Attained(worst.Attained, 3) : "none"),
            Line("Warnings", a => a.Evidence.Findings.Count == 0 ? "none" : string.Join(" ", a.Evidence.Findings.Select(f => f.Sentence))),
        ];

        DiffLine Line(string what, Func<Agreement, string> says) => new(what, says(before), says(after));
    }

    private static string Percent(decimal percent) => percent.ToString(CultureInfo.InvariantCulture) + " %";
}
