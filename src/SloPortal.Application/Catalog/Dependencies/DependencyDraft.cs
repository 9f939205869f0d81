using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Dependencies;

/// <summary>What somebody says of a dependency, when it is added and when it is changed.</summary>
public interface IDependencyDescription
{
    DependencyKind Kind { get; }

    /// <summary>Name of the redundant group; empty or null in series.</summary>
    string? Group { get; }

    /// <summary>How many of the group must work.</summary>
    int Needs { get; }

    string Note { get; }
}

/// <summary>The shape of it.</summary>
public abstract class DependencyRules<T> : AbstractValidator<T> where T : IDependencyDescription
{
    protected DependencyRules()
    {
        RuleFor(r => r.Kind).IsInEnum().WithMessage("A dependency is hard or soft.");
        RuleFor(r => r.Group).MaximumLength(60).WithMessage("The name of a group has at most 60 characters.");
        RuleFor(r => r.Group).Empty().When(r => r.Kind == DependencyKind.Soft)
            .WithMessage("A redundant group holds hard dependencies: a soft one may fail anyway. Make it hard, or leave the group empty.");
        RuleFor(r => r.Needs).InclusiveBetween(1, 50).WithMessage("At least 1 of a group must work, and at most 50.");
        RuleFor(r => r.Note).NotNull().WithMessage("Leave the note empty rather than out.").MaximumLength(500).WithMessage("A note has at most 500 characters.");
    }
}

/// <summary>What the operations that change dependencies share.</summary>
internal static class DependencyDraft
{
    /// <summary>Any constant will do; all portals must use the same.</summary>
    private const long GraphLock = 0x534C_4F47_5241_5048;

    /// <summary>One change of the graph at a time, held until the transaction ends: two edges that are added at once would not see the circle that they close together.</summary>
    public static Task LockGraphAsync(PortalDbContext db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({GraphLock})", ct);

    /// <summary>The sentence that names the circle which an edge would close; null when it closes none.</summary>
    public static async Task<string?> CircleAsync(PortalDbContext db, Guid from, Guid on, CancellationToken ct)
    {
        var edges = await db.Dependencies.AsNoTracking().Where(d => d.OnServiceId != null).Select(d => new { d.ServiceId, On = d.OnServiceId!.Value }).ToListAsync(ct);
        if (DependencyCircle.ClosedBy(edges.ToLookup(e => e.ServiceId, e => e.On), from, on) is not { } circle)
            return null;
        var names = await db.Services.AsNoTracking().Where(s => circle.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        return DependencyCircle.Sentence([.. circle.Select(id => names[id])]);
    }

    /// <summary>The group of that name, made where there is none, with as many needed as the request says; null in series.</summary>
    public static async Task<Guid?> GroupAsync(Change change, Guid serviceId, IDependencyDescription said, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(said.Group))
            return null;
        var name = said.Group.Trim();
        var group = await change.Db.RedundantGroups.SingleOrDefaultAsync(g => g.ServiceId == serviceId && g.Name == name, ct);
        if (group is null)
            change.Db.RedundantGroups.Add(group = new RedundantGroup(Guid.CreateVersion7(change.Now), serviceId, name, said.Needs));
        else
            group.Ask(said.Needs);
        return group.Id;
    }

    /// <summary>A group goes with its last member.</summary>
    public static async Task LeaveGroupAsync(Change change, Guid? groupId, Guid dependencyId, CancellationToken ct)
    {
        if (groupId is null || await change.Db.Dependencies.AnyAsync(d => d.GroupId == groupId && d.Id != dependencyId, ct))
            return;
        if (await change.Db.RedundantGroups.FindAsync([groupId.Value], ct) is { } empty)
            change.Db.RedundantGroups.Remove(empty);
    }

    public static async Task<(Dependency? Dependency, string Of, Refusal? Refusal)> FindAsync(Change change, string service, Guid id, CancellationToken ct)
    {
        var (owned, _, refusal) = await ServiceToChange.FindAsync(change, service, ct);
        if (refusal is not null)
            return (null, "", refusal);
        var dependency = await change.Db.Dependencies.SingleOrDefaultAsync(d => d.Id == id && d.ServiceId == owned!.Id, ct);
        return dependency is null ? (null, "", Refusal.NotFound("This dependency")) : (dependency, owned!.Name, null);
    }

    public static async Task<string> NameOfAsync(PortalDbContext db, Dependency dependency, CancellationToken ct) => dependency.OnServiceId is { } service
        ? await db.Services.Where(s => s.Id == service).Select(s => s.Name).SingleAsync(ct)
        : await db.Vendors.Where(v => v.Id == dependency.OnVendorId).Select(v => v.Name).SingleAsync(ct);

    public static void Publish(Change change)
    {
        change.Publish("dependencies");
        change.Publish("services");
    }
}
