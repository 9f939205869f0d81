using System.Globalization;

namespace SloPortal.Application.Objectives.AsCode.OpenSlo;

/// <summary>A length of time as OpenSLO writes it: a positive integer and one letter whose case matters, m for minutes and M for months.</summary>
internal readonly record struct SloDuration(int Count, char Unit)
{
    private const string Units = "mhdwMQY";

    public static string Rule(string field) => $"\"{field}\" is a number and a unit without a space: m, h, d, w, M, Q or Y, such as 30d. Case matters: m is minutes, M months.";

    public static bool TryParse(string text, out SloDuration duration)
    {
        duration = default;
        if (text.Length < 2 || !Units.Contains(text[^1], StringComparison.Ordinal)
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        duration = new SloDuration(count, text[^1]);
        return count > 0;
    }

    /// <summary>Whole days; null for what is not a number of days, such as months.</summary>
    public int? Days => Unit switch
    {
        'd' => Count,
        'w' when Count < 10_000 => Count * 7,
        'h' when Count % 24 == 0 => Count / 24,
        'm' when Count % 1440 == 0 => Count / 1440,
        _ => null,
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}{Unit}");
}
