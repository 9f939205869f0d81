using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Ingest.Writing;

/// <summary>The source of a token: it appears with the first request and is named as the token.</summary>
public sealed class TokenSources(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
{
    private const int MostNames = 100;

    private readonly ConcurrentDictionary<(Guid TokenId, SourceKind Kind), int> _known = new();

    /// <summary>The number of the source, or why the actor may not send.</summary>
    public async ValueTask<Outcome<int>> FindAsync(Actor actor, SourceKind kind, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Permission.SendSamples))
        {
            return Denial.Of(actor, Permission.SendSamples);
        }

        if (actor.TokenId is not { } tokenId)
        {
            return Refusal.Denied("Samples are sent with an API token, not from a signed-in session. Make one under Settings, API tokens.");
        }

        return _known.TryGetValue((tokenId, kind), out var id) ? id : _known[(tokenId, kind)] = await FindOrAddAsync(tokenId, kind, ct);
    }

    private async Task<int> FindOrAddAsync(Guid tokenId, SourceKind kind, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await db.Sources.Where(s => s.TokenId == tokenId && s.Kind == kind).Select(s => (int?)s.Id).SingleOrDefaultAsync(ct) is { } id)
            {
                return id;
            }

            var token = await db.ApiTokens.Where(t => t.Id == tokenId).Select(t => t.Name).SingleAsync(ct);
            var source = Source.OfToken(kind, tokenId, attempt == 1 ? token : $"{token} ({attempt})", clock.GetUtcNowInMicroseconds());
            db.Sources.Add(source);
            try
            {
                await db.SaveChangesAsync(ct);
                return source.Id;
            }
            catch (DbUpdateException e) when (attempt < MostNames && e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
            {
                // Another portal was faster, or another source has the name.
            }
        }
    }
}
