using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Files;

/// <summary>Keeps a mapping under a name, as a source to which files can be sent.</summary>
/// <param name="Name">Unique among the sources.</param>
/// <param name="SliId">The SLI of pushed counts for which rows count.</param>
/// <param name="Mapping">What the columns mean.</param>
public sealed record CreateFileFeed(string Name, int SliId, RowMapping Mapping)
{
    public sealed class Validator : AbstractValidator<CreateFileFeed>
    {
        public Validator()
        {
            RuleFor(r => r.Name).MustBeFeedName();
            RuleFor(r => r.Mapping).NotNull().WithMessage("Say what the columns mean.").MustBeMapping();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<int>> HandleAsync(CreateFileFeed request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateFileFeed, int>(request, actor, Permission.SendSamples, async change =>
            {
                var sli = await FeedAccess.FindAsync(change.Db, request.SliId, actor, ct);
                if (!sli.Succeeded)
                    return sli.Refusal;
                var source = await AddAsync(change, request.Name, request.Mapping, null, sli.Value, ct);
                if (!source.Succeeded)
                    return source.Refusal;
                change.Publish("sources");
                return source.Value.Id;
            }, ct);

        /// <summary>The same inside a change that does more.</summary>
        internal static async Task<Outcome<Source>> AddAsync(Change change, string? name, RowMapping mapping, string? folder, FedSli sli, CancellationToken ct)
        {
            if (name?.Trim() is not { Length: > 0 } given)
                return Refusal.Invalid("Source", "Name the source, so that the next file can use the same mapping.");
            if (await change.Db.Sources.AnyAsync(s => s.Name == given, ct))
                return Refusal.Invalid("Source", "Another source has this name. Choose another, or bring the file there.");
            var source = Source.OfFiles(given, change.Now);
            change.Db.Sources.Add(source);
            await change.Db.SaveChangesAsync(ct);
            change.Db.FileFeeds.Add(new FileFeed(source.Id, sli.Id, mapping, folder));
            change.Audit("source.created", "source", source.Id, source.Name, new { kind = source.Kind, sli = sli.Name, service = sli.Service, folder, mapping });
            return source;
        }
    }
}
