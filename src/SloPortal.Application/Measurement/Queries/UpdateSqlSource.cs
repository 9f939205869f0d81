using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Queries;

/// <summary>Changes a statement or how it is run; what was counted stays.</summary>
/// <param name="Connection">A new connection string; null keeps the present one.</param>
public sealed record UpdateSqlSource(int Id, string Name, string? Connection, string Statement, int Minutes, int EverySeconds) : ISqlSettings
{
    // A record prints its members; this one holds a secret.
    public override string ToString() => $"{nameof(UpdateSqlSource)} {Id}";

    public sealed class Validator : SqlSourceRules<UpdateSqlSource>;

    public sealed class Handler(UnitOfWork work, SourceSecrets secrets)
    {
        public Task<Outcome<Done>> HandleAsync(UpdateSqlSource request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<UpdateSqlSource, Done>(request, actor, Permission.Administer, async change =>
            {
                var source = await change.Db.Sources.SingleOrDefaultAsync(s => s.Id == request.Id && s.Kind == SourceKind.Sql, ct);
                if (source is null)
                    return Refusal.NotFound("The query");
                if (await change.Db.Sources.AnyAsync(s => s.Name == request.Name.Trim() && s.Id != request.Id, ct))
                    return Refusal.Invalid(nameof(Name), "Another source has this name. Choose another.");
                var feed = await change.Db.SqlFeeds.SingleAsync(f => f.SourceId == request.Id, ct);
                var address = source.Url!;
                if (request.Connection is not null)
                {
                    if (!PostgresServer.TryRead(request.Connection, out var server, out var problem))
                        return Refusal.Invalid(nameof(Connection), problem);
                    source.Authorize(secrets.Protect(request.Connection));
                    address = server.Address;
                }
                source.Configure(request.Name.Trim(), address, TimeSpan.FromSeconds(request.EverySeconds));
                feed.Change(request.Statement.Trim(), request.Minutes);
                change.Audit("source.changed", "source", source.Id, source.Name, new { source.Url, request.Statement, request.Minutes, request.EverySeconds, connectionChanged = request.Connection is not null });
                change.Publish("sources");
                return Done.Value;
            }, ct);
    }
}
