using System.Security.Cryptography;
using System.Text;

namespace SloPortal.Domain.Incidents.Escalation.Deciding;

/// <summary>What signals have in common that share a page.</summary>
public static class GroupKey
{
    private const int Longest = 2000;

    /// <summary>The service, and the labels that the rule names.</summary>
    public static string Of(SignalFacts signal, PagingRule rule)
    {
        ArgumentNullException.ThrowIfNull(signal);
        ArgumentNullException.ThrowIfNull(rule);
        var key = new StringBuilder(signal.ServiceId?.ToString("N") ?? "no service");
        foreach (var label in rule.GroupBy)
            key.Append('\n').Append(label).Append('=').Append(signal.Labels.GetValueOrDefault(label));
        var text = key.ToString();
        // Values are as long as a sender makes them.
        return text.Length <= Longest ? text : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Of what comes on top of the cap: one page for all that would call by a policy.</summary>
    public static string AboveCap(Guid policyId) => $"above the cap\n{policyId:N}";
}
