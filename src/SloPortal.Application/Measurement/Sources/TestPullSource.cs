using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Sources;

/// <summary>How a server answered.</summary>
/// <param name="Metrics">How many metric names it knows.</param>
public sealed record PullTest(int Metrics);

/// <summary>Asks a server once, before it is saved or after. Nothing is stored.</summary>
/// <param name="Url">Base address without <c>/api/v1</c>; the one of the source when left out.</param>
/// <param name="Authorization">Value of the header; the stored one of the source when null and the address is its own.</param>
/// <param name="Id">An existing source.</param>
public sealed record TestPullSource(string? Url, string? Authorization = null, int? Id = null)
{
    // A record prints its members; this one holds a secret.
    public override string ToString() => $"{nameof(TestPullSource)} {Url}";

    public sealed class Validator : AbstractValidator<TestPullSource>
    {
        public Validator()
        {
            RuleFor(r => r.Url!).MustBeServer();
            RuleFor(r => r.Authorization).MustBeHeaderValue();
        }
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, PrometheusClient prometheus, SourceSecrets secrets)
    {
        public async Task<Outcome<PullTest>> HandleAsync(TestPullSource request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Administer))
                return Denial.Of(actor, Permission.Administer);
            var server = request.Url is null ? null : new PrometheusServer(request.Url.TrimEnd('/'), request.Authorization);
            if (request.Id is { } id)
            {
                await using var db = await contexts.CreateDbContextAsync(ct);
                var source = await db.Sources.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.Kind == SourceKind.Pull, ct);
                if (source is null)
                    return Refusal.NotFound("The source");
                if (request.Authorization is null && (server is null || server.Url == source.Url))
                    server = secrets.ServerOf(source);
            }
            if (server is null || new Validator().Validate(request with { Url = server.Url }).Errors is { Count: > 0 })
                return Refusal.Invalid(nameof(Url), "Give the base address of the server, such as http://prometheus:9090.");
            var names = await prometheus.LabelValuesAsync(server, "__name__", null, ct);
            return names.Succeeded ? new PullTest(names.Value.Count) : names.Refusal;
        }
    }
}
