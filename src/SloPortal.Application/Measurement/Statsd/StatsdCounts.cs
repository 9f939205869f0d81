using System.Runtime.InteropServices;
using System.Text;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Statsd;

/// <summary>Adds up what packets say until it is stored. Used by one thread.</summary>
internal sealed class StatsdCounts
{
    private readonly Dictionary<(int Sli, int Minute), (double Good, double Total)> minutes = [];
    private Dictionary<string, StatsdRule[]> exact = [];
    private (byte[] Start, StatsdRule Rule)[] starts = [];
    private Dictionary<string, StatsdRule[]>.AlternateLookup<ReadOnlySpan<char>> byName;

    public StatsdCounts() => Use([]);

    /// <summary>What became of the lines since it was last taken.</summary>
    public SourceTally Tally { get; private set; } = new();

    public void Use(IReadOnlyList<StatsdRule> rules)
    {
        exact = rules.Where(r => !r.Metric.EndsWith('*')).GroupBy(r => r.Metric).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        byName = exact.GetAlternateLookup<ReadOnlySpan<char>>();
        starts = [.. rules.Where(r => r.Metric.EndsWith('*')).Select(r => (Encoding.UTF8.GetBytes(r.Metric[..^1]), r))];
    }

    /// <summary>Adds a packet of one or more lines.</summary>
    public void Add(ReadOnlySpan<byte> packet, int minute)
    {
        foreach (var range in packet.Split((byte)'\n'))
        {
            var line = packet[range].TrimEnd((byte)'\r');
            if (!line.IsEmpty)
                AddLine(line, minute);
        }
    }

    /// <summary>What is to be stored; from then on it is counted anew.</summary>
    public (MinuteDelta[] Minutes, SourceTally Tally)? Take()
    {
        if (minutes.Count == 0 && Tally.Arrived == 0)
            return null;
        var taken = (minutes.Select(m => new MinuteDelta(m.Key.Sli, m.Key.Minute, m.Value.Good, m.Value.Total)).ToArray(), Tally);
        minutes.Clear();
        Tally = new SourceTally();
        return taken;
    }

    private void AddLine(ReadOnlySpan<byte> line, int minute)
    {
        Tally.Arrived++;
        if (!StatsdLine.TryRead(line, out var read, out var problem))
        {
            Tally.Refuse(SampleRefusal.UnreadableRow);
            if (Tally.WantsExample(SampleRefusal.UnreadableRow))
                Tally.Explain(SampleRefusal.UnreadableRow, $"{problem} {Encoding.UTF8.GetString(line[..Math.Min(line.Length, 100)])}");
            return;
        }
        if (read.Kind == StatsdKind.Other)
        {
            Tally.Refuse(SampleRefusal.NotACounter);
            if (Tally.WantsExample(SampleRefusal.NotACounter))
                Tally.Explain(SampleRefusal.NotACounter, Encoding.UTF8.GetString(read.Name));
            return;
        }
        var matched = false;
        Span<char> name = stackalloc char[200];
        if (Encoding.UTF8.TryGetChars(read.Name, name, out var length) && byName.TryGetValue(name[..length], out var rules))
        {
            foreach (var rule in rules)
                matched |= Count(rule, read, minute);
        }
        foreach (var (start, rule) in starts)
        {
            if (read.Name.StartsWith(start))
                matched |= Count(rule, read, minute);
        }
        if (matched)
            Tally.Matched++;
        else
            Tally.Unmatched++;
    }

    private bool Count(StatsdRule rule, in StatsdLine line, int minute)
    {
        if (rule.Role == StatsdRole.Timer != (line.Kind == StatsdKind.Timer))
            return false;
        var good = rule.Role switch
        {
            StatsdRole.Good => line.Events,
            StatsdRole.Bad => 0,
            _ => line.Value <= rule.Threshold ? line.Events : 0,
        };
        ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(minutes, (rule.SliId, minute), out _);
        sums = (sums.Good + good, sums.Total + line.Events);
        return true;
    }
}
