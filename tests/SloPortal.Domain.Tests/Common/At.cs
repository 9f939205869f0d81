using System.Globalization;

namespace SloPortal.Domain.Tests.Common;

/// <summary>Short instants for tests: "2026-03-01" or "2026-03-01 10:17", always UTC.</summary>
internal static class At
{
    public static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
