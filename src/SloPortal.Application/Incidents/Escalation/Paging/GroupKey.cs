using System.Security.Cryptography;
using System.Text;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation;

namespace SloPortal.Application.Incidents.Escalation.Paging;

/// <summary>What signals have in common that share a page: the service, and the labels that the rule names.</summary>
internal static class GroupKey
{
    private const int Longest = 2000;

    public static string Of(Signal signal, PagingRule rule)
    {
        var key = new StringBuilder(signal.ServiceId?.ToString("N") ?? "no service");
        foreach (var label in rule.GroupBy)
            key.Append('\n').Append(label).Append('=').Append(signal.Labels.GetValueOrDefault(label));
        var text = key.ToString();
        // Values are as long as a sender makes them.
        return text.Length <= Longest ? text : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
