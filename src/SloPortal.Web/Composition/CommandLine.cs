using SloPortal.Web.Audit;
using SloPortal.Web.Common;
using SloPortal.Web.Measurement.Probes;
using SloPortal.Web.Objectives.AsCode;
using SloPortal.Web.Reviews.Archive;

namespace SloPortal.Web.Composition;

/// <summary>What the program does from the command line instead of serving.</summary>
internal static class CommandLine
{
    private static readonly IVerb[] Verbs = [new VerifyAuditVerb(), new VerifyArchiveVerb(), new ImportVerb(), new ImportObjectivesVerb(), new ProbeVerb()];

    /// <summary>The verb that the arguments ask for; null serves the portal. Options such as <c>--demo</c> are no verbs.</summary>
    public static IVerb? Find(IReadOnlyList<string> arguments) =>
        arguments.Count == 0 || arguments[0].StartsWith('-') || arguments[0].Contains('=', StringComparison.Ordinal) ? null
        : Verbs.FirstOrDefault(v => v.Name.Split(' ').SequenceEqual(arguments.Take(v.Name.Count(c => c == ' ') + 1))) ?? new HelpVerb();

    private sealed class HelpVerb : IVerb
    {
        public string Name => "help";

        public string Summary => "lists the commands";

        public bool NeedsPortal => false;

        public Task<int> RunAsync(IReadOnlyList<string> arguments, IServiceProvider services, TextWriter output, CancellationToken ct)
        {
            output.WriteLine("Usage: sloportal [command]");
            output.WriteLine("Without a command the portal serves. Commands:");
            foreach (var verb in Verbs.Append(this))
                output.WriteLine($"  {verb.Name,-20}{verb.Summary}");
            return Task.FromResult(arguments is [] or ["help", ..] ? 0 : 2);
        }
    }
}
