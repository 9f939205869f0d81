using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Runbooks;

namespace SloPortal.Application.Incidents.Runbooks;

/// <summary>A step as people give it.</summary>
/// <param name="Id">Of the step that it was; null adds one.</param>
/// <param name="Secret">Signs the call; null keeps the one that the step has, an empty one signs nothing.</param>
public sealed record StepGiven(string Name, string? Does, StepKind Kind, string Address, int TimeoutSeconds, string? Secret = null, Guid? Id = null);

/// <summary>Writes the runbook of a service anew. What ran keeps the version by which it ran.</summary>
/// <param name="Service">Slug.</param>
/// <param name="Steps">In their order; none takes the runbook away.</param>
/// <param name="Version">As it was read; 0 where there was none.</param>
public sealed record SetRunbook(string Service, string Title, IReadOnlyList<StepGiven> Steps, int Version)
{
    public sealed class Validator : AbstractValidator<SetRunbook>
    {
        public Validator()
        {
            RuleFor(r => r.Title).Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("Give the runbook a title.")
                .MaximumLength(Runbook.LongestTitle).WithMessage($"A title has at most {Runbook.LongestTitle} characters.");
            RuleFor(r => r.Steps).NotNull().WithMessage("Give the steps, or an empty list.").Must(s => s is null || s.Count <= Runbook.MostSteps).WithMessage($"A runbook has at most {Runbook.MostSteps} steps.");
            RuleFor(r => r.Steps).Must(s => s is null || s.Where(g => g?.Id is not null).Select(g => g.Id).Distinct().Count() == s.Count(g => g?.Id is not null)).WithMessage("A step stands in a runbook once.");
            RuleFor(r => r.Steps).Custom((steps, context) =>
            {
                foreach (var (place, step) in (steps ?? []).Index())
                {
                    if (WhyNot(step) is { } wrong)
                        context.AddFailure(context.PropertyPath, string.Create(CultureInfo.InvariantCulture, $"Step {place + 1}: {wrong}"));
                }
            });
        }

        private static string? WhyNot(StepGiven? step) => step switch
        {
            null => "give a step.",
            _ when string.IsNullOrWhiteSpace(step.Name) || step.Name.Length > RunbookStep.LongestName => $"give it a name of at most {RunbookStep.LongestName} characters.",
            { Does.Length: > RunbookStep.LongestDoes } => $"say what it does in at most {RunbookStep.LongestDoes} characters.",
            _ when !Enum.IsDefined(step.Kind) => "a step reads or changes.",
            _ when !ValidationRules.IsWebAddress(step.Address?.Trim()) => "give the address of its webhook; it begins with https:// or http://.",
            { TimeoutSeconds: < RunbookStep.ShortestTimeout or > RunbookStep.LongestTimeout } => $"its answer is waited for {RunbookStep.ShortestTimeout} to {RunbookStep.LongestTimeout} seconds.",
            { Secret.Length: > 200 } => "a secret has at most 200 characters.",
            _ => null,
        };
    }

    public sealed class Handler(UnitOfWork work, RunbookSecrets secrets)
    {
        /// <returns>The new version.</returns>
        public Task<Outcome<int>> HandleAsync(SetRunbook request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SetRunbook, int>(request, actor, Permission.OwnServices, async change =>
            {
                var (service, _, denied) = await ServiceToChange.FindAsync(change, request.Service, ct);
                if (denied is not null)
                    return denied;
                await change.Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"runbook/" + service!.Id}, 0))", ct);
                var before = await RunbookReading.InForce(change.Db).SingleOrDefaultAsync(r => r.ServiceId == service.Id, ct);
                if ((before?.Number ?? 0) != request.Version)
                    return Refusal.Conflict("Somebody else changed this runbook since you opened it. Your steps are still here; open it in another tab, look at their change, and make yours again.");
                if (request.Steps.FirstOrDefault(s => s.Id is { } id && before?.StepOf(id) is null) is { } foreign)
                    return Refusal.Invalid(nameof(Steps), $"The step \"{foreign.Name.Trim()}\" names a step that this runbook does not have. Leave its id out to add it.");
                var runbook = new Runbook(
                    Guid.CreateVersion7(change.Now), service.Id, request.Version + 1, request.Title.Trim(), [.. request.Steps.Select(s => StepOf(s, before))], change.Now, actor.Name);
                change.Db.Runbooks.Add(runbook);
                change.Audit("runbook.changed", "service", service.Id, service.Name, new { Before = Told(before), After = Told(runbook) });
                change.Publish(RunbookReading.Topic);
                return runbook.Number;
            }, ct);

        private RunbookStep StepOf(StepGiven given, Runbook? before)
        {
            var known = given.Id is { } id ? before!.StepOf(id) : null;
            return new(
                given.Id ?? Guid.NewGuid(), given.Name.Trim(), given.Does?.Trim() ?? "", given.Kind, given.Address.Trim(),
                given.Secret is null ? known?.ProtectedSecret : secrets.Protect(given.Secret), given.TimeoutSeconds);
        }

        /// <summary>As the audit keeps it: with no secret, in a path or beside it.</summary>
        private static object? Told(Runbook? runbook) => runbook is null ? null : new
        {
            runbook.Number, runbook.Title,
            Steps = runbook.Steps.Select(s => new { s.Id, s.Name, s.Does, s.Kind, Address = RunbookReading.Masked(s.Address), Signed = s.ProtectedSecret is not null, s.TimeoutSeconds }),
        };
    }
}
