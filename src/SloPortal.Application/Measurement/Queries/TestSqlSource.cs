using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Queries;

/// <summary>The first rows of an answer, and how many there are.</summary>
public sealed record QueryPreview(int Rows, bool IsWhole, IReadOnlyList<QueryRow> First);

/// <summary>Runs a statement once for the last day; nothing is counted.</summary>
/// <param name="Connection">A connection string; null takes that of the source.</param>
/// <param name="Statement">The statement.</param>
/// <param name="Id">The source whose stored connection string is used.</param>
public sealed record TestSqlSource(string? Connection, string Statement, int? Id = null)
{
    // A record prints its members; this one holds a secret.
    public override string ToString() => nameof(TestSqlSource);

    public sealed class Validator : AbstractValidator<TestSqlSource>
    {
        public Validator() => RuleFor(r => r.Statement).Must(QueryAnswer.HoldsSince).WithMessage(QueryAnswer.MustHoldSince);
    }

    public sealed class Handler(UnitOfWork work, IDbContextFactory<PortalDbContext> contexts, SourceSecrets secrets, TimeProvider clock)
    {
        private const int Shown = 20;

        public async Task<Outcome<QueryPreview>> HandleAsync(TestSqlSource request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Administer))
                return Denial.Of(actor, Permission.Administer);
            if (work.Validate(request) is { } invalid)
                return invalid;
            var connection = request.Connection;
            if (connection is null && request.Id is { } id)
            {
                await using var db = await contexts.CreateDbContextAsync(ct);
                if (await db.Sources.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Kind == SourceKind.Sql, ct) is not { } source)
                    return Refusal.NotFound("The query");
                if ((connection = secrets.Reveal(source)) is null)
                    return Refusal.Invalid(nameof(Connection), "The stored connection string cannot be read any more; give it again.");
            }
            if (!PostgresServer.TryRead(connection, out var server, out var problem))
                return Refusal.Invalid(nameof(Connection), problem);
            var answer = await QueryAnswer.ReadAsync(server, request.Statement, clock.GetUtcNowInMicroseconds().AddDays(-1), ct);
            return answer.Succeeded ? new QueryPreview(Math.Min(answer.Value.Count, QueryAnswer.MostRows), answer.Value.Count <= QueryAnswer.MostRows, [.. answer.Value.Take(Shown)]) : Refusal.Invalid(nameof(Statement), answer.Refusal.Message);
        }
    }
}
