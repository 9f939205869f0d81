using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog.Dependencies;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Catalog.Dependencies;

/// <summary>Says who looks after the risk of a dependency on a vendor, how it stands, and when it is looked at again.</summary>
/// <param name="Dependency">Its id.</param>
/// <param name="Version">As it was read; null when nobody had assessed it.</param>
public sealed record AssessRisk(Guid Dependency, Guid OwnerId, DateOnly ReviewOn, RiskState State, string Note, uint? Version)
{
    public sealed class Validator : AbstractValidator<AssessRisk>
    {
        public Validator()
        {
            RuleFor(r => r.OwnerId).NotEmpty().WithMessage("Choose the person who looks after this risk.");
            RuleFor(r => r.ReviewOn).NotEmpty().WithMessage("Choose the day on which it is looked at again.");
            RuleFor(r => r.State).IsInEnum().WithMessage("A risk is open, mitigated or accepted.");
            RuleFor(r => r.Note).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage("Say what happens when the vendor fails, and what is done about it.")
                .MaximumLength(4000).WithMessage("A note has at most 4,000 characters.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(AssessRisk request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AssessRisk, Done>(request, actor, Permission.OwnServices, async change =>
            {
                // Two who assess for the first time would each find nothing.
                await change.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM dependencies WHERE id = {request.Dependency} FOR UPDATE", ct);
                var found = await (from d in change.Db.Dependencies
                                   join s in change.Db.Services on d.ServiceId equals s.Id
                                   join t in change.Db.Teams on s.OwnerTeamId equals t.Id
                                   join v in change.Db.Vendors on d.OnVendorId equals v.Id
                                   where d.Id == request.Dependency
                                   select new { Service = s, Team = t, Vendor = v.Name }).SingleOrDefaultAsync(ct);
                if (found is null)
                    return Refusal.NotFound("This dependency on a vendor");
                if (!actor.MayChangeFor(found.Team.Id))
                    return Denial.OfTeam(found.Team.Name);
                if (!await change.Db.Users.AnyAsync(p => p.Id == request.OwnerId && p.DisabledAt == null, ct))
                    return Refusal.Invalid(nameof(OwnerId), "This person has no active account. Choose somebody else.");
                var risk = await change.Db.DependencyRisks.SingleOrDefaultAsync(r => r.DependencyId == request.Dependency, ct);
                if (risk?.Version != request.Version)
                    return Refusal.Conflict("Somebody else assessed this risk since you opened it. Your text is still here; look at their change and make yours again.");
                if (risk is null)
                    change.Db.DependencyRisks.Add(new DependencyRisk(request.Dependency, request.OwnerId, request.ReviewOn, request.State, request.Note.Trim()));
                else
                    risk.Assess(request.OwnerId, request.ReviewOn, request.State, request.Note.Trim());
                change.Audit("risk.assessed", "service", found.Service.Id, found.Service.Name,
                    new { request.Dependency, found.Vendor, request.OwnerId, request.ReviewOn, request.State, Note = request.Note.Trim() });
                change.Publish("dependencies");
                return Done.Value;
            }, ct);
    }
}
