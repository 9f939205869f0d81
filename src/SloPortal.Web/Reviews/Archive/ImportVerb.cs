using System.Data.Common;
using System.Globalization;
using SloPortal.Application;
using SloPortal.Application.Reviews.Archive.Import;
using SloPortal.Domain.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Reviews.Archive;

/// <summary>Exit code 0 when every file is in the archive, 1 when some were refused, 2 when there is nothing to import.</summary>
internal sealed class ImportVerb : IVerb
{
    private const string Usage = "Usage: sloportal import postmortems FOLDER [--dry-run]";

    public string Name => "import postmortems";

    public string Summary => "FOLDER [--dry-run]: publishes the Markdown files of a folder";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, IServiceProvider services, TextWriter output, CancellationToken ct)
    {
        var dryRun = arguments.Contains("--dry-run");
        if (arguments.Where(a => a != "--dry-run").ToArray() is not ["import", "postmortems", var folder])
        {
            await output.WriteLineAsync(Usage);
            return 2;
        }
        if (!Directory.Exists(folder))
        {
            await output.WriteLineAsync($"There is no folder {folder}.");
            return 2;
        }
        var files = await ReadAsync(folder, ct);
        try
        {
            await PortalDatabase.PrepareAsync(services, ct);
        }
        catch (DbException)
        {
            await output.WriteLineAsync("The database does not answer. Check ConnectionStrings__Portal and that PostgreSQL runs, and try again.");
            return 2;
        }
        var outcome = await services.GetRequiredService<ImportPostmortems.Handler>().HandleAsync(new ImportPostmortems(files, dryRun), Actor.System("import"), ct);
        if (!outcome.Succeeded)
        {
            await output.WriteLineAsync(outcome.Refusal.Message);
            return 2;
        }
        foreach (var line in outcome.Value.Files)
            await output.WriteLineAsync(Describe(line));
        await output.WriteLineAsync(ImportWords.Sum(outcome.Value));
        return outcome.Value.Count(ImportFate.Refused) == 0 ? 0 : 1;
    }

    private static string Describe(ImportLine line)
    {
        var at = line.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $"{line.File}:{number}") : line.File;
        var what = line.Title is null ? "" : $" \"{line.Title}\"";
        return $"{at}: {ImportWords.Of(line.Fate)}{(line.Code is null ? "" : $" as {line.Code}")}{what}{(line.Says is null ? "" : $". {line.Says}")}";
    }

    /// <summary>One that is too large is read so far that it is refused by its size.</summary>
    private static async Task<List<ImportedFile>> ReadAsync(string folder, CancellationToken ct)
    {
        var files = new List<ImportedFile>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal).Take(ImportPostmortems.MostFiles + 1))
        {
            await using var stream = File.OpenRead(path);
            files.Add(new ImportedFile(Path.GetFileName(path), await PostmortemUpload.ReadTextAsync(stream, ct)));
        }
        return files;
    }
}
