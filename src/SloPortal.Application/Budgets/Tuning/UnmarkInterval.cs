using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Budgets.Tuning;

/// <summary>Takes a mark back; the audit keeps what it said.</summary>
/// <param name="Service">Slug.</param>
/// <param name="Objective">Slug.</param>
public sealed record UnmarkInterval(string Service, string Objective, Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(UnmarkInterval request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<UnmarkInterval, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await ObjectiveToChange.FindAsync(change, request.Service, request.Objective, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var objective = found.Value.Id;
                if (await change.Db.AlertLabels.SingleOrDefaultAsync(l => l.Id == request.Id && l.ObjectiveId == objective, ct) is not { } label)
                    return Refusal.NotFound("The mark");
                change.Db.AlertLabels.Remove(label);
                change.Audit("alert_label.removed", "objective", objective, found.Value.Name, new { label.Id, label.From, label.To, label.Kind, label.Reason, label.MarkedByName });
                change.Publish(AlertLabelTopic.Name);
                return Done.Value;
            }, ct);
    }
}
