using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Dependencies;

/// <summary>Says that a service of the actor's team needs another service or a vendor.</summary>
/// <param name="Service">Short name of the service that needs.</param>
/// <param name="OnService">Short name of the service that is needed; null when it is a vendor.</param>
/// <param name="OnVendor">Short name of the vendor that is needed; null when it is a service.</param>
/// <param name="Needs">How many of the group must work.</param>
public sealed record AddDependency(string Service, string? OnService, string? OnVendor, DependencyKind Kind = DependencyKind.Hard, string? Group = null, int Needs = 1, string Note = "")
    : IDependencyDescription
{
    public sealed class Validator : DependencyRules<AddDependency>;

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The id of the dependency.</returns>
        public Task<Outcome<Guid>> HandleAsync(AddDependency request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AddDependency, Guid>(request, actor, Permission.OwnServices, async change =>
            {
                if (string.IsNullOrWhiteSpace(request.OnService) == string.IsNullOrWhiteSpace(request.OnVendor))
                    return Refusal.Invalid(nameof(OnService), "Choose the service or the vendor that is needed.");
                await DependencyDraft.LockGraphAsync(change.Db, ct);
                var (service, _, refusal) = await ServiceToChange.FindAsync(change, request.Service, ct);
                if (refusal is not null)
                    return refusal;
                var target = await TargetAsync(change, request, ct);
                if (!target.Succeeded)
                    return target.Refusal;
                var (onService, onVendor, name) = target.Value;
                if (onService is { } on && await DependencyDraft.CircleAsync(change.Db, service!.Id, on, ct) is { } circle)
                    return Refusal.Invalid(nameof(OnService), circle);
                if (await change.Db.Dependencies.AnyAsync(d => d.ServiceId == service!.Id && d.OnServiceId == onService && d.OnVendorId == onVendor, ct))
                    return Refusal.Conflict($"{service!.Name} already depends on {name}. Change that dependency instead.");

                var group = await DependencyDraft.GroupAsync(change, service!.Id, request, ct);
                var dependency = new Dependency(Guid.CreateVersion7(change.Now), service.Id, onService, onVendor, request.Kind, group, request.Note.Trim(), change.Now);
                change.Db.Dependencies.Add(dependency);
                change.Audit("dependency.added", "service", service.Id, service.Name, new { Dependency = dependency.Id, On = name, request.Kind, request.Group, Needs = group is null ? (int?)null : request.Needs, request.Note });
                DependencyDraft.Publish(change);
                return dependency.Id;
            }, ct);

        private static async Task<Outcome<(Guid? Service, Guid? Vendor, string Name)>> TargetAsync(Change change, AddDependency request, CancellationToken ct)
        {
            if (request.OnService is { Length: > 0 } slug)
            {
                var service = await change.Db.Services.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == slug, ct);
                return service is null ? Refusal.Invalid(nameof(OnService), $"There is no service \"{slug}\".")
                    : service.ArchivedAt is not null ? Refusal.Invalid(nameof(OnService), $"{service.Name} is archived, so nothing new may depend on it. Restore it first.")
                    : ((Guid?)service.Id, (Guid?)null, service.Name);
            }

            var vendor = await change.Db.Vendors.AsNoTracking().SingleOrDefaultAsync(v => v.Slug == request.OnVendor, ct);
            return vendor is null ? Refusal.Invalid(nameof(OnVendor), $"There is no vendor \"{request.OnVendor}\".")
                : vendor.ArchivedAt is not null ? Refusal.Invalid(nameof(OnVendor), $"{vendor.Name} is archived, so nothing new may depend on it. Restore it first.")
                : ((Guid?)null, (Guid?)vendor.Id, vendor.Name);
        }
    }
}
