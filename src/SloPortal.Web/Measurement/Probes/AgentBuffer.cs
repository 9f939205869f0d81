using System.Text.Json;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Probes.Agents;

namespace SloPortal.Web.Measurement.Probes;

/// <summary>
/// Results that wait to be sent, on disk, the oldest first: files of up to <see cref="PerFile"/> lines, of which the oldest is sent and then
/// deleted. A result is on disk before it counts as kept; one that was sent but not yet deleted is sent again, which counts once.
/// </summary>
internal sealed class AgentBuffer : IDisposable
{
    public const int PerFile = TakeProbeResults.Most;
    public const int MostFiles = 200;

    private const string DroppedName = "dropped";

    private readonly string folder;
    private readonly FileStream held;
    private readonly Lock gate = new();
    private readonly Queue<(long Number, int Lines)> files = [];
    private FileStream? last;
    private long next;

    private AgentBuffer(string folder, FileStream held) => (this.folder, this.held) = (folder, held);

    /// <summary>Results that did not fit since the buffer was made.</summary>
    public long Dropped { get; private set; }

    public int Waiting
    {
        get
        {
            lock (gate)
                return files.Sum(f => f.Lines);
        }
    }

    /// <exception cref="IOException">Another agent uses the folder, or it cannot be written.</exception>
    public static AgentBuffer Open(string folder)
    {
        Directory.CreateDirectory(folder);
        var buffer = new AgentBuffer(folder, new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        buffer.Dropped = File.Exists(buffer.PathOf(DroppedName)) && long.TryParse(File.ReadAllText(buffer.PathOf(DroppedName)), out var dropped) ? dropped : 0;
        foreach (var number in Directory.EnumerateFiles(folder, "*.jsonl").Select(f => long.TryParse(Path.GetFileNameWithoutExtension(f), out var n) ? n : -1).Where(n => n >= 0).Order())
        {
            buffer.files.Enqueue((number, File.ReadLines(buffer.PathOf(number)).Count()));
            buffer.next = number + 1;
        }
        return buffer;
    }

    /// <summary>Keeps a result; where there is no room the oldest file goes and is counted.</summary>
    public void Add(AgentResult result)
    {
        lock (gate)
        {
            if (last is null || files.Count == 0 || files.Last().Lines >= PerFile)
                Begin();
            JsonSerializer.Serialize(last!, result, PortalJson.Options);
            last!.WriteByte((byte)'\n');
            last.Flush(flushToDisk: true);
            var all = files.ToArray();
            files.Clear();
            foreach (var file in all[..^1].Append((all[^1].Number, all[^1].Lines + 1)))
                files.Enqueue(file);
        }
    }

    /// <summary>The oldest results, and what to give back when they are sent; null when nothing waits.</summary>
    public (long Number, IReadOnlyList<AgentResult> Results)? Peek()
    {
        lock (gate)
        {
            if (!files.TryPeek(out var oldest))
                return null;
            // From now on it gets no more lines: what is sent is what is deleted.
            if (files.Count == 1)
                Close();
            return (oldest.Number, [.. File.ReadLines(PathOf(oldest.Number)).Select(Read).OfType<AgentResult>()]);
        }
    }

    /// <summary>Deletes what was sent; what was not taken is counted as dropped.</summary>
    public void Remove(long number, bool wasTaken = true)
    {
        lock (gate)
        {
            if (files.TryPeek(out var oldest) && oldest.Number == number)
            {
                files.Dequeue();
                if (!wasTaken)
                    CountDropped(oldest.Lines);
                File.Delete(PathOf(number));
            }
        }
    }

    public void Dispose()
    {
        Close();
        held.Dispose();
    }

    private void Begin()
    {
        Close();
        if (files.Count == MostFiles)
        {
            var oldest = files.Dequeue();
            CountDropped(oldest.Lines);
            File.Delete(PathOf(oldest.Number));
        }
        last = new FileStream(PathOf(next), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        files.Enqueue((next++, 0));
    }

    private void CountDropped(int lines)
    {
        Dropped += lines;
        File.WriteAllText(PathOf(DroppedName), Dropped.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private void Close()
    {
        last?.Dispose();
        last = null;
    }

    /// <summary>A line that a crash cut off is no result.</summary>
    private static AgentResult? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<AgentResult>(line, PortalJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string PathOf(long number) => PathOf(number.ToString("D12", System.Globalization.CultureInfo.InvariantCulture) + ".jsonl");

    private string PathOf(string name) => Path.Combine(folder, name);
}
