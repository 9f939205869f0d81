using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Vendors;

/// <summary>What somebody says of a vendor, when it is added and when it is changed.</summary>
public interface IVendorDescription
{
    string Slug { get; }
    string Name { get; }
    string Description { get; }
    string OwnerTeam { get; }
}

/// <summary>The shape of it.</summary>
public abstract class VendorRules<T> : AbstractValidator<T> where T : IVendorDescription
{
    protected VendorRules()
    {
        RuleFor(r => r.Slug).MustBeSlug();
        RuleFor(r => r.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage("Give the vendor a name.")
            .MaximumLength(100).WithMessage("A name has at most 100 characters.");
        RuleFor(r => r.Description).NotNull().WithMessage("Leave the description empty rather than out.")
            .MaximumLength(4000).WithMessage("A description has at most 4,000 characters.");
        RuleFor(r => r.OwnerTeam).NotEmpty().WithMessage("Choose the team that keeps the contact.");
    }
}

/// <summary>What the operations that change a vendor share.</summary>
public static class VendorToChange
{
    /// <summary>The vendor, or why the actor may not change it.</summary>
    public static async Task<(Vendor? Vendor, Refusal? Refusal)> FindAsync(Change change, string slug, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        var found = await (from vendor in change.Db.Vendors
                           join team in change.Db.Teams on vendor.OwnerTeamId equals team.Id
                           where vendor.Slug == slug
                           select new { vendor, team }).SingleOrDefaultAsync(ct);
        if (found is null)
            return (null, Refusal.NotFound($"The vendor \"{slug}\""));
        return change.Actor.MayChangeFor(found.team.Id) ? (found.vendor, null) : (null, Denial.OfTeam(found.team.Name));
    }

    internal static async Task<Outcome<Team>> OwnerAsync(Change change, string slug, CancellationToken ct)
    {
        var team = await change.Db.Teams.SingleOrDefaultAsync(t => t.Slug == slug, ct);
        if (team is null)
            return Refusal.Invalid(nameof(IVendorDescription.OwnerTeam), $"There is no team \"{slug}\".");
        return change.Actor.MayChangeFor(team.Id) ? team : Denial.OfTeam(team.Name);
    }

    internal static Refusal SlugIsTaken(string slug)
    {
        var sentence = $"Another vendor has the short name \"{slug}\". Choose another.";
        return new(RefusalKind.Conflict, sentence, new Dictionary<string, string[]> { [nameof(IVendorDescription.Slug)] = [sentence] });
    }

    /// <summary>What is published when something about a vendor changes.</summary>
    public static void Publish(Change change)
    {
        ArgumentNullException.ThrowIfNull(change);
        change.Publish("vendors");
        change.Publish("dependencies");
    }
}
