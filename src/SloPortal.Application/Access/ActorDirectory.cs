using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Primitives;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;

namespace SloPortal.Application.Access;

/// <summary>
/// Who stands behind a session or a token, with the roles and teams of this moment: what an administrator takes away is gone
/// at once where the notice arrives, and within <see cref="Freshness"/> where it does not; never only at the next sign-in.
/// </summary>
public sealed class ActorDirectory : IDisposable
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(10);

    private readonly IDbContextFactory<PortalDbContext> contexts;
    private readonly IMemoryCache cache;
    private readonly TimeProvider clock;
    private readonly IDisposable subscription;
    private CancellationTokenSource generation = new();

    public ActorDirectory(IDbContextFactory<PortalDbContext> contexts, IMemoryCache cache, TimeProvider clock, PortalEvents events)
    {
        ArgumentNullException.ThrowIfNull(events);
        this.contexts = contexts;
        this.cache = cache;
        this.clock = clock;
        subscription = events.Subscribe("people", _ => Forget());
    }

    /// <summary>Null where the person does not exist or their account is closed.</summary>
    public async Task<Actor?> FindPersonAsync(Guid personId, CancellationToken ct) => (await FindAsync(personId, ct))?.Actor;

    /// <summary>Null where the session's person does not exist, their account is closed, or all their sessions were ended since.</summary>
    public async Task<Actor?> FindSessionAsync(Guid personId, string stamp, CancellationToken ct) =>
        await FindAsync(personId, ct) is { } known && known.Stamp == stamp ? known.Actor : null;

    /// <summary>Null where the token does not exist, is revoked or has expired, or its person's account is closed.</summary>
    public async Task<Actor?> FindTokenAsync(string token, CancellationToken ct)
    {
        if (!TokenText.IsWellFormed(token))
            return null;
        var hash = HashOf(token);
        return await RememberAsync(("token", Convert.ToHexString(hash)), () => LoadTokenAsync(hash, ct));
    }

    /// <summary>The next look-up asks the database again.</summary>
    public void Forget() => Interlocked.Exchange(ref generation, new CancellationTokenSource()).Cancel();

    public void Dispose()
    {
        subscription.Dispose();
        generation.Dispose();
    }

    private Task<Known?> FindAsync(Guid personId, CancellationToken ct) =>
        RememberAsync(("person", personId.ToString("N")), () => LoadPersonAsync(personId, ct));

    /// <summary>SHA-256 of the token's text.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private async Task<Known?> LoadPersonAsync(Guid personId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        // A person has few roles and teams: one query is cheaper than three.
        var person = await db.Users.AsNoTracking().AsSingleQuery().Where(p => p.Id == personId && p.DisabledAt == null)
            .Select(p => new
            {
                p.DisplayName,
                p.TimeZone,
                p.SecurityStamp,
                Roles = db.UserRoles.Where(r => r.UserId == p.Id).Join(db.Roles, r => r.RoleId, r => r.Id, (_, r) => r.Name!).ToList(),
                Teams = db.TeamMembers.Where(m => m.PersonId == p.Id).Select(m => m.TeamId).ToList(),
            }).SingleOrDefaultAsync(ct);
        return person is null ? null : new Known(person.SecurityStamp ?? "", new Actor
        {
            Kind = ActorKind.Person,
            PersonId = personId,
            Name = person.DisplayName,
            TimeZone = person.TimeZone,
            Roles = [.. person.Roles.Select(Enum.Parse<Role>)],
            TeamIds = [.. person.Teams],
        });
    }

    private async Task<Actor?> LoadTokenAsync(byte[] hash, CancellationToken ct)
    {
        var now = clock.GetUtcNowInMicroseconds();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var token = await db.ApiTokens.AsNoTracking().SingleOrDefaultAsync(t => t.Hash == hash, ct);
        if (token is null || !token.IsValidAt(now) || await LoadPersonAsync(token.PersonId, ct) is not { Actor: var person })
            return null;
        // One write per token and freshness interval, not per request.
        await db.ApiTokens.Where(t => t.Id == token.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, now), ct);
        return person with { Kind = ActorKind.Token, TokenId = token.Id, Name = $"{person.Name} (token {token.Name})", Scopes = token.Scopes };
    }

    private async Task<T?> RememberAsync<T>(object key, Func<Task<T?>> load) where T : class =>
        await cache.GetOrCreateAsync(key, async entry =>
        {
            // Taken before the load, so that what changes meanwhile expires this answer too.
            entry.AddExpirationToken(new CancellationChangeToken(generation.Token));
            entry.AbsoluteExpirationRelativeToNow = Freshness;
            return await load();
        });

    private sealed record Known(string Stamp, Actor Actor);
}
