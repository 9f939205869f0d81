using System.Diagnostics;
using System.Globalization;

namespace SloPortal.Benchmarks;

/// <summary>Processor seconds (user and system) as Linux counts them, in steps of 10 ms.</summary>
internal static class ProcessorTime
{
    private const double TicksPerSecond = 100;

    public static double OfThisProcess() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    /// <summary>A process and all below it, those that have ended included.</summary>
    public static double OfTree(int root)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => Read(int.Parse(name!, CultureInfo.InvariantCulture))).OfType<Stat>().ToList();
        var tree = new HashSet<int> { root };
        while (all.Any(stat => tree.Contains(stat.Parent) && tree.Add(stat.Id)))
        {
        }

        return all.Where(stat => tree.Contains(stat.Id)).Sum(stat => stat.Ticks) / TicksPerSecond;
    }

    /// <summary>Resident memory of one process, in MiB.</summary>
    public static double ResidentMiB(int process) =>
        double.Parse(File.ReadLines($"/proc/{process}/status").Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    private sealed record Stat(int Id, int Parent, double Ticks);

    private static Stat? Read(int id)
    {
        try
        {
            // The name may hold spaces and parentheses; the fields begin after the last one.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            double Field(int number) => double.Parse(fields[number - 3], CultureInfo.InvariantCulture);
            return new(id, (int)Field(4), Field(14) + Field(15) + Field(16) + Field(17));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
