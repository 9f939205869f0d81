using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>Finds a proposal to be decided and keeps all others from deciding it meanwhile.</summary>
internal static class OpenProposal
{
    public static async Task<Outcome<(Proposal Proposal, Objective Objective, Service Service)>> FindAsync(Change change, Guid id, CancellationToken ct)
    {
        // A statement of its own: after the wait for the lock, the next one sees the other's signature.
        await change.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM proposals WHERE id = {id} FOR UPDATE", ct);
        var proposal = await change.Db.Proposals.Include(p => p.Signatures).SingleOrDefaultAsync(p => p.Id == id, ct);
        if (proposal is null)
            return Refusal.NotFound("This proposal");
        var objective = await change.Db.Objectives.SingleAsync(o => o.Id == proposal.ObjectiveId, ct);
        var service = await change.Db.Services.SingleAsync(s => s.Id == objective.ServiceId, ct);
        return (proposal, objective, service);
    }

    /// <summary>What a fresh sign-in confirms when somebody signs anything about a proposal.</summary>
    public static string Subject(Guid id) => $"proposal/{id}";

    public static IRuleBuilderOptions<T, string> MustBeContentHash<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("Send the content hash of the proposal as you read it, so that nobody signs what they did not see.")
            .MaximumLength(64).WithMessage("A content hash has 64 hexadecimal digits.");

    public static IRuleBuilderOptions<T, string> MustBeReason<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("Give your reason; it stands beside your name.").MaximumLength(4000).WithMessage("A reason has at most 4,000 characters.");
}
