using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Files;

namespace SloPortal.Application.Measurement.Files;

/// <summary>A row that was not taken.</summary>
public sealed record RefusedLine(long Line, string Reason, string Text);

/// <summary>The rows of a file that were not taken, by line, for whoever may bring rows: a log can hold what others should not read.</summary>
public sealed record ListRefusedRows(Guid RunId, int Page = 1, int Size = 50)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<Page<RefusedLine>>> HandleAsync(ListRefusedRows request, Actor actor, CancellationToken ct)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await RefusalAsync(db, request.RunId, actor, ct) is { } refusal)
                return refusal;
            var rows = db.RefusedRows.AsNoTracking().Where(r => r.RunId == request.RunId);
            var (number, size) = (Math.Clamp(request.Page, 1, Page<RefusedLine>.Last), Math.Clamp(request.Size, 1, 200));
            var shown = await rows.OrderBy(r => r.Line).Skip((number - 1) * size).Take(size).Select(r => new RefusedLine(r.Line, r.Reason, r.Text)).ToListAsync(ct);
            return new Page<RefusedLine>(shown, await rows.CountAsync(ct), number, size);
        }

        internal static async Task<Refusal?> RefusalAsync(PortalDbContext db, Guid id, Actor actor, CancellationToken ct)
        {
            var sli = await db.FileRuns.AsNoTracking().Where(r => r.Id == id).Select(r => (int?)r.SliId).SingleOrDefaultAsync(ct);
            if (sli is null)
                return Refusal.NotFound("The upload");
            var team = await (from s in db.Slis.AsNoTracking() join service in db.Services on s.ServiceId equals service.Id join t in db.Teams on service.OwnerTeamId equals t.Id where s.Id == sli select new { t.Id, t.Name }).SingleAsync(ct);
            return !actor.May(Permission.SendSamples) ? Denial.Of(actor, Permission.SendSamples)
                : new FedSli(sli.Value, "", "", "", team.Id, team.Name).MayBeFedBy(actor) ? null : Denial.OfTeam(team.Name);
        }
    }
}
