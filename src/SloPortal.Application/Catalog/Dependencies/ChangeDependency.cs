using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Dependencies;

/// <summary>Describes a dependency anew: hard or soft, in series or in a group, and what it is needed for.</summary>
/// <param name="Version">As it was read; another one means that somebody else changed it since.</param>
public sealed record ChangeDependency(string Service, Guid Id, DependencyKind Kind, string? Group, int Needs, string Note, uint Version) : IDependencyDescription
{
    public sealed class Validator : DependencyRules<ChangeDependency>;

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ChangeDependency request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeDependency, Done>(request, actor, Permission.OwnServices, async change =>
            {
                await DependencyDraft.LockGraphAsync(change.Db, ct);
                var (dependency, of, refusal) = await DependencyDraft.FindAsync(change, request.Service, request.Id, ct);
                if (refusal is not null)
                    return refusal;
                if (dependency!.Version != request.Version)
                    return Refusal.Conflict("Somebody else changed this dependency since you opened it. Your text is still here; look at their change and make yours again.");
                var before = dependency.GroupId is { } old ? await change.Db.RedundantGroups.FindAsync([old], ct) : null;
                var (groupBefore, needsBefore) = (before?.Name, before?.Needs);
                var group = await DependencyDraft.GroupAsync(change, dependency.ServiceId, request, ct);
                var changes = new FieldChanges()
                    .Add("kind", dependency.Kind, request.Kind).Add("group", groupBefore, group is null ? null : request.Group!.Trim())
                    .Add("needs", needsBefore, group is null ? null : request.Needs).Add("note", dependency.Note, request.Note.Trim());
                if (dependency.GroupId != group)
                    await DependencyDraft.LeaveGroupAsync(change, dependency.GroupId, dependency.Id, ct);
                dependency.Describe(request.Kind, group, request.Note.Trim());
                change.Audit("dependency.changed", "service", dependency.ServiceId, of,
                    new { Dependency = dependency.Id, On = await DependencyDraft.NameOfAsync(change.Db, dependency, ct), Changes = changes.Details });
                DependencyDraft.Publish(change);
                return Done.Value;
            }, ct);
    }
}
