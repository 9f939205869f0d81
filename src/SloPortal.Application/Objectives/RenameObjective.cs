using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives;

/// <summary>Gives an objective another name and description. Its address and its versions stay.</summary>
/// <param name="Service">Slug.</param>
/// <param name="Slug">Of the objective.</param>
/// <param name="RowVersion">What the form was filled from; null to skip the check.</param>
public sealed record RenameObjective(string Service, string Slug, string Name, string Description, uint? RowVersion = null)
{
    public sealed class Validator : AbstractValidator<RenameObjective>
    {
        public Validator()
        {
            RuleFor(r => r.Name).MustBeObjectiveName();
            RuleFor(r => r.Description).MustBeObjectiveDescription();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RenameObjective request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RenameObjective, Done>(request, actor, Permission.OwnServices, change => ApplyAsync(request, change, byFile: false, ct), ct);

        /// <summary>The same inside a change that does more.</summary>
        /// <param name="request">The request.</param>
        /// <param name="change">The change.</param>
        /// <param name="byFile">It comes from a file, which may change what files manage.</param>
        /// <param name="ct">Cancels.</param>
        internal static async Task<Outcome<Done>> ApplyAsync(RenameObjective request, Change change, bool byFile, CancellationToken ct)
        {
            var found = await ObjectiveToChange.FindAsync(change, request.Service, request.Slug, ct);
            if (!found.Succeeded)
                return found.Refusal;
            var objective = found.Value;
            if (request.RowVersion is { } seen && seen != objective.Version)
                return Refusal.Conflict("Somebody else changed this in the meantime. Reload, look at their change, and make yours again.");
            if (!byFile && AgreementRules.FilesMustNotManage(objective) is { } managed)
                return managed;
            var before = objective.Name;
            objective.Rename(request.Name.Trim(), request.Description.Trim());
            change.Audit("objective.renamed", "objective", objective.Id, objective.Name, new { Before = before, After = objective.Name });
            change.Publish("objectives");
            change.Publish($"objective/{objective.Id}");
            return Done.Value;
        }
    }
}
