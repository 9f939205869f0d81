using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Files.Watching;

/// <summary>Lets a source take the files of a folder of the portal's machine, or stops it. Only administrators may, since the portal then shows what is there.</summary>
/// <param name="SourceId">A source of files.</param>
/// <param name="Folder">Below the root that the settings name; null or empty watches none.</param>
public sealed record WatchFolder(int SourceId, string? Folder)
{
    public sealed class Validator : AbstractValidator<WatchFolder>
    {
        public Validator() => RuleFor(r => r.Folder).MaximumLength(1000).WithMessage("A path has at most 1,000 characters.");
    }

    public sealed class Handler(UnitOfWork work, IOptions<WatchSettings> settings)
    {
        public Task<Outcome<Done>> HandleAsync(WatchFolder request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<WatchFolder, Done>(request, actor, Permission.Administer, async change =>
            {
                var feed = await change.Db.FileFeeds.SingleOrDefaultAsync(f => f.SourceId == request.SourceId, ct);
                if (feed is null)
                    return Refusal.NotFound("The source of files");
                var folder = string.IsNullOrWhiteSpace(request.Folder) ? null : request.Folder.Trim();
                if (folder is not null && !WatchedFolder.TryOpen(settings.Value.WatchedRoot, folder, out _, out var problem))
                    return Refusal.Invalid(nameof(Folder), problem);
                feed.Watch(folder);
                var name = await change.Db.Sources.Where(s => s.Id == feed.SourceId).Select(s => s.Name).SingleAsync(ct);
                change.Audit("source.folder-watched", "source", feed.SourceId, name, new { folder });
                change.Publish("sources");
                return Done.Value;
            }, ct);
    }
}
