using SloPortal.Benchmarks;

switch (args.FirstOrDefault())
{
    case "ingest-core": IngestCore.Run(); break;
    case "evaluate": await Evaluate.RunAsync(); break;
    case "evaluate-scale": await EvaluateScale.RunAsync(); break;
    default: Console.WriteLine("usage: benchmarks ingest-core | evaluate | evaluate-scale"); break;
}
