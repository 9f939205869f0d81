using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Catalog.Journeys;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Journeys;

/// <summary>What somebody says of a journey.</summary>
public interface IJourneyDescription
{
    string Name { get; }

    /// <summary>What users do, one step a line.</summary>
    string Steps { get; }

    /// <summary>Slug of the team.</summary>
    string OwnerTeam { get; }

    /// <summary>Slugs of the services that it needs.</summary>
    IReadOnlyList<string> Services { get; }

    /// <summary>Its place among the journeys of the same tier.</summary>
    int Position { get; }
}

/// <summary>The shape of it.</summary>
public abstract class JourneyRules<T> : AbstractValidator<T> where T : IJourneyDescription
{
    protected JourneyRules()
    {
        RuleFor(r => r.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage("Give the journey a name.").MaximumLength(100).WithMessage("A name has at most 100 characters.");
        RuleFor(r => r.Steps).NotNull().WithMessage("Leave the steps empty rather than out.").MaximumLength(4000).WithMessage("The steps have at most 4,000 characters.");
        RuleFor(r => r.OwnerTeam).NotEmpty().WithMessage("Choose the team that owns the journey.");
        RuleFor(r => r.Services).Must(s => s is { Count: > 0 and <= 20 }).WithMessage("A journey needs 1 to 20 services.");
        RuleFor(r => r.Position).InclusiveBetween(0, 1000).WithMessage("A place is from 0 to 1,000.");
    }
}

/// <summary>What the operations that change journeys share.</summary>
public static class JourneyToChange
{
    /// <summary>A journey that is not archived, when the actor acts for the team that owns it.</summary>
    public static async Task<Outcome<Journey>> FindAsync(Change change, string slug, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(change);
        var found = await (from journey in change.Db.Journeys
                           join team in change.Db.Teams on journey.OwnerTeamId equals team.Id
                           where journey.Slug == slug && journey.ArchivedAt == null
                           select new { journey, team.Id, team.Name }).SingleOrDefaultAsync(ct);
        if (found is null)
            return Refusal.NotFound("The journey");
        return change.Actor.MayChangeFor(found.Id) ? found.journey : Denial.OfTeam(found.Name);
    }

    internal static async Task<Refusal?> DescribeAsync(Change change, Journey journey, IJourneyDescription said, CancellationToken ct)
    {
        var owner = await ServiceToChange.OwnerAsync(change, said.OwnerTeam, ct);
        if (!owner.Succeeded)
            return owner.Refusal;
        var slugs = said.Services.Distinct().ToArray();
        var services = await change.Db.Services.Where(s => slugs.Contains(s.Slug) && s.ArchivedAt == null).Select(s => s.Id).ToListAsync(ct);
        if (services.Count < slugs.Length)
            return Refusal.Invalid(nameof(IJourneyDescription.Services), "Choose services that are in use.");
        journey.Describe(said.Name.Trim(), said.Steps.Trim(), owner.Value.Id, services, said.Position);
        change.Publish("journeys");
        return null;
    }
}
