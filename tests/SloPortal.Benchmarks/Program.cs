using System.Globalization;
using SloPortal.Benchmarks;

switch (args.FirstOrDefault())
{
    case "ingest-core": IngestCore.Run(); break;
    case "ingest": await IngestBench.RunAsync(args.Length > 1 ? [.. args.Skip(1).Select(a => int.Parse(a, CultureInfo.InvariantCulture))] : [5_000, 100_000]); break;
    case "sustain": await Sustain.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000); break;
    case "pressure": await Pressure.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000, args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 10); break;
    case "evaluate": await Evaluate.RunAsync(); break;
    case "evaluate-scale": await EvaluateScale.RunAsync(); break;
    case "restart": await Restart.RunAsync(); break;
    case "sloth-mean": await SlothMean.RunAsync(); break;
    case "pages": await Pages.RunAsync(); break;
    case "portfolio": await Pages.RunAsync(portfolio: true); break;
    case "archive": await Archive.RunAsync(args.ElementAtOrDefault(1)); break;
    case "replay": await Replay.RunAsync(); break;
    case "flood": await Flood.RunAsync(); break;
    case "timeline-live": await TimelineLive.RunAsync(); break;
    case "nab": Nab.Run(args.ElementAtOrDefault(1)); break;
    case "bare-page": await BareServer.RunAsync(); break;
    default: Console.WriteLine("usage: benchmarks ingest-core | ingest [SERIES...] | sustain [SERIES] | pressure [SERIES [MINUTES]] | evaluate | evaluate-scale | restart | sloth-mean | pages | portfolio | archive [FOLDER] | replay | nab [FOLDER] | timeline-live | flood"); break;
}
