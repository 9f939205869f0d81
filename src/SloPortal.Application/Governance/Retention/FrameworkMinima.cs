using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Governance.Retention;
using SloPortal.Domain.Measurement.Retention;

namespace SloPortal.Application.Governance.Retention;

/// <summary>Adds what a law, a standard or a promise asks for. It binds once it is said to apply.</summary>
public sealed record AddFrameworkMinimum(string Framework, RetentionClass Kind, int Days, string Source, DateOnly ReadOn)
{
    public sealed class Validator : AbstractValidator<AddFrameworkMinimum>
    {
        public Validator()
        {
            RuleFor(r => r.Framework).Must(t => !string.IsNullOrWhiteSpace(t) && t.Length <= 200).WithMessage("Name the framework, in at most 200 characters.");
            RuleFor(r => r.Kind).IsInEnum().WithMessage("Choose what is to be kept.");
            RuleFor(r => r.Days).InclusiveBetween(1, RetentionClasses.LongestDays).WithMessage("Give a whole number of days, from 1 to 36,500.");
            RuleFor(r => r.Source).Must(t => !string.IsNullOrWhiteSpace(t) && t.Length <= 1000).WithMessage("Say where it asks for that, in at most 1,000 characters.");
            RuleFor(r => r.ReadOn).Must(d => d.Year is >= 2000 and < 9000).WithMessage("Say when somebody read it there.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Guid>> HandleAsync(AddFrameworkMinimum request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AddFrameworkMinimum, Guid>(request, actor, Permission.Administer, async change =>
            {
                var name = request.Framework.Trim();
                if (await change.Db.FrameworkMinima.AnyAsync(m => m.Framework == name && m.Kind == request.Kind, ct))
                    return Refusal.Conflict($"{name} already says how long {RetentionClasses.NameOf(request.Kind)} are kept.");
                var minimum = new FrameworkMinimum(Guid.CreateVersion7(change.Now), name, request.Kind, request.Days, request.Source.Trim(), request.ReadOn);
                change.Db.FrameworkMinima.Add(minimum);
                change.Audit("retention.minimum-added", "framework-minimum", minimum.Id, name, new { request.Kind, request.Days, minimum.Source, request.ReadOn });
                change.Publish("retention");
                return minimum.Id;
            }, ct);
    }
}

/// <summary>Says whether a minimum binds here.</summary>
public sealed record ApplyFrameworkMinimum(Guid Id, bool Applies, string Reason)
{
    public sealed class Validator : AbstractValidator<ApplyFrameworkMinimum>
    {
        public Validator() => RuleFor(r => r.Reason).MustBeRetentionReason();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(ApplyFrameworkMinimum request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ApplyFrameworkMinimum, Done>(request, actor, Permission.Administer, async change =>
            {
                await change.Db.Database.ExecuteSqlAsync($"LOCK TABLE retention_rules IN SHARE ROW EXCLUSIVE MODE", ct);
                if (await change.Db.FrameworkMinima.SingleOrDefaultAsync(m => m.Id == request.Id, ct) is not { } minimum)
                    return Refusal.NotFound("This minimum");
                var rule = await change.Db.RetentionRules.AsNoTracking().SingleOrDefaultAsync(r => r.Kind == minimum.Kind, ct);
                if (request.Applies && rule?.Days < minimum.Days)
                    return Refusal.Conflict($"{RetentionClasses.NameOf(minimum.Kind)} are kept for {RetentionFloors.Days(rule.Days.Value)}, and {minimum.Framework} asks for {RetentionFloors.Days(minimum.Days)}. Keep them longer first.");
                if (request.Applies)
                    minimum.Apply(actor.Name, change.Now);
                else
                    minimum.Suspend();
                change.Audit(request.Applies ? "retention.minimum-applied" : "retention.minimum-suspended", "framework-minimum", minimum.Id, minimum.Framework, new { minimum.Kind, minimum.Days, Reason = request.Reason.Trim() });
                change.Publish("retention");
                return Done.Value;
            }, ct);
    }
}
