using System.Globalization;
using Microsoft.AspNetCore.Components;
using SloPortal.Application.Objectives.Proposals;

namespace SloPortal.Web.Objectives;

/// <summary>What every past window attained, against a target: green above, red below. No script, so that it follows the typing.</summary>
public sealed partial class EvidenceChart
{
    private EvidenceGeometry geometry = EvidenceGeometry.Empty;

    [Parameter, EditorRequired] public ProposalEvidence Evidence { get; set; } = default!;

    [Parameter, EditorRequired] public decimal TargetPercent { get; set; }

    [CascadingParameter] private TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

    private string Label => $"{Evidence.Sentence} The lines below say the same in figures.";

    protected override void OnParametersSet() => geometry = EvidenceGeometry.Of(Evidence.Line, (double)TargetPercent, Zone);

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
