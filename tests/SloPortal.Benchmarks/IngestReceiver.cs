namespace SloPortal.Benchmarks;

/// <summary>A process that takes remote write, with its database where it has one.</summary>
internal sealed class IngestReceiver(string name, HttpClient client, int process, int? database, Func<Task<long>> acceptedAsync)
{
    private readonly double idle = ProcessorTime.ResidentMiB(process);

    /// <summary>For the table.</summary>
    public string Name => name;

    /// <summary>With its address and its token.</summary>
    public HttpClient Client => client;

    public List<IngestCost> Rounds { get; } = [];

    /// <summary>CPU seconds of the process so far.</summary>
    public double Cpu() => ProcessorTime.OfTree(process);

    /// <summary>CPU seconds of its database so far.</summary>
    public double DatabaseCpu() => database is { } server ? ProcessorTime.OfTree(server) : 0;

    /// <summary>Resident memory of the process above what it had before the first sample, in MiB; the database keeps to itself.</summary>
    public double MemoryAboveIdle() => ProcessorTime.ResidentMiB(process) - idle;

    /// <summary>How many samples it says that it stored.</summary>
    public Task<long> AcceptedAsync() => acceptedAsync();

    public double Median(Func<IngestCost, double> figure) => Rounds.Select(figure).Order().ElementAt(Rounds.Count / 2);
}
