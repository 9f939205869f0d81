using System.Text;
using SloPortal.Application.Measurement.Files.Reading;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Tests.Measurement.Files;

/// <summary>Twenty thousand damaged inputs for each reader: nothing throws, and where a plain reading can tell, it says the same.</summary>
public sealed class DamagedRowsTests
{
    private const int Inputs = 20_000;

    private static readonly DateTimeOffset Now = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Csv_Damaged_KeepsEveryLineInItsPlace()
    {
        const string Text = "time,status,note\n2026-11-26T10:00:00Z,200,\"a, \"\"b\"\"\nc\"\r\n2026-11-26T10:00:01Z,500,x\n1795689000,404,ü\n\n2026-11-26T10:00:02Z,200,\n";
        var mapping = new RowMapping { Delimiter = ",", Time = new TimeRule("time", TimeForm.Iso), Counts = new CountRule(RowMeaning.Event) { Column = "status", Test = GoodTest.StatusClasses, Value = "2xx" } };
        var compared = 0;
        foreach (var damaged in Damage(Text, 1).Concat(Damage(Text.Replace("\"", "", StringComparison.Ordinal), 5)))
        {
            var rows = await ReadAsync(damaged, mapping);
            Assert.True(rows.Zip(rows.Skip(1)).All(p => p.First.Line < p.Second.Line), damaged);
            if (damaged.Contains('"', StringComparison.Ordinal) || damaged.Contains('\0', StringComparison.Ordinal))
                continue;
            compared++;
            var plain = damaged.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n').Select((line, i) => (Line: i + 1, line)).Where(l => !string.IsNullOrWhiteSpace(l.line));
            Assert.Equal(plain.Skip(1).Select(l => (l.Line, string.Join('|', l.line.Split(',')))), rows.Select(r => ((int)r.Line, string.Join('|', r.Fields!))));
        }
        Assert.True(compared > Inputs / 50, $"{compared} compared");
    }

    [Fact]
    public async Task Logs_Damaged_AreReadOrTold()
    {
        const string Text = "192.0.2.7 - - [26/Nov/2026:10:00:00 +0000] \"GET / HTTP/1.1\" 200 12 \"-\" \"curl\"\n192.0.2.7 - - [26/Nov/2026:10:00:01 +0000] \"GET / HTTP/1.1\" 503 12 \"-\" \"curl\"\r\nelse\n";
        var mapping = new RowMapping { Format = RowFormat.Lines, Pattern = KnownPatterns.All[0].Pattern, Time = new TimeRule("time", TimeForm.WebLog), Counts = new CountRule(RowMeaning.Event) { Column = "status", Test = GoodTest.StatusClasses, Value = "2xx" } };
        var read = 0;
        foreach (var damaged in Damage(Text, 2))
        {
            var lines = damaged.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n').Count(l => l.Length > 0);
            var rows = await ReadAsync(damaged, mapping);
            Assert.Equal(lines, rows.Count);
            read += rows.Count(r => r.Fields is not null);
        }
        Assert.True(read > Inputs / 50, $"{read} read");
    }

    [Fact]
    public void Statsd_Damaged_IsReadAsThePlainWay()
    {
        var compared = 0;
        foreach (var damaged in Damage("shop.orders:12|c|@0.5|#a:b", 3).Concat(Damage("shop.took:320.5|ms", 4)))
        {
            var bytes = Encoding.UTF8.GetBytes(damaged);
            if (!StatsdLine.TryRead(bytes, out var line, out _) || line.Kind != StatsdKind.Counter)
                continue;
            compared++;
            var colon = damaged.IndexOf(':', StringComparison.Ordinal);
            var parts = damaged[(colon + 1)..].Split('|');
            var rate = parts.Skip(2).LastOrDefault(p => p.StartsWith('@'));
            Assert.Equal("c", parts[1]);
            Assert.Equal(double.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture) / (rate is null ? 1 : double.Parse(rate[1..], System.Globalization.CultureInfo.InvariantCulture)), line.Events, 9);
        }
        Assert.True(compared > Inputs / 50, $"{compared} compared");
    }

    private static async Task<List<RawRow>> ReadAsync(string text, RowMapping mapping)
    {
        using var rows = await FileText.OpenRowsAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), mapping, Ct);
        RowReader.TryCreate(mapping, rows.Columns, Now, TimeSpan.FromDays(400), out var reader, out _);
        var all = new List<RawRow>();
        while (await rows.NextAsync(Ct) is { } row)
        {
            all.Add(row);
            if (row.Fields is { } fields && reader?.Read(fields) is { } verdict)
                Assert.True(verdict.Counts is { Total: 1 } || verdict.Problem is { Length: > 0 });
        }
        return all;
    }

    private static IEnumerable<string> Damage(string text, int seed)
    {
        const string Strange = "\"\"\",;|\t\n\r:@[]{}0123456789-+.eEü\u2028 ";
        var random = new Random(seed);
        for (var i = 0; i < Inputs; i++)
        {
            var damaged = new StringBuilder(text);
            for (var n = random.Next(1, 5); n > 0 && damaged.Length > 0; n--)
            {
                var at = random.Next(damaged.Length);
                _ = random.Next(4) switch
                {
                    0 => damaged.Remove(at, Math.Min(random.Next(1, 12), damaged.Length - at)),
                    1 => damaged.Insert(at, Strange[random.Next(Strange.Length)]),
                    2 => damaged.Replace(damaged[at], Strange[random.Next(Strange.Length)], at, 1),
                    _ => damaged.Insert(at, text[..random.Next(text.Length)]),
                };
            }
            yield return damaged.ToString();
        }
    }
}
