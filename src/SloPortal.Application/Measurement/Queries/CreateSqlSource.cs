using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Files;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Queries;

/// <summary>Adds a statement against a PostgreSQL that the portal runs on a schedule. Only administrators may, since the portal then calls that address.</summary>
/// <param name="Name">Unique among the sources.</param>
/// <param name="SliId">The SLI of pushed counts for which its rows count.</param>
/// <param name="Connection">Host, Port, Database, Username, Password and SSL Mode; never shown again.</param>
/// <param name="Statement">Gives time, good and total for each interval from @since on.</param>
/// <param name="Minutes">How long the interval of a row is.</param>
/// <param name="EverySeconds">How often it is asked.</param>
/// <param name="DaysBack">How far back the first answer reaches.</param>
public sealed record CreateSqlSource(string Name, int SliId, string? Connection, string Statement, int Minutes = 1, int EverySeconds = 60, int DaysBack = 1) : ISqlSettings
{
    // A record prints its members; this one holds a secret.
    public override string ToString() => $"{nameof(CreateSqlSource)} {Name}";

    public sealed class Validator : SqlSourceRules<CreateSqlSource>
    {
        public Validator()
        {
            RuleFor(r => r.Connection).NotEmpty().WithMessage("Give the connection string, such as Host=db.example.com; Database=shop; Username=reader; Password=….");
            RuleFor(r => r.DaysBack).InclusiveBetween(0, 400).WithMessage("The first answer reaches between 0 and 400 days back.");
        }
    }

    public sealed class Handler(UnitOfWork work, SourceSecrets secrets)
    {
        public Task<Outcome<int>> HandleAsync(CreateSqlSource request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<CreateSqlSource, int>(request, actor, Permission.Administer, async change =>
            {
                if (await change.Db.Sources.AnyAsync(s => s.Name == request.Name.Trim(), ct))
                    return Refusal.Invalid(nameof(Name), "Another source has this name. Choose another.");
                var sli = await FeedAccess.ReadAsync(change.Db, request.SliId, ct);
                if (!sli.Succeeded)
                    return Refusal.Invalid(nameof(SliId), sli.Refusal.Message);
                if (!PostgresServer.TryRead(request.Connection, out var server, out var problem))
                    return Refusal.Invalid(nameof(Connection), problem);
                var source = Source.OfSql(request.Name.Trim(), server.Address, TimeSpan.FromSeconds(request.EverySeconds), change.Now);
                source.Authorize(secrets.Protect(request.Connection));
                change.Db.Sources.Add(source);
                await change.Db.SaveChangesAsync(ct);
                change.Db.Add(new SqlFeed(source.Id, request.SliId, request.Statement.Trim(), request.Minutes, MinuteClock.Floor(change.Now.AddDays(-request.DaysBack))));
                change.Audit("source.created", "source", source.Id, source.Name, new { kind = source.Kind, source.Url, sli = sli.Value.Name, service = sli.Value.Service, request.Statement, request.Minutes, request.EverySeconds, request.DaysBack });
                change.Publish("sources");
                return source.Id;
            }, ct);
    }
}
