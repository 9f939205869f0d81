using System.Data.Common;
using System.Globalization;
using SloPortal.Application;
using SloPortal.Application.Objectives.AsCode.Importing;
using SloPortal.Application.Objectives.AsCode.OpenSlo;
using SloPortal.Domain.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Objectives.AsCode;

/// <summary>Exit code 0 when the portal is as the files say, 1 when something was refused and so nothing changed, 2 when there is nothing to import.</summary>
internal sealed class ImportObjectivesVerb : IVerb
{
    private const string Usage = "Usage: sloportal import openslo PATH [--dry-run] [--managed] [--team SLUG] [--source NAME] [--owner EMAIL] [--stakeholder EMAIL]";

    public string Name => "import openslo";

    public string Summary => "PATH [--dry-run] [--managed]: brings objectives to what files of OpenSLO or Sloth say";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        if (Read(arguments) is not { } given)
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }
        if (!File.Exists(given.Path) && !Directory.Exists(given.Path))
        {
            await output.WriteLineAsync($"There is no file or folder {given.Path}.");
            return 2;
        }
        var files = await ReadAsync(given.Path, ct);
        try
        {
            await PortalDatabase.PrepareAsync(services, ct);
        }
        catch (DbException)
        {
            await output.WriteLineAsync("The database does not answer. Check ConnectionStrings__Portal and that PostgreSQL runs, and try again.");
            return 2;
        }
        var outcome = await services.GetRequiredService<ImportObjectives.Handler>().HandleAsync(given.Import with { Files = files }, Actor.System("import"), ct);
        if (!outcome.Succeeded)
        {
            await output.WriteLineAsync(outcome.Refusal.Message);
            return 2;
        }
        var report = outcome.Value;
        foreach (var finding in report.Findings)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{finding.File}:{finding.Line}: {(finding.IsRefusal ? "refused" : "warning")}: {finding.Says}"));
        foreach (var line in report.Lines.Where(l => l.Fate != CodeFate.Refused))
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{line.File}:{line.Line}: {line.Kind} {line.Name}: {CodeWords.Of(line.Fate, !report.Applied)}{(line.Says is null ? "" : $". {line.Says}")}"));
            foreach (var change in line.Changes)
                await output.WriteLineAsync($"    {CodeWords.Describe(change)}");
        }
        await output.WriteLineAsync(CodeWords.Sum(report));
        return report.IsRefused ? 1 : 0;
    }

    private static (string Path, ImportObjectives Import)? Read(IReadOnlyList<string> arguments)
    {
        var import = new ImportObjectives([]);
        string? path = null;
        for (var i = 2; i < arguments.Count; i++)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--dry-run":
                    import = import with { DryRun = true };
                    break;
                case "--managed":
                    import = import with { Managed = true };
                    break;
                case "--team" or "--source" or "--owner" or "--stakeholder" when value is not null:
                    import = arguments[i++] switch
                    {
                        "--team" => import with { Team = value },
                        "--source" => import with { Source = value },
                        "--owner" => import with { Owner = value },
                        _ => import with { Stakeholder = value },
                    };
                    break;
                case var other when path is null && !other.StartsWith("--", StringComparison.Ordinal):
                    path = other;
                    break;
                default:
                    return null;
            }
        }
        return path is null ? null : (path, import);
    }

    /// <summary>A file, or those of a folder and its folders, by path. One that is too large is read so far that it is refused by its size.</summary>
    private static async Task<List<CodeSource>> ReadAsync(string path, CancellationToken ct)
    {
        var paths = File.Exists(path) ? [path]
            : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".yaml" or ".yml" or ".json").Order(StringComparer.Ordinal).Take(ImportObjectives.MostFiles + 1);
        var files = new List<CodeSource>();
        foreach (var file in paths)
        {
            await using var stream = File.OpenRead(file);
            files.Add(new CodeSource(file, await CodeUpload.ReadTextAsync(stream, ct)));
        }
        return files;
    }
}
