using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Shared;

/// <summary>
/// The small chart of a list: evenly spaced values, gaps where nothing was measured, no script. It is markup and no component, since
/// a list has one in each row, and is drawn once for as long as somebody keeps the values.
/// </summary>
public static class Sparkline
{
    private const double Width = 96;
    private const double Height = 24;

    private static readonly ConditionalWeakTable<IReadOnlyList<double?>, Drawing> drawings = [];

    /// <param name="values">Oldest first, null where nothing was measured; they must not change. The scale reaches from the least to the largest.</param>
    /// <param name="label">What a screen reader says in place of the picture: "Budget left over 30 d, from 100 to 21 %".</param>
    /// <param name="reference">A value drawn as a dashed line, such as an empty budget; the scale holds it too.</param>
    /// <param name="tone">The colour of the line.</param>
    public static MarkupString Of(IReadOnlyList<double?> values, string label, double? reference = null, Tone tone = Tone.Neutral)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!drawings.TryGetValue(values, out var drawing) || drawing.Reference != reference)
            drawings.AddOrUpdate(values, drawing = new Drawing(reference, Draw(values, reference)));
        return new MarkupString(
            $"<svg class=\"spark\" data-tone=\"{ToneName.Of(tone)}\" viewBox=\"0 0 96 24\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(label)}\" focusable=\"false\">{drawing.Paths}</svg>");
    }

    private static string Draw(IReadOnlyList<double?> values, double? reference)
    {
        var known = values.Append(reference).Where(value => value is { } one && double.IsFinite(one)).ToList();
        var (min, max) = (known.Min() ?? 0, known.Max() ?? 1);
        var line = reference is null ? "" : $"<path class=\"spark-line\" d=\"{SparklinePath.Of([reference, reference], min, max, Width, Height)}\" />";
        return $"{line}<path d=\"{SparklinePath.Of(values, min, max, Width, Height)}\" />";
    }

    private sealed record Drawing(double? Reference, string Paths);
}
