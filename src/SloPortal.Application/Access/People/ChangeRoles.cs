using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>Gives a person exactly these roles.</summary>
public sealed record ChangeRoles(Guid PersonId, IReadOnlyList<Role> Roles)
{
    public sealed class Validator : AbstractValidator<ChangeRoles>
    {
        public Validator() => RuleFor(r => r.Roles).MustBeRoles();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ChangeRoles request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ChangeRoles, Done>(request, actor, Permission.Administer, async change =>
            {
                var name = await change.Db.Users.Where(p => p.Id == request.PersonId).Select(p => p.DisplayName).SingleOrDefaultAsync(ct);
                if (name is null)
                    return Refusal.NotFound("This person");
                if (!request.Roles.Contains(Role.Administrator) && await PersonRoles.LastAdministratorMustStayAsync(change.Db, request.PersonId, ct) is { } refusal)
                    return refusal;
                var before = await PersonRoles.ReadAsync(change.Db, request.PersonId, ct);
                await PersonRoles.WriteAsync(change.Db, request.PersonId, request.Roles, ct);
                change.Audit("person.roles-changed", "person", request.PersonId, name, new { Before = before, After = request.Roles.Distinct().Order() });
                change.Publish("people");
                return Done.Value;
            }, ct);
    }
}

internal static class RoleRules
{
    public static IRuleBuilderOptions<T, IReadOnlyList<Role>> MustBeRoles<T>(this IRuleBuilder<T, IReadOnlyList<Role>> rule) =>
        rule.Must(r => r is { Count: > 0 } && r.All(Enum.IsDefined)).WithMessage("Choose at least one role.");
}
