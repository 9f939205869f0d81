using System.Buffers.Binary;
using System.Text;
using static SloPortal.Application.Tests.Measurement.Ingest.WriteRequestBuilder;

namespace SloPortal.Benchmarks;

/// <summary>What an OpenTelemetry Collector sends of the services of <see cref="ScrapeBodies"/>: requests of 2,000 cumulative points with five attributes.</summary>
internal static class OtlpBodies
{
    public static List<byte[]> Make(int series, int samples, long start)
    {
        var values = new double[series];
        var random = new Random(7);
        var bodies = new List<byte[]>();
        for (var done = 0; done < samples; done += ScrapeBodies.SamplesPerRequest)
        {
            var resources = Enumerable.Range(done, ScrapeBodies.SamplesPerRequest).GroupBy(i => i % series / 500 % 20).Select(service =>
            {
                var points = new MemoryStream();
                foreach (var i in service)
                {
                    var (scrape, one) = Math.DivRem(i, series);
                    values[one] += random.Next(40);
                    points.Write(Field(1, PointOf(one, start + (scrape * 15_000L) + (one % 200 * 50), start - 60_000, values[one])));
                }

                byte[] sum = [.. points.ToArray(), 0x10, 2, 0x18, 1];
                byte[] metric = [.. Field(1, "http.requests"u8.ToArray()), .. Field(3, "{request}"u8.ToArray()), .. Field(7, sum)];
                return Field(1, [.. Field(1, Attribute(1, "service.name", $"service-{service.Key}")), .. Field(2, Field(2, metric))]);
            });
            bodies.Add([.. resources.SelectMany(r => r)]);
        }

        return bodies;
    }

    private static byte[] PointOf(int i, long time, long start, double value) =>
    [
        .. Fixed(0x11, (ulong)start * 1_000_000), .. Fixed(0x19, (ulong)time * 1_000_000), .. Fixed(0x21, BitConverter.DoubleToUInt64Bits(value)),
        .. Attribute(7, "cluster", "production-eu-1"),
        .. Attribute(7, "code", (i % 10) switch { 0 => "500", 1 => "404", _ => "200" }),
        .. Attribute(7, "handler", $"/api/v1/resource/{i / 10 % 50}"),
        .. Attribute(7, "method", "GET"),
        .. Attribute(7, "pod", $"service-{i / 500 % 20}-5d8f7c9b6-{i:x6}"),
    ];

    private static byte[] Attribute(int field, string key, string value) =>
        Field(field, [.. Field(1, Encoding.UTF8.GetBytes(key)), .. Field(2, Field(1, Encoding.UTF8.GetBytes(value)))]);

    private static byte[] Fixed(byte tag, ulong value)
    {
        var bytes = new byte[9];
        bytes[0] = tag;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1), value);
        return bytes;
    }
}
