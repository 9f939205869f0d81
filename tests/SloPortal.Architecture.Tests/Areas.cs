namespace SloPortal.Architecture.Tests;

/// <summary>The areas in the order in which the work flows; each may lean on itself and on those above it.</summary>
internal static class Areas
{
    public static readonly string[] InOrder =
    [
        "Common", "Access", "Audit", "Catalog", "Measurement", "Objectives", "Budgets", "Changes",
        "Incidents", "Analysis", "Reviews", "Remediation", "Improvement", "Governance",
    ];

    /// <summary>"Catalog" for SloPortal.Data.Catalog.ServiceConfiguration; null outside the areas (the composition root).</summary>
    public static string? Of(string root, string fullName)
    {
        if (!fullName.StartsWith(root + ".", StringComparison.Ordinal))
            return null;
        var parts = fullName[(root.Length + 1)..].Split('.', '/');
        return parts.Length > 2 && InOrder.Contains(parts[1]) ? parts[1] : null;
    }

    public static bool MayUse(string user, string used) => Array.IndexOf(InOrder, used) <= Array.IndexOf(InOrder, user);
}
