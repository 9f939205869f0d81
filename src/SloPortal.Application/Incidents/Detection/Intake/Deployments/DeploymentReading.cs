using System.Text.RegularExpressions;
using SloPortal.Application.Incidents.Detection.Intake.Formats;

namespace SloPortal.Application.Incidents.Detection.Intake.Deployments;

/// <summary>A deployment that a code host tells of.</summary>
/// <param name="Key">The same deployment has the same.</param>
internal sealed partial record DeploymentReading(string Version, string Environment, DateTimeOffset At, string? Url, string? Description, string Key)
{
    /// <summary>A tag such as v7.42 is what people call a version; of a branch the commit is.</summary>
    public static string VersionOf(string? reference, string? commit)
    {
        var name = reference?.Split("refs/tags/")[^1];
        return name is not null && Tag().IsMatch(name) ? SignalText.Clean(name, 200) : commit is { Length: > 0 } ? SignalText.Clean(commit, 12) : SignalText.Clean(name ?? "unknown", 200);
    }

    [GeneratedRegex(@"^[A-Za-z._/-]{0,40}\d+(\.\d+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
