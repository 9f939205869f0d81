using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog;

/// <summary>Takes a service out of the lists. Nothing is deleted, and <see cref="RestoreService"/> brings it back.</summary>
public sealed record ArchiveService(string Slug)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ArchiveService request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ArchiveService, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var (service, _, refusal) = await ServiceToChange.FindAsync(change, request.Slug, ct);
                if (refusal is not null)
                    return refusal;
                service!.Archive(change.Now);
                change.Audit("service.archived", "service", service.Id, service.Name);
                change.Publish("services");
                return Done.Value;
            }, ct);
    }
}
