using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives;

/// <summary>Takes an objective back from the file that manages it; from then on people change it in the portal again.</summary>
public sealed record ReleaseObjective(string Service, string Slug)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ReleaseObjective request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ReleaseObjective, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await ObjectiveToChange.FindAsync(change, request.Service, request.Slug, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                if (found.Value.ManagedBy is not { } file)
                    return Refusal.Conflict($"{found.Value.Name} is managed by no file.");
                found.Value.ManageBy(null);
                change.Audit("objective.managed", "objective", found.Value.Id, found.Value.Name, new { Before = file, After = (string?)null });
                change.Publish("objectives");
                change.Publish($"objective/{found.Value.Id}");
                return Done.Value;
            }, ct);
    }
}
