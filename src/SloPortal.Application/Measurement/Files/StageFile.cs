using System.Security.Cryptography;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Files;

/// <summary>Takes a file in, so that its rows can be looked at and then counted. Nothing is counted yet.</summary>
/// <param name="SliId">For which its rows will count; may be left out where the source is known.</param>
/// <param name="SourceId">The source whose mapping it follows; null begins a new one.</param>
/// <param name="Name">Of the file.</param>
/// <param name="Content">Its bytes, read once.</param>
public sealed record StageFile(int? SliId, int? SourceId, string Name, Stream Content)
{
    /// <summary>The largest file that is taken, in bytes.</summary>
    public const long MostBytes = 50L << 20;

    public sealed class Validator : AbstractValidator<StageFile>
    {
        public Validator()
        {
            RuleFor(r => r.Name).NotEmpty().WithMessage("Name the file.").MaximumLength(300).WithMessage("The name of a file has at most 300 characters.");
            RuleFor(r => r.SliId).NotNull().When(r => r.SourceId is null).WithMessage("Choose the SLI for which the rows count.");
        }
    }

    public sealed class Handler(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<Guid>> HandleAsync(StageFile request, Actor actor, CancellationToken ct)
        {
            var begun = await BeginAsync(request, actor, ct);
            if (!begun.Succeeded)
                return begun.Refusal;
            var run = begun.Value;
            try
            {
                var (size, hash) = await StoreAsync(run, request.Content, ct);
                var outcome = size == 0 ? Refusal.Invalid("The file is empty.")
                    : size > MostBytes ? Refusal.Invalid($"The file has more than {MostBytes >> 20} MB. Bring it in several parts; rows that overlap count once.")
                    : await FinishAsync(request, run, size, hash, actor, ct);
                if (!outcome.Succeeded)
                    await ForgetAsync(run);
                return outcome;
            }
            catch
            {
                await ForgetAsync(run);
                throw;
            }
        }

        private async Task<Outcome<Guid>> BeginAsync(StageFile request, Actor actor, CancellationToken ct)
        {
            if (work.Validate(request) is { } invalid)
                return invalid;
            await using var db = await contexts.CreateDbContextAsync(ct);
            var feed = request.SourceId is { } source ? await db.FileFeeds.AsNoTracking().SingleOrDefaultAsync(f => f.SourceId == source, ct) : null;
            if (request.SourceId is not null && (feed is null || (request.SliId is { } asked && asked != feed.SliId)))
                return Refusal.NotFound("The source of files");
            var sli = await FeedAccess.FindAsync(db, feed?.SliId ?? request.SliId!.Value, actor, ct);
            if (!sli.Succeeded)
                return sli.Refusal;
            var run = new FileRun(Guid.CreateVersion7(), sli.Value.Id, SafeText.Of(request.Name.Trim(), 300), actor.PersonId, actor.Name, clock.GetUtcNowInMicroseconds());
            if (feed is not null)
                run.Propose(feed.SourceId, feed.Mapping);
            db.Add(run);
            await db.SaveChangesAsync(ct);
            return run.Id;
        }

        private async Task<(long Size, byte[] Hash)> StoreAsync(Guid run, Stream content, CancellationToken ct)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[PartsStream.PartLength];
            long size = 0;
            for (var number = 0; size <= MostBytes; number++)
            {
                var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
                if (length == 0)
                    break;
                size += length;
                hash.AppendData(buffer, 0, length);
                await using var db = await contexts.CreateDbContextAsync(ct);
                db.Add(new FileRunPart(run, number, buffer[..length]));
                await db.SaveChangesAsync(ct);
            }
            return (size, hash.GetHashAndReset());
        }

        private Task<Outcome<Guid>> FinishAsync(StageFile request, Guid id, long size, byte[] hash, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<StageFile, Guid>(request, actor, Permission.SendSamples, async change =>
            {
                var run = await change.Db.FileRuns.SingleAsync(r => r.Id == id, ct);
                run.Arrive(size, hash);
                change.Audit("file.uploaded", "file", id, run.Name, new { run.SliId, run.SourceId, size, sha256 = Convert.ToHexStringLower(hash) });
                return id;
            }, ct);

        private async Task ForgetAsync(Guid run)
        {
            await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
            await db.FileRuns.Where(r => r.Id == run).ExecuteDeleteAsync(CancellationToken.None);
        }
    }
}
