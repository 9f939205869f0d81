using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Files.Reading;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Files;

/// <summary>Counts the rows of a file that waits, in the background. The mapping is kept under its name for the next file.</summary>
/// <param name="RunId">The upload.</param>
/// <param name="Mapping">What the columns mean; null takes that of the source.</param>
/// <param name="Source">Name of a new source; left out where the upload belongs to one.</param>
public sealed record StartFileRun(Guid RunId, RowMapping? Mapping = null, string? Source = null)
{
    public sealed class Validator : AbstractValidator<StartFileRun>
    {
        public Validator()
        {
            RuleFor(r => r.Source).MaximumLength(100).WithMessage("A name has at most 100 characters.");
            RuleFor(r => r.Mapping).MustBeMapping();
        }
    }

    public sealed class Handler(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, IngestSettings settings)
    {
        public Task<Outcome<int>> HandleAsync(StartFileRun request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<StartFileRun, int>(request, actor, Permission.SendSamples, async change =>
            {
                var run = await change.Db.FileRuns.SingleOrDefaultAsync(r => r.Id == request.RunId, ct);
                if (run is null)
                    return Refusal.NotFound("The upload");
                var sli = await FeedAccess.FindAsync(change.Db, run.SliId, actor, ct);
                if (!sli.Succeeded)
                    return sli.Refusal;
                if (run.State != FileRunState.Draft || run.Size == 0)
                    return Refusal.Conflict("The rows of this file are being counted already.");
                if ((request.Mapping ?? run.Mapping) is not { } mapping)
                    return Refusal.Invalid("Say what the columns mean.");
                if (await ProblemsAsync(run.Id, mapping, change.Now, ct) is { } problem)
                    return problem;
                var source = await SourceAsync(change, run, request.Source, mapping, sli.Value, ct);
                if (!source.Succeeded)
                    return source.Refusal;
                run.Start(source.Value.Id, mapping);
                change.Audit("file-run.started", "file", run.Id, run.Name, new { sli = sli.Value.Name, service = sli.Value.Service, source = source.Value.Name, run.Size, mapping });
                change.Publish("sources");
                return source.Value.Id;
            }, ct);

        private async Task<Refusal?> ProblemsAsync(Guid run, RowMapping mapping, DateTimeOffset now, CancellationToken ct)
        {
            if (mapping.Format == RowFormat.Lines && !LinePattern.TryCreate(mapping.Pattern, out _, out var sentence))
                return Refusal.Invalid("Pattern", sentence);
            try
            {
                using var rows = await FileText.OpenRowsAsync(new PartsStream(contexts, run), mapping, ct);
                return RowReader.TryCreate(mapping, rows.Columns, now, settings.OldestSample, out _, out var problems) ? null
                    : new Refusal(RefusalKind.Invalid, string.Join(" ", problems.Values.SelectMany(p => p)), problems);
            }
            catch (InvalidDataException e)
            {
                return Refusal.Invalid($"The file cannot be read: {e.Message}");
            }
        }

        private static async Task<Outcome<Source>> SourceAsync(Change change, FileRun run, string? name, RowMapping mapping, FedSli sli, CancellationToken ct)
        {
            if (run.SourceId is { } id)
            {
                var feed = await change.Db.FileFeeds.SingleAsync(f => f.SourceId == id, ct);
                feed.Map(mapping);
                return await change.Db.Sources.SingleAsync(s => s.Id == id, ct);
            }
            return await CreateFileFeed.Handler.AddAsync(change, name, mapping, null, sli, ct);
        }
    }
}
