using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog;

/// <summary>Brings an archived service back into the lists.</summary>
public sealed record RestoreService(string Slug)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RestoreService request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RestoreService, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var (service, _, refusal) = await ServiceToChange.FindAsync(change, request.Slug, ct);
                if (refusal is not null)
                    return refusal;
                service!.Restore();
                change.Audit("service.restored", "service", service.Id, service.Name);
                change.Publish("services");
                return Done.Value;
            }, ct);
    }
}
