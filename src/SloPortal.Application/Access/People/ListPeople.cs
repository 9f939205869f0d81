using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Access;

/// <summary>A person as lists show them.</summary>
/// <param name="ByProvider">Whether they can sign in through the OpenID Connect provider.</param>
public sealed record PersonRow(Guid Id, string Name, string Email, IReadOnlyList<Role> Roles, IReadOnlyList<TeamName> Teams, bool Disabled, bool ByProvider, DateTimeOffset CreatedAt);

/// <summary>The people, by name. The filter looks for its text in name and e-mail address.</summary>
/// <param name="Disabled">Null: all; otherwise only closed or only open accounts.</param>
public sealed record ListPeople(string? Filter = null, Role? Role = null, string? Team = null, bool? Disabled = null, int Page = 1, int Size = 50)
{
    public sealed class Validator : AbstractValidator<ListPeople>
    {
        public Validator()
        {
            RuleFor(r => r.Page).InclusiveBetween(1, Page<PersonRow>.Last).WithMessage("Pages are counted from 1.");
            RuleFor(r => r.Size).InclusiveBetween(1, 500).WithMessage("A page holds 1 to 500 people.");
        }
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<Page<PersonRow>>> HandleAsync(ListPeople request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (new Validator().Validate(request) is { IsValid: false } wrong)
                return Refusal.Invalid(wrong.Errors[0].PropertyName, wrong.Errors[0].ErrorMessage);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var people = db.Users.AsNoTracking();
            if (!string.IsNullOrWhiteSpace(request.Filter))
            {
                var pattern = TextSearch.Contains(request.Filter);
                people = people.Where(p => EF.Functions.ILike(p.DisplayName, pattern, "\\") || EF.Functions.ILike(p.Email!, pattern, "\\"));
            }
            if (request.Role is { } role)
            {
                var name = role.ToString();
                people = people.Where(p => db.UserRoles.Any(r => r.UserId == p.Id && db.Roles.Any(x => x.Id == r.RoleId && x.Name == name)));
            }
            if (!string.IsNullOrWhiteSpace(request.Team))
                people = people.Where(p => db.TeamMembers.Any(m => m.PersonId == p.Id && db.Teams.Any(t => t.Id == m.TeamId && t.Slug == request.Team)));
            if (request.Disabled is { } disabled)
                people = people.Where(p => (p.DisabledAt != null) == disabled);
            var total = await people.CountAsync(ct);
            var rows = await Project(db, people.OrderBy(p => p.DisplayName).ThenBy(p => p.Id).Skip((request.Page - 1) * request.Size).Take(request.Size)).ToListAsync(ct);
            return new Page<PersonRow>(rows.ConvertAll(r => r.ToRow()), total, request.Page, request.Size);
        }
    }

    internal static IQueryable<Raw> Project(PortalDbContext db, IQueryable<Data.Access.Person> people) => people.AsSplitQuery().Select(p => new Raw(
        p.Id, p.DisplayName, p.Email!,
        db.UserRoles.Where(r => r.UserId == p.Id).Join(db.Roles, r => r.RoleId, r => r.Id, (_, r) => r.Name!).ToList(),
        db.TeamMembers.Where(m => m.PersonId == p.Id).Join(db.Teams, m => m.TeamId, t => t.Id, (_, t) => t).OrderBy(t => t.Name).Select(t => new TeamName(t.Slug, t.Name)).ToList(),
        p.DisabledAt != null, db.UserLogins.Any(l => l.UserId == p.Id), p.CreatedAt));

    internal sealed record Raw(Guid Id, string Name, string Email, List<string> Roles, List<TeamName> Teams, bool Disabled, bool ByProvider, DateTimeOffset CreatedAt)
    {
        public PersonRow ToRow() => new(Id, Name, Email, [.. Roles.Select(Enum.Parse<Role>).Order()], Teams, Disabled, ByProvider, CreatedAt);
    }
}
