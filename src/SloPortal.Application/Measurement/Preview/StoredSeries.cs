using Npgsql;
using NpgsqlTypes;
using SloPortal.Domain.Measurement;

namespace SloPortal.Application.Measurement.Preview;

/// <summary>The series that are known, as a definition reads them.</summary>
internal static class StoredSeries
{
    private const string Sql =
        "SELECT labels FROM series WHERE ($1::integer IS NULL OR source_id = $1) AND ($2::text[] IS NULL OR metric = ANY($2))";

    /// <summary>The series that the definition reads, by their text.</summary>
    public static async Task<IReadOnlyList<MatchedSeries>> ReadByAsync(NpgsqlDataSource dataSource, SliDefinition definition, int? sourceId, CancellationToken ct) =>
    [
        .. (await LabelsAsync(dataSource, definition, sourceId, ct))
            .Select(s => new MatchedSeries(s.Labels.ToString(), PreviewedCounts.RolesText(s.Roles))).OrderBy(s => s.Series, StringComparer.Ordinal),
    ];

    /// <summary>The labels of the series that the definition reads.</summary>
    public static async Task<IReadOnlyList<(LabelSet Labels, SeriesRole Roles)>> LabelsAsync(NpgsqlDataSource dataSource, SliDefinition definition, int? sourceId, CancellationToken ct)
    {
        if (definition.Selectors().Count == 0)
            return [];
        await using var command = dataSource.CreateCommand(Sql);
        command.Parameters.Add(new() { Value = (object?)sourceId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new() { Value = (object?)MetricsOf(definition) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        var found = new List<(LabelSet, SeriesRole)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var labels = LabelSet.FromJson(reader.GetString(0));
            if (definition.RolesOf(labels) is var roles and not SeriesRole.None)
                found.Add((labels, roles));
        }
        return found;
    }

    /// <summary>The metric names that the definition reads; null when a selector can mean any of them.</summary>
    public static string[]? MetricsOf(SliDefinition definition)
    {
        var selectors = definition.Selectors();
        return selectors.Any(s => s.MetricName is null) ? null : [.. selectors.Select(s => s.MetricName!).Distinct()];
    }
}
