namespace SloPortal.Benchmarks;

/// <summary>A process that takes remote write.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Client">With its address and its token.</param>
/// <param name="Cpu">CPU seconds of the process so far.</param>
/// <param name="DatabaseCpu">CPU seconds of its database so far.</param>
/// <param name="AcceptedAsync">How many samples it says that it stored.</param>
internal sealed record IngestReceiver(string Name, HttpClient Client, Func<double> Cpu, Func<double> DatabaseCpu, Func<Task<long>> AcceptedAsync)
{
    public List<IngestCost> Rounds { get; } = [];

    public double Median(Func<IngestCost, double> figure) => Rounds.Select(figure).Order().ElementAt(Rounds.Count / 2);
}
