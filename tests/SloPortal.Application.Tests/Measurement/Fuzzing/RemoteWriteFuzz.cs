using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Collections;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.RemoteWrite;
using SloPortal.Application.Measurement.Ingest.Series;
using SloPortal.Application.Tests.Measurement.Ingest;
using SloPortal.Application.Tests.Measurement.Ingest.Protos.RemoteWrite;
using SloPortal.Domain.Measurement;
using Snappier;

namespace SloPortal.Application.Tests.Measurement.Fuzzing;

/// <summary>Remote write, compared with what Google's own code reads of the same bytes.</summary>
internal static class RemoteWriteFuzz
{
    private static readonly WriteLimits Limits = new(256 * 1024, 10_000);

    public static FuzzTarget Version1 { get; } = new(
        "remote write 1.0",
        [
            new WriteRequestBuilder().Series([("__name__", "up"), ("job", "api")], (1_700_000_000_000, 1.5), (1_700_000_015_000, 2)).Series([("__name__", "down")], (3, -1)).Decompressed(),
            new WriteRequestBuilder().Series(WriteRequestBuilder.Sample(1, 1), WriteRequestBuilder.Label("__name__", "x"), WriteRequestBuilder.Field(4, [0x08, 1]), WriteRequestBuilder.Label("a", "b")).Decompressed(),
        ],
        body => Read(body, RemoteWriteVersion.One),
        body => Plain(() => WriteRequest.Parser.ParseFrom(body).Timeseries.Select(s => (s.Labels.Select(l => (IsWhole(l) ? l.Name : "", l.Value)), s.Samples))),
        body => Snappy.CompressToArray(body));

    public static FuzzTarget Version2 { get; } = new(
        "remote write 2.0",
        [
            new Request
            {
                Symbols = { "", "__name__", "up", "job", "api" },
                Timeseries =
                {
                    new TimeSeriesV2
                    {
                        LabelsRefs = { 1, 2, 3, 4 }, Samples = { new Sample { Timestamp = 1_700_000_000_000, Value = 1.5 }, new Sample { Timestamp = 5, Value = 2 } },
                        Metadata = new Metadata { Type = 1 }, CreatedTimestamp = 77,
                    },
                    new TimeSeriesV2 { LabelsRefs = { 1, 4 }, Samples = { new Sample { Value = -1 } }, Histograms = { new Histogram { CountInt = 3 } } },
                },
            }.ToByteArray(),
        ],
        body => Read(body, RemoteWriteVersion.Two),
        body => Plain(() =>
        {
            var request = Request.Parser.ParseFrom(body);
            return request.Timeseries.Select(s => (s.LabelsRefs.Chunk(2).Select(pair => (request.Symbols[(int)pair[0]], request.Symbols[(int)pair[1]])), s.Samples));
        }),
        body => Snappy.CompressToArray(body));

    /// <summary>The samples with their labels; those of series whose labels are refused later have none.</summary>
    private static string? Read(byte[] body, RemoteWriteVersion version)
    {
        if (!RemoteWriteDecoder.TryDecode(body, 1, Limits, out var write, out _, version))
        {
            return null;
        }

        using (write)
        {
            new SeriesTable(new SeriesLimits(), new LabelLimits()).Fold(write, new SampleRules(0, long.MaxValue / 2), new IngestGroup());
            Assert.Equal(write.Tally.Arrived, write.Tally.Unmatched + write.Tally.Duplicates + write.Tally.Refusals().Sum(r => r.Count));
            var labels = new LabelDecoder(new LabelLimits());
            return Text(write.Slots.ToArray().Select(slot => (
                labels.TryDecode(write.LabelsOf(slot), out var set, out _) ? set.Labels.Select(l => (l.Key, l.Value)) : [],
                write.SamplesOf(slot).ToArray().Select(s => (s.Time, s.Value)))));
        }
    }

    /// <summary>Whether a label has a name and a value and nothing else.</summary>
    private static bool IsWhole(Label label) => label.CalculateSize() == new Label { Name = label.Name, Value = label.Value }.CalculateSize();

    private static string? Plain(Func<IEnumerable<(IEnumerable<(string Name, string Value)> Labels, RepeatedField<Sample> Samples)>> parse)
    {
        try
        {
            return Text(parse().Where(s => s.Samples.Count > 0).Select(s => (Canonical([.. s.Labels]), s.Samples.Select(x => (x.Timestamp, x.Value)))));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>What is left of labels that the portal takes: sorted, without empty ones.</summary>
    private static IEnumerable<(string Name, string Value)> Canonical((string Name, string Value)[] labels) =>
        labels.Any(l => l.Name.Length == 0 || (l.Name + l.Value).AsSpan().ContainsAny('\0', '\uFFFD'))
        || labels.DistinctBy(l => l.Name).Count() < labels.Length || !labels.Any(l => l is { Name: "__name__", Value.Length: > 0 })
            ? []
            : labels.Where(l => l.Value.Length > 0).OrderBy(l => l.Name, StringComparer.Ordinal);

    private static string Text(IEnumerable<(IEnumerable<(string Name, string Value)> Labels, IEnumerable<(long Time, double Value)> Samples)> series) => string.Join('\n', series.Select(s =>
        string.Join(',', s.Labels.Select(l => $"{l.Name}={l.Value}")) + ": "
        + string.Join(' ', s.Samples.Select(x => string.Create(CultureInfo.InvariantCulture, $"{x.Time}@{BitConverter.DoubleToInt64Bits(x.Value):X}")))));
}
