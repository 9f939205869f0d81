using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Suggestions;

/// <summary>The values that a label has among the series of a metric, those that begin with the text first.</summary>
public sealed record SuggestLabelValues(int SourceId, string Metric, string Label, string? Text = null, int Limit = 50)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, PrometheusClient prometheus, SourceSecrets secrets)
    {
        public async Task<Outcome<IReadOnlyList<string>>> HandleAsync(SuggestLabelValues request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var limit = Math.Clamp(request.Limit, 1, 1000);
            var server = await PulledServer.FindAsync(contexts, secrets, request.SourceId, ct);
            if (server is null)
                return await SeriesNames.ValuesAsync(dataSource, request.SourceId, request.Metric, request.Label, request.Text ?? "", limit, ct);
            var values = await prometheus.LabelValuesAsync(server, request.Label, Completion.SelectorOf(request.Metric), ct);
            return values.Succeeded ? Completion.Of(values.Value, request.Text, limit) : values.Refusal;
        }
    }
}
