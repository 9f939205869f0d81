using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Segments;

namespace SloPortal.Application.Measurement.Segments;

/// <summary>Counts the events of an SLI apart by one or two labels, from what the log holds on. Another choice takes the place of the one before it.</summary>
/// <param name="SliId">The SLI.</param>
/// <param name="Labels">One or two labels of its series.</param>
/// <param name="Cap">The most segments, 2 to 200; further values are counted together.</param>
public sealed record SplitSli(int SliId, IReadOnlyList<string> Labels, int Cap = SliSplit.UsualCap)
{
    /// <summary>What is told when a split is set or ended.</summary>
    public static string Topic(int sliId) => $"split/{sliId}";

    public sealed class Validator : AbstractValidator<SplitSli>
    {
        public Validator()
        {
            RuleFor(r => r.Labels).MustBeSplitLabels();
            RuleFor(r => r.Cap).MustBeSplitCap();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(SplitSli request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SplitSli, Done>(request, actor, Permission.OwnServices, change => ApplyAsync(request, change, ct), ct);

        /// <summary>The same inside a change that does more.</summary>
        internal static async Task<Outcome<Done>> ApplyAsync(SplitSli request, Change change, CancellationToken ct)
        {
            var found = await OwnedSli.FindAsync(change, request.SliId, ct);
            if (!found.Succeeded)
                return found.Refusal;
            var sli = found.Value;
            if (sli.ArchivedAt is not null)
                return Refusal.Conflict("The SLI is archived and counts nothing any more.");
            if (SliSplit.Obstacle(sli.Definition) is { } obstacle)
                return Refusal.Invalid(obstacle);
            if (request.Labels.Select(SliSplit.Problem).FirstOrDefault(p => p is not null) is { } problem)
                return Refusal.Invalid(nameof(Labels), problem);

            string[] labels = [.. request.Labels];
            var connection = (NpgsqlConnection)change.Db.Database.GetDbConnection();
            // From here on the head is locked, so nobody counts until the writers know of the split.
            var history = await SplitBackfill.FoldAsync(connection, sli.Id, sli.Definition, sli.SourceId, labels, request.Cap, ct);
            if (await change.Db.SliSplits.SingleOrDefaultAsync(s => s.SliId == sli.Id && s.EndedAt == null, ct) is { } before)
            {
                if (before.Labels.SequenceEqual(labels) && before.Cap == request.Cap)
                    return Refusal.Conflict("The SLI is split like this already.");
                before.End(change.Actor.Name, change.Now);
                // One split of an SLI is in force at a time, and the database holds to it row by row.
                await change.Db.SaveChangesAsync(ct);
            }
            var split = new SliSplit(sli.Id, labels, request.Cap, await history.SinceAsync(connection, change.Now, ct), change.Actor.Name, change.Now);
            change.Db.SliSplits.Add(split);
            await change.Db.SaveChangesAsync(ct);
            var segments = await history.StoreAsync(connection, split, ct);
            change.Audit("sli.split", "sli", sli.Id, sli.Name, new { labels, request.Cap, split.Since, segments });
            change.Publish(Topic(sli.Id));
            return Done.Value;
        }
    }
}
