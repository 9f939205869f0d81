using Microsoft.EntityFrameworkCore;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Files.Reading;
using SloPortal.Application.Measurement.Ingest.Writing;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Files;

/// <summary>One of the first rows and what it would count.</summary>
/// <param name="Line">From one.</param>
/// <param name="Values">By column; empty where the row has none.</param>
/// <param name="Text">The row as it stands, where it has no values.</param>
/// <param name="Counts">What it would count; null when it is refused, passed over, or nothing is decided yet.</param>
/// <param name="Problem">Why it is refused.</param>
/// <param name="Column">The column that the problem concerns.</param>
/// <param name="PassedOver">It is none of the rows that the pattern is for.</param>
public sealed record PreviewRow(long Line, IReadOnlyList<string> Values, string Text, PushedInterval? Counts, string? Problem, string? Column, bool PassedOver);

/// <summary>The first rows of a file and what they would count.</summary>
/// <param name="Mapping">The one that was asked for, or a guess.</param>
/// <param name="Columns">Of the file.</param>
/// <param name="Rows">The first ones.</param>
/// <param name="Problems">What keeps the mapping from being used, by its fields.</param>
/// <param name="IsWhole">The file has no more rows.</param>
/// <param name="Known">How many of the rows that would count are counted already.</param>
public sealed record RowPreview(
    RowMapping Mapping, IReadOnlyList<string> Columns, IReadOnlyList<PreviewRow> Rows, IReadOnlyDictionary<string, string[]> Problems, bool IsWhole, int Known)
{
    public int Taken => Rows.Count(r => r.Counts is not null);
    public int Refused => Rows.Count(r => r.Problem is not null);
    public int PassedOver => Rows.Count(r => r.PassedOver);
    public double Good => Rows.Sum(r => r.Counts?.Good ?? 0);
    public double Total => Rows.Sum(r => r.Counts?.Total ?? 0);
}

/// <summary>Reads the first rows of a file that waits and says what they would count; nothing is counted.</summary>
/// <param name="RunId">The upload.</param>
/// <param name="Mapping">What the columns mean; null guesses, or takes that of the source.</param>
/// <param name="FillGaps">What the mapping leaves open is guessed.</param>
public sealed record PreviewRows(Guid RunId, RowMapping? Mapping = null, bool FillGaps = false)
{
    /// <summary>Rows that are looked at.</summary>
    public const int MostRows = 1000;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, NpgsqlDataSource dataSource, IngestSettings settings, TimeProvider clock)
    {
        public async Task<Outcome<RowPreview>> HandleAsync(PreviewRows request, Actor actor, CancellationToken ct)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await db.FileRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == request.RunId, ct) is not { } run)
                return Refusal.NotFound("The upload");
            var access = await FeedAccess.FindAsync(db, run.SliId, actor, ct);
            if (!access.Succeeded)
                return access.Refusal;
            var now = clock.GetUtcNowInMicroseconds();
            Stream Open() => new PartsStream(contexts, run.Id);
            try
            {
                var mapping = request.Mapping ?? run.Mapping ?? await RowGuess.OfAsync(Open, now, ct);
                if (request is { Mapping: not null, FillGaps: true })
                    mapping = await RowGuess.AgainAsync(Open, mapping, now, ct);
                return await ReadAsync(run, mapping, Open(), now, ct);
            }
            catch (InvalidDataException e)
            {
                return Refusal.Invalid($"The file cannot be read: {e.Message}");
            }
        }

        private async Task<RowPreview> ReadAsync(FileRun run, RowMapping mapping, Stream file, DateTimeOffset now, CancellationToken ct)
        {
            if (mapping.Format == RowFormat.Lines && !LinePattern.TryCreate(mapping.Pattern, out _, out var patternProblem))
                return await LinesAsync(mapping, patternProblem, file, ct);
            using var rows = await FileText.OpenRowsAsync(file, mapping, ct);
            RowReader.TryCreate(mapping, rows.Columns, now, settings.OldestSample, out var reader, out var problems);
            var shown = new List<PreviewRow>();
            var names = new RowKey();
            var keys = new List<Guid>();
            while (shown.Count < MostRows && await rows.NextAsync(ct) is { } row)
            {
                shown.Add(Show(row, mapping, reader));
                if (row.Fields is { } fields && names.Next(fields) is var key && shown[^1].Counts is not null)
                    keys.Add(key);
            }
            var isWhole = shown.Count < MostRows || await rows.NextAsync(ct) is null;
            return new RowPreview(mapping, rows.Columns, shown, problems ?? new Dictionary<string, string[]>(), isWhole, await KnownAsync(run.SourceId, keys, ct));
        }

        private static PreviewRow Show(RawRow row, RowMapping mapping, RowReader? reader)
        {
            var text = SafeText.Of(row.Text, SafeText.RowLength);
            if (row.Fields is not { } fields)
                return row.Others && mapping.PassOverOthers ? new PreviewRow(row.Line, [], text, null, null, null, true) : new PreviewRow(row.Line, [], text, null, row.Problem, null, false);
            var values = Array.ConvertAll(fields, f => SafeText.Of(f, 80));
            if (reader is null)
                return new PreviewRow(row.Line, values, "", null, null, null, false);
            var verdict = reader.Read(fields);
            return new PreviewRow(row.Line, values, "", verdict.Counts, verdict.Problem is null ? null : SafeText.Of(verdict.Problem, 300), verdict.Column, false);
        }

        /// <summary>The bare lines, while there is no pattern to read them with.</summary>
        private static async Task<RowPreview> LinesAsync(RowMapping mapping, string problem, Stream file, CancellationToken ct)
        {
            using var lines = new LineReader(await FileText.OpenAsync(file, ct));
            var shown = new List<PreviewRow>();
            while (shown.Count < 100 && await lines.NextAsync(ct) is var (line, _, _))
                shown.Add(new PreviewRow(shown.Count + 1, [], SafeText.Of(line, SafeText.RowLength), null, null, null, false));
            return new RowPreview(mapping, [], shown, new Dictionary<string, string[]> { ["Pattern"] = [problem] }, false, 0);
        }

        private async Task<int> KnownAsync(int? sourceId, List<Guid> keys, CancellationToken ct)
        {
            if (sourceId is null || keys.Count == 0)
                return 0;
            await using var command = dataSource.CreateCommand("SELECT count(*)::integer FROM row_keys WHERE source_id = $1 AND key = ANY($2)");
            command.Parameters.Add(new() { Value = sourceId.Value });
            command.Parameters.Add(new() { Value = keys.ToArray() });
            return (int)(await command.ExecuteScalarAsync(ct))!;
        }
    }
}
