using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Reviews.Writing;

namespace SloPortal.Application.Reviews.Archive.Import;

public enum ImportFate
{
    Imported,
    /// <summary>A dry run: it would be.</summary>
    WouldBeImported,
    /// <summary>It is in the archive already; nothing changed.</summary>
    Known,
    Refused,
}

/// <summary>What became of a file.</summary>
/// <param name="Code">Of the postmortem in the archive; null where there is none.</param>
/// <param name="Line">Where the file is wrong; null where it is not.</param>
/// <param name="Says">Why it was refused, or what was done in place of a missing field.</param>
public sealed record ImportLine(string File, ImportFate Fate, string? Title, string? Code, int? Line, string? Says);

/// <summary>Of each file, in the order given.</summary>
public sealed record ImportReport(IReadOnlyList<ImportLine> Files)
{
    public int Count(ImportFate fate) => Files.Count(f => f.Fate == fate);
}

/// <summary>
/// Takes postmortems that were written and published elsewhere into the archive, published at once. Each file stands alone: one that is
/// refused keeps no other out, and one that is in the archive already changes nothing.
/// </summary>
/// <param name="DryRun">Only tells what would happen.</param>
public sealed record ImportPostmortems(IReadOnlyList<ImportedFile> Files, bool DryRun = false)
{
    public const int MostFiles = 5000;

    public sealed class Handler(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<ImportReport>> HandleAsync(ImportPostmortems request, Actor actor, CancellationToken ct)
        {
            ArgumentNullException.ThrowIfNull(request);
            // It goes round the approval by a second person.
            if (!actor.May(Permission.Administer))
                return Denial.Of(actor, Permission.Administer);
            if (request.Files is not { Count: > 0 })
                return Refusal.Invalid(nameof(Files), "There is no Markdown file (.md) to import.");
            if (request.Files.Count > MostFiles)
                return Refusal.Invalid(nameof(Files), string.Create(CultureInfo.InvariantCulture, $"At most {MostFiles:N0} files are imported at a time."));
            var lines = new List<ImportLine>(request.Files.Count);
            var seen = new HashSet<Guid>();
            foreach (var file in request.Files)
                lines.Add(await TakeAsync(file, seen, request.DryRun, actor, ct));
            return new ImportReport(lines);
        }

        private async Task<ImportLine> TakeAsync(ImportedFile file, HashSet<Guid> seen, bool dryRun, Actor actor, CancellationToken ct)
        {
            PostmortemFile read;
            try
            {
                read = PostmortemFile.Read(file);
            }
            catch (FileRefusedException e)
            {
                return new ImportLine(file.Name, ImportFate.Refused, null, null, e.Line, e.Message);
            }
            if (await KnownAsync(read.Key, ct) is { } number)
                return new ImportLine(file.Name, ImportFate.Known, read.Text.Title, Postmortem.CodeOf(number), null, null);
            if (dryRun)
                return new ImportLine(file.Name, seen.Add(read.Key) ? ImportFate.WouldBeImported : ImportFate.Known, read.Text.Title, null, null, read.Note);
            var outcome = await AddAsync(file.Name, read, actor, ct);
            if (outcome.Succeeded)
                return new ImportLine(file.Name, ImportFate.Imported, read.Text.Title, outcome.Value, null, read.Note);
            // Somebody else imported it in this moment, or it was refused.
            return await KnownAsync(read.Key, ct) is { } theirs
                ? new ImportLine(file.Name, ImportFate.Known, read.Text.Title, Postmortem.CodeOf(theirs), null, null)
                : new ImportLine(file.Name, ImportFate.Refused, read.Text.Title, null, null, outcome.Refusal.Message);
        }

        private async Task<int?> KnownAsync(Guid key, CancellationToken ct)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            return await db.Postmortems.Where(p => p.Id == key).Select(p => (int?)p.Number).SingleOrDefaultAsync(ct);
        }

        private async Task<Outcome<string>> AddAsync(string name, PostmortemFile file, Actor actor, CancellationToken ct)
        {
            var request = new ImportPostmortems([]);
            return await work.ChangeAsync<ImportPostmortems, string>(request, actor, Permission.Administer, async change =>
            {
                var postmortem = new Postmortem(file.Key, null, file.Text.Title, change.Now, actor.PersonId);
                var revised = postmortem.Revise(file.Text, actor.PersonId, actor.Name, change.Now);
                if (!revised.Succeeded)
                    return revised.Refusal;
                postmortem.Place(null, file.StartedAt, file.EndedAt, file.Origin);
                postmortem.Factors.AddRange(file.Factors.Select(f => new PostmortemFactor(file.Key, f, "")));
                if (postmortem.PublishImported(change.Now) is { } refusal)
                    return refusal;
                change.Db.Postmortems.Add(postmortem);
                change.Db.PostmortemRevisions.Add(revised.Value);
                await change.Db.SaveChangesAsync(ct);
                change.Audit("postmortem.imported", "postmortem", postmortem.Id, postmortem.Code, new { postmortem.Title, postmortem.Origin, file.Source, File = name });
                change.Publish("postmortems");
                return postmortem.Code;
            }, ct);
        }
    }
}
