using SloPortal.Application.Measurement.Queries;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Measurement.Queries;

internal static class QueryEndpoints
{
    public static void MapQueries(this RouteGroupBuilder measurement)
    {
        var sources = measurement.MapGroup("/sources");
        sources.MapPost("/sql", async (CreateSqlSource request, CreateSqlSource.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(id => $"/api/v1/sources/{id}"))
            .WithName("CreateSqlSource").WithSummary("Adds a statement against a PostgreSQL that is run on a schedule, in a transaction that only reads");

        sources.MapPost("/sql/test", async (TestSqlSource request, TestSqlSource.Handler test, CurrentActor current, CancellationToken ct) =>
                (await test.HandleAsync(request, await current.GetAsync(ct), ct)).ToOk())
            .WithName("TestSqlSource").WithSummary("Runs a statement once for the last day; nothing is counted");

        sources.MapGet("/{id:int}/sql", async (int id, GetSqlSource.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetSqlSource(id), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetSqlSource").WithSummary("One statement, without its connection string");

        sources.MapPut("/{id:int}/sql", async (int id, SqlBody body, UpdateSqlSource.Handler update, CurrentActor current, CancellationToken ct) =>
                (await update.HandleAsync(new UpdateSqlSource(id, body.Name, body.Connection, body.Statement, body.Minutes, body.EverySeconds), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("UpdateSqlSource").WithSummary("Changes a statement or how it is run; connection left out keeps the present one");
    }

    internal sealed record SqlBody(string Name, string? Connection, string Statement, int Minutes, int EverySeconds);
}
