using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Suggestions;

/// <summary>The metric names that a source really has, those that begin with the text first, then those that contain it.</summary>
public sealed record SuggestMetrics(int SourceId, string? Text = null, int Limit = 50)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, PrometheusClient prometheus, SourceSecrets secrets)
    {
        public async Task<Outcome<IReadOnlyList<string>>> HandleAsync(SuggestMetrics request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var server = await PulledServer.FindAsync(contexts, secrets, request.SourceId, ct);
            if (server is null)
                return await SeriesNames.MetricsAsync(dataSource, request.SourceId, request.Text ?? "", Clamp(request.Limit), ct);
            var names = await prometheus.LabelValuesAsync(server, "__name__", null, ct);
            return names.Succeeded ? Completion.Of(names.Value, request.Text, Clamp(request.Limit)) : names.Refusal;
        }

        private static int Clamp(int limit) => Math.Clamp(limit, 1, 1000);
    }
}
