using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.AsCode.OpenSlo;
using SloPortal.Application.Objectives.AsCode.Reading;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives.AsCode.Importing;

/// <summary>
/// Brings services, SLIs and objectives to what files of OpenSLO or Sloth say, all of it or nothing. Terms of an objective become a proposal
/// that waits for its two signatures; nothing is signed by an import. A dry run is the same work, taken back at the end.
/// </summary>
/// <param name="DryRun">Only tells what would happen.</param>
/// <param name="Managed">The objectives are changed in the files from now on, and in the portal no more.</param>
/// <param name="Team">Slug of the team that owns new services whose file does not name one.</param>
/// <param name="Source">Name of the source of new SLIs whose file does not name one.</param>
/// <param name="Owner">E-mail of who signs for the team, where the file does not name them.</param>
/// <param name="Stakeholder">E-mail of who signs for those who depend on it, where the file does not name them.</param>
public sealed record ImportObjectives(
    IReadOnlyList<CodeSource> Files, bool DryRun = false, bool Managed = false, string? Team = null, string? Source = null, string? Owner = null, string? Stakeholder = null)
{
    public const int MostFiles = 500;

    public sealed class Handler(UnitOfWork work, ImportSteps steps)
    {
        // The change is taken back by refusing it; nobody reads this.
        private static readonly Refusal TakenBack = Refusal.Conflict("Nothing was changed.");

        public async Task<Outcome<CodeReport>> HandleAsync(ImportObjectives request, Actor actor, CancellationToken ct)
        {
            ArgumentNullException.ThrowIfNull(request);
            ArgumentNullException.ThrowIfNull(actor);
            if (!actor.May(Permission.OwnServices))
                return Denial.Of(actor, Permission.OwnServices);
            if (request.Files is not { Count: > 0 } || request.Files.Any(f => f is not { Name.Length: > 0, Text: not null }))
                return Refusal.Invalid(nameof(Files), "There is no file to import. Choose files of OpenSLO or Sloth (.yaml, .yml or .json).");
            if (request.Files.Count > MostFiles)
                return Refusal.Invalid(nameof(Files), string.Create(CultureInfo.InvariantCulture, $"At most {MostFiles} files are imported at a time."));
            if (request.Managed && request.Files.FirstOrDefault(f => f.Name.Length > 500) is not null)
                return Refusal.Invalid(nameof(Files), "The path of a file that manages objectives has at most 500 characters.");
            var first = await RunAsync(request, actor, ct);
            if (!first.Succeeded || !first.Value.Applied || first.Value.Count(CodeFate.Later) == 0)
                return first;
            // What the log held was counted for new SLIs by the commit, so that their objectives may have a history now.
            var second = await RunAsync(request, actor, ct);
            return second.Succeeded && second.Value.Applied ? first.Value with { Lines = Join(first.Value.Lines, second.Value.Lines) } : first;
        }

        private static IReadOnlyList<CodeLine> Join(IReadOnlyList<CodeLine> first, IReadOnlyList<CodeLine> second) =>
            [.. first.Select(l => l.Fate != CodeFate.Later ? l : second.FirstOrDefault(s => (s.Kind, s.Name) == (l.Kind, l.Name)) ?? l)];

        private async Task<Outcome<CodeReport>> RunAsync(ImportObjectives request, Actor actor, CancellationToken ct)
        {
            CodeReport? report = null;
            var outcome = await work.ChangeAsync<ImportObjectives, CodeReport>(request, actor, Permission.OwnServices, async change =>
            {
                report = await ReadAndApplyAsync(request, change, ct);
                return request.DryRun || report.IsRefused || !report.ChangesSomething ? TakenBack : report;
            }, ct);
            return outcome.Succeeded ? outcome.Value with { Applied = true }
                : report is not null && ReferenceEquals(outcome.Refusal, TakenBack) ? report : outcome.Refusal;
        }

        /// <summary>By which name an object is known: an SLO by its service as well.</summary>
        private static IEnumerable<(ObjectHead Head, string Name)> Named(SloSet set) =>
            set.Objectives.Select(o => (o.Head, $"{o.Service}/{o.Head.Name}")).Concat(set.Heads().Where(h => h.Kind != "SLO").Select(h => (h, h.Name))).Where(n => n.Item1.Name.Length > 0);

        private async Task<CodeReport> ReadAndApplyAsync(ImportObjectives request, Change change, CancellationToken ct)
        {
            var (set, findings) = (new SloSet(), new Findings());
            foreach (var file in request.Files)
                SloFile.Read(file, set, findings);
            foreach (var twice in Named(set).GroupBy(n => (n.Head.Kind, n.Name), n => n.Head).Where(g => g.Count() > 1))
            {
                var first = twice.First();
                foreach (var head in twice.Skip(1))
                    findings.Refuse(head.File, head.Line, $"There are two objects {head.Kind} named \"{twice.Key.Name}\"; the first is in {first.File}, line {first.Line}.");
            }
            // What is refused already is only tried, so that everything else that is wrong is said too.
            var lines = await steps.RunAsync(findings.HasRefusal ? request with { DryRun = true } : request, set, findings, change, ct);
            return new CodeReport(lines, findings.All, Applied: false);
        }
    }
}
