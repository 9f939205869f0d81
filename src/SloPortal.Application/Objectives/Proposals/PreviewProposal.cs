using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>What terms would have meant over the history, without proposing anything.</summary>
public sealed record PreviewProposal(string Service, string Sli, decimal TargetPercent, string Window, string? Method = null, ExternalFailures Externals = ExternalFailures.Counted)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, EvidenceReplay replay, IBurnAlerts alerts, TimeProvider clock)
    {
        public async Task<Outcome<ProposalEvidence>> HandleAsync(PreviewProposal request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (ObjectiveTarget.RefusalFor(request.TargetPercent) is { } target)
                return Refusal.Invalid(nameof(TargetPercent), target);
            if (!SloWindow.TryParse(request.Window, out var window, out var refusal))
                return Refusal.Invalid(nameof(Window), refusal!);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var sli = await AgreementRules.SliOfServiceAsync(db, request.Service, request.Sli, ct);
            if (!sli.Succeeded)
                return sli.Refusal;
            var method = ProposedTerms.MethodFor(sli.Value, request.Method);
            if (!method.Succeeded)
                return method.Refusal;
            return await replay.RunAsync(sli.Value, method.Value, new ObjectiveTarget(request.TargetPercent), window!, request.Externals, alerts.PolicyOfNewObjectives, clock.GetUtcNowInMicroseconds(), binding: false, ct);
        }
    }
}
