using System.Globalization;
using System.Text;

namespace SloPortal.Web.Shared;

/// <summary>Values as SVG path data with a gap wherever there is no value.</summary>
public static class SparklinePath
{
    /// <summary>
    /// Scales evenly spaced <paramref name="values"/> into a box of <paramref name="width"/> × <paramref name="height"/> with the
    /// largest of <paramref name="min"/>..<paramref name="max"/> on top. A value between two gaps becomes a dot. Values that are
    /// not finite count as gaps.
    /// </summary>
    public static string Of(IReadOnlyList<double?> values, double min, double max, double width, double height)
    {
        var path = new StringBuilder();
        var span = max > min ? max - min : 1;
        for (var i = 0; i < values.Count; i++)
        {
            if (!Has(values, i))
            {
                continue;
            }

            var x = values.Count == 1 ? width / 2 : i * width / (values.Count - 1);
            var y = max > min ? (max - Math.Clamp(values[i]!.Value, min, max)) / span * height : height / 2;
            var continues = Has(values, i - 1);
            path.Append(CultureInfo.InvariantCulture, $"{(continues ? 'L' : 'M')}{x:0.##} {y:0.##}");
            if (!continues && !Has(values, i + 1))
            {
                path.Append("h.01");
            }
        }

        return path.ToString();
    }

    private static bool Has(IReadOnlyList<double?> values, int i) =>
        i >= 0 && i < values.Count && values[i] is { } value && double.IsFinite(value);
}
