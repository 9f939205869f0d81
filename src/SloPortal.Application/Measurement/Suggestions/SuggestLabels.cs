using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Pull;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Suggestions;

/// <summary>The names of the labels that the series of a metric have, by name.</summary>
public sealed record SuggestLabels(int SourceId, string Metric)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, PrometheusClient prometheus, SourceSecrets secrets)
    {
        public async Task<Outcome<IReadOnlyList<string>>> HandleAsync(SuggestLabels request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            var server = await PulledServer.FindAsync(contexts, secrets, request.SourceId, ct);
            if (server is null)
                return await SeriesNames.LabelsAsync(dataSource, request.SourceId, request.Metric, ct);
            var names = await prometheus.LabelNamesAsync(server, Completion.SelectorOf(request.Metric), ct);
            return names.Succeeded ? names.Value.Where(n => n != LabelSet.MetricNameLabel).Order(StringComparer.Ordinal).ToList() : names.Refusal;
        }
    }
}
