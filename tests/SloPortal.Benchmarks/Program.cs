using SloPortal.Benchmarks;

switch (args.FirstOrDefault())
{
    case "ingest-core": IngestCore.Run(); break;
    case "ingest": await IngestBench.RunAsync(); break;
    case "evaluate": await Evaluate.RunAsync(); break;
    case "evaluate-scale": await EvaluateScale.RunAsync(); break;
    case "pages": await Pages.RunAsync(); break;
    case "bare-page": await BareServer.RunAsync(); break;
    default: Console.WriteLine("usage: benchmarks ingest-core | ingest | evaluate | evaluate-scale | pages"); break;
}
