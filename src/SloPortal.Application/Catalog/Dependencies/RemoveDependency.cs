using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Dependencies;

/// <summary>Says that a service does not need something any more. The audit keeps that it did.</summary>
public sealed record RemoveDependency(string Service, Guid Id)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RemoveDependency request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RemoveDependency, Done>(request, actor, Permission.OwnServices, async change =>
            {
                await DependencyDraft.LockGraphAsync(change.Db, ct);
                var (dependency, of, refusal) = await DependencyDraft.FindAsync(change, request.Service, request.Id, ct);
                if (refusal is not null)
                    return refusal;
                var name = await DependencyDraft.NameOfAsync(change.Db, dependency!, ct);
                change.Db.Dependencies.Remove(dependency!);
                await DependencyDraft.LeaveGroupAsync(change, dependency!.GroupId, dependency.Id, ct);
                change.Audit("dependency.removed", "service", dependency.ServiceId, of, new { Dependency = dependency.Id, On = name, dependency.Kind, dependency.Note });
                DependencyDraft.Publish(change);
                return Done.Value;
            }, ct);
    }
}
