using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog;

/// <summary>What the operations that change a service share.</summary>
internal static class ServiceToChange
{
    /// <summary>The service and the team that owns it, or why the actor may not change it.</summary>
    public static async Task<(Service? Service, Team? Owner, Refusal? Refusal)> FindAsync(Change change, string slug, CancellationToken ct)
    {
        var found = await (from service in change.Db.Services
                           join team in change.Db.Teams on service.OwnerTeamId equals team.Id
                           where service.Slug == slug
                           select new { service, team }).SingleOrDefaultAsync(ct);
        if (found is null)
            return (null, null, Refusal.NotFound($"The service \"{slug}\""));
        return change.Actor.MayChangeFor(found.team.Id)
            ? (found.service, found.team, null)
            : (null, null, Denial.OfTeam(found.team.Name));
    }

    public static Refusal SlugIsTaken(string slug) => new(RefusalKind.Conflict, $"Another service has the short name \"{slug}\". Choose another.",
        new Dictionary<string, string[]> { ["Slug"] = [$"Another service has the short name \"{slug}\". Choose another."] });

    public static IRuleBuilderOptions<T, string> MustBeServiceName<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage("Give the service a name.")
            .MaximumLength(100).WithMessage("A name has at most 100 characters.");

    public static IRuleBuilderOptions<T, string> MustBeServiceDescription<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotNull().WithMessage("Leave the description empty rather than out.")
            .MaximumLength(4000).WithMessage("A description has at most 4,000 characters.");
}
