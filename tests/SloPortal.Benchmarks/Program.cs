using SloPortal.Benchmarks;

switch (args.FirstOrDefault())
{
    case "ingest-core":
        IngestCore.Run();
        break;
    default:
        Console.WriteLine("usage: benchmarks ingest-core");
        break;
}
