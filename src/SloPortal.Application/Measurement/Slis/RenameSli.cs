using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Slis;

/// <summary>Changes the name and description of an SLI. Its definition never changes; a better one is a new SLI.</summary>
public sealed record RenameSli(int Id, string Name, string Description)
{
    public sealed class Validator : AbstractValidator<RenameSli>
    {
        public Validator()
        {
            RuleFor(r => r.Name).MustBeSliName();
            RuleFor(r => r.Description).MustBeSliDescription();
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(RenameSli request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<RenameSli, Done>(request, actor, Permission.OwnServices, change => ApplyAsync(request, change, ct), ct);

        /// <summary>The same inside a change that does more.</summary>
        internal static async Task<Outcome<Done>> ApplyAsync(RenameSli request, Change change, CancellationToken ct)
        {
            var found = await OwnedSli.FindAsync(change, request.Id, ct);
            if (!found.Succeeded)
                return found.Refusal;
            var (before, sli) = (found.Value.Name, found.Value);
            sli.Rename(request.Name.Trim(), request.Description.Trim());
            change.Audit("sli.renamed", "sli", sli.Id, sli.Name, new { before, after = sli.Name });
            change.Publish("slis");
            return Done.Value;
        }
    }
}
