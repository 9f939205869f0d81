using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Files;

/// <summary>A CSV of the rows that were not taken, up to ten thousand.</summary>
public sealed record ExportRefusedRows(Guid RunId)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<byte[]>> HandleAsync(ExportRefusedRows request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ExportRefusedRows, byte[]>(request, actor, Permission.SendSamples, async change =>
            {
                if (await ListRefusedRows.Handler.RefusalAsync(change.Db, request.RunId, actor, ct) is { } refusal)
                    return refusal;
                var run = await change.Db.FileRuns.AsNoTracking().SingleAsync(r => r.Id == request.RunId, ct);
                var rows = await change.Db.RefusedRows.AsNoTracking().Where(r => r.RunId == request.RunId).OrderBy(r => r.Line)
                    .Select(r => new RefusedLine(r.Line, r.Reason, r.Text)).ToListAsync(ct);
                change.Audit("file-run.refused-exported", "file", run.Id, run.Name, new { rows = rows.Count });
                return await WriteAsync(rows);
            }, ct);

        private static async Task<byte[]> WriteAsync(List<RefusedLine> rows)
        {
            using var file = new MemoryStream();
            await using (var text = new StreamWriter(file, leaveOpen: true))
            await using (var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape }))
                await csv.WriteRecordsAsync(rows);
            return file.ToArray();
        }
    }
}
