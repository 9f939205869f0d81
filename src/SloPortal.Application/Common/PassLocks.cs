using System.Data;
using Npgsql;

namespace SloPortal.Application.Common;

/// <summary>
/// The advisory locks of the passes that run in this portal, all in one session. With a session for each, as many passes as the pool has
/// connections would hold all of them while each waits for one more to do its work in. A lock ends with the session, however the
/// portal ends; after a lost connection a pass that still runs has lost its lock, and only its claim of the slot keeps others away. The
/// session holds one more lock, by whose number the others know that this portal lives.
/// </summary>
public sealed class PassLocks(NpgsqlDataSource dataSource) : IAsyncDisposable
{
    /// <summary>The numbers of the portals that live, as a part of a statement: <c>living (portal)</c>.</summary>
    internal const string Living =
        """
        living AS (
            SELECT (l.classid::bigint << 32) | l.objid::bigint AS portal FROM pg_locks l
            WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
        """;

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Of this portal, until it ends.</summary>
    private readonly long portal = Random.Shared.NextInt64();

    /// <summary>A session may take its own lock again, so that two of this portal are told apart here.</summary>
    private readonly HashSet<string> held = new(StringComparer.Ordinal);

    private NpgsqlConnection? session;

    /// <summary>The name of the lock that a portal holds while it runs the pass.</summary>
    public static string NameOf(string pass) => "pass/" + pass;

    /// <returns>False when the pass runs already, here or elsewhere.</returns>
    public async Task<bool> TryTakeAsync(string pass, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            return !held.Contains(pass) && await AskAsync("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", pass, ct) && held.Add(pass);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <returns>The number under which this portal is known to live from now on, until it ends.</returns>
    public async Task<long> LiveAsync(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            await OpenAsync(ct);
            return portal;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Lets go of a lock that was taken.</summary>
    public async Task ReleaseAsync(string pass)
    {
        await turn.WaitAsync();
        try
        {
            held.Remove(pass);
            await AskAsync("SELECT pg_advisory_unlock(hashtextextended($1, 0))", pass, CancellationToken.None);
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (session is not null)
            await session.DisposeAsync();
        turn.Dispose();
    }

    private async Task<bool> AskAsync(string statement, string pass, CancellationToken ct)
    {
        await OpenAsync(ct);
        await using var command = new NpgsqlCommand(statement, session) { Parameters = { new() { Value = NameOf(pass) } } };
        // Not given up halfway: nobody would know whether the lock was taken.
        return (bool)(await command.ExecuteScalarAsync(CancellationToken.None))!;
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        if (session is { State: ConnectionState.Open })
            return;
        if (session is not null)
            await session.DisposeAsync();
        session = null;
        var opened = await dataSource.OpenConnectionAsync(ct);
        try
        {
            // Shared, since the server may still hold the session that was lost, and nobody else takes it: this must not wait for that one to end.
            await using var live = new NpgsqlCommand("SELECT pg_advisory_lock_shared($1)", opened) { Parameters = { new() { Value = portal } } };
            await live.ExecuteNonQueryAsync(ct);
            session = opened;
        }
        finally
        {
            if (session is null)
                await opened.DisposeAsync();
        }
    }
}
