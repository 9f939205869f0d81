using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Pull.Backfills;
using SloPortal.Application.Measurement.Segments;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Slis;

/// <summary>Adds an SLI to a service, for its team, and counts for it what the log holds of the last hours.</summary>
/// <param name="Service">Slug of the service.</param>
/// <param name="Slug">Unique within the service.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it says about the service, for readers.</param>
/// <param name="SourceId">The source whose series count; required where series are read, since the same series often arrives by two ways.</param>
/// <param name="Definition">What is counted; it never changes afterwards.</param>
/// <param name="Split">By which labels it is counted apart as well; null for none, which can be changed later.</param>
public sealed record CreateSli(string Service, string Slug, string Name, string Description, int? SourceId, SliDraft Definition, SplitDraft? Split = null)
{
    public sealed class Validator : AbstractValidator<CreateSli>
    {
        public Validator()
        {
            RuleFor(r => r.Service).NotEmpty().WithMessage("Choose the service.");
            RuleFor(r => r.Slug).MustBeSlug();
            RuleFor(r => r.Name).MustBeSliName();
            RuleFor(r => r.Description).MustBeSliDescription();
            RuleFor(r => r.Definition).NotNull().WithMessage("Say what the SLI counts.");
            RuleFor(r => r.Split!.Labels).MustBeSplitLabels().When(r => r.Split is not null);
            RuleFor(r => r.Split!.Cap).MustBeSplitCap().When(r => r.Split is not null);
            RuleFor(r => r.SourceId).NotNull().When(r => r.Definition is { Kind: not (SliKind.Pushed or SliKind.Composite) })
                .WithMessage("Choose the source whose series count. The same series often arrives by two ways and would count twice.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<int>> HandleAsync(CreateSli request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateSli, int>(request, actor, Permission.OwnServices, change => ApplyAsync(request, change, isTrial: false, ct), ct);

        /// <summary>The same inside a change that does more.</summary>
        /// <param name="request">The request.</param>
        /// <param name="change">The change.</param>
        /// <param name="isTrial">It will be taken back, so nothing is counted and ingest waits for nothing.</param>
        /// <param name="ct">Cancels.</param>
        internal static async Task<Outcome<int>> ApplyAsync(CreateSli request, Change change, bool isTrial, CancellationToken ct)
        {
            if (!request.Definition.TryBuild(out var definition, out var refusal))
                return refusal;
            var service = await change.Db.Services.SingleOrDefaultAsync(s => s.Slug == request.Service && s.ArchivedAt == null, ct);
            if (service is null)
                return Refusal.Invalid(nameof(Service), $"There is no service \"{request.Service}\".");
            if (!change.Actor.MayChangeFor(service.OwnerTeamId))
                return Denial.OfTeam(await change.Db.Teams.Where(t => t.Id == service.OwnerTeamId).Select(t => t.Name).SingleAsync(ct));
            if (await change.Db.Slis.AnyAsync(s => s.ServiceId == service.Id && s.Slug == request.Slug, ct))
                return Refusal.Invalid(nameof(Slug), $"The service {service.Name} already has an SLI \"{request.Slug}\". Choose another short name.");
            if (definition is Composite journey && await CompositeParts.MustBeCountedAsync(change.Db, journey, ct) is { } part)
                return part;
            if (request.SourceId is { } sourceId && await SourceProblemAsync(change, sourceId, definition, ct) is { } problem)
                return Refusal.Invalid(nameof(SourceId), problem);

            var sli = new Sli(service.Id, request.Slug, request.Name.Trim(), request.Description.Trim(), definition, request.SourceId, change.Now);
            change.Db.Slis.Add(sli);
            await change.Db.SaveChangesAsync(ct);
            change.Audit("sli.created", "sli", sli.Id, sli.Name, new { service = service.Slug, request.Slug, request.SourceId, definition = request.Definition });
            change.Publish("slis");
            // Also where no series is read: it locks the head, which every change does before it writes to the audit.
            if (isTrial)
                return sli.Id;
            var counted = await SliBackfill.RunAsync((NpgsqlConnection)change.Db.Database.GetDbConnection(), sli.Id, definition, request.SourceId, ct);
            if (await change.Db.Sources.AnyAsync(s => s.Id == request.SourceId && s.Kind == SourceKind.Pull, ct))
                change.Db.Backfills.Add(new Backfill(sli.Id, Backfill.Reach, change.Now, BackfillHeads.Of(counted)));
            if (definition is Composite composite)
                await CompositeParts.FollowAsync(change.Db, sli.Id, composite, ct);
            return request.Split is { } split && await SplitSli.Handler.ApplyAsync(new SplitSli(sli.Id, split.Labels, split.Cap), change, ct) is { Succeeded: false, Refusal: var unsplit }
                ? unsplit : sli.Id;
        }

        private static async Task<string?> SourceProblemAsync(Change change, int sourceId, SliDefinition definition, CancellationToken ct)
        {
            var source = await change.Db.Sources.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sourceId, ct);
            return (source?.Kind, definition) switch
            {
                (null, _) => "There is no such source.",
                (_, Composite) => "A journey counts other SLIs and has no source of its own.",
                ({ } kind, not PushedRatio) when !kind.SendsSeries() => $"The source {source!.Name} brings counts and sends no series.",
                (not SourceKind.Push, PushedRatio) => $"The source {source.Name} does not push; pushed counts come from a source that pushes, or from any.",
                _ => null,
            };
        }
    }
}
