using System.Globalization;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Series;

namespace SloPortal.Application.Tests.Measurement.Ingest;

/// <summary>What a decoder read, as lines that a person can compare.</summary>
internal static class DecodedText
{
    public static IReadOnlyList<string> Of(DecodedWrite write)
    {
        var labels = new LabelDecoder(new LabelLimits());
        var lines = new List<string>();
        foreach (var slot in write.Slots)
        {
            var series = labels.TryDecode(write.LabelsOf(slot), out var set, out var refusal) ? set.ToString() : refusal.ToString();
            foreach (var (time, value) in write.SamplesOf(slot))
            {
                var name = series.Contains('{', StringComparison.Ordinal) ? series : series + "{}";
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{name} {value} at {time}{(slot.Start == 0 ? "" : $" since {slot.Start}")}"));
            }
        }

        return lines;
    }
}
