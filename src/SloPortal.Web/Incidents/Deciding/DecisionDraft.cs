using SloPortal.Domain.Catalog;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.Detection.Deciding;

namespace SloPortal.Web.Incidents.Deciding;

/// <summary>A row while somebody types it.</summary>
public sealed class DecisionDraft
{
    public IncidentSeverity Severity { get; set; } = IncidentSeverity.Sev3;
    public bool WarRoom { get; set; }
    public string Reason { get; set; } = "";
    public double? BudgetSpent { get; set; }
    public double? Burn { get; set; }

    /// <summary>The name of a tier; empty for any.</summary>
    public string Tier { get; set; } = "";

    public long? Users { get; set; }
    public double? Segment { get; set; }

    public static DecisionDraft Of(DecisionRow row) => new()
    {
        Severity = row.Severity, WarRoom = row.WarRoom, Reason = row.Reason, BudgetSpent = row.BudgetSpentPercent, Burn = row.BurnTimes, Tier = row.Tier?.ToString() ?? "",
        Users = row.Users, Segment = row.SegmentPercent,
    };

    public DecisionRow Given() => new(Severity, WarRoom, Reason.Trim(), BudgetSpent, Burn, Enum.TryParse<ServiceTier>(Tier, out var tier) ? tier : null, Users, Segment);
}
