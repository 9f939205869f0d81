using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.Negotiation;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Retention;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives.Proposals;

/// <summary>What must hold before anybody is asked to sign, each with the sentence for the one who proposes.</summary>
internal static class AgreementRules
{
    /// <summary>A click and its arrival lie apart; a moment in the past by less than this means now.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    public static async Task<Outcome<Service>> ActorMustOwnTheServiceAsync(PortalDbContext db, string slug, Actor actor, CancellationToken ct)
    {
        var service = await db.Services.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == slug, ct);
        if (service is null)
            return Refusal.NotFound($"The service \"{slug}\"");
        if (service.ArchivedAt is not null)
            return Refusal.Conflict($"{service.Name} is archived. Restore the service before agreeing anything about it.");
        if (!actor.May(Permission.OwnServices))
            return Denial.Of(actor, Permission.OwnServices);
        return actor.MayChangeFor(service.OwnerTeamId)
            ? service
            : Denial.OfTeam(await db.Teams.Where(t => t.Id == service.OwnerTeamId).Select(t => t.Name).SingleAsync(ct));
    }

    /// <summary>The SLI whose history somebody asks about, without proposing anything.</summary>
    public static async Task<Outcome<Sli>> SliOfServiceAsync(PortalDbContext db, string service, string sli, CancellationToken ct) =>
        await db.Services.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == service, ct) is { } found
            ? await SliMustBelongToTheServiceAsync(db, found, sli, ct)
            : Refusal.NotFound($"The service \"{service}\"");

    /// <summary>A window is judged by counts of minutes, all of which must still be there.</summary>
    public static async Task<Refusal?> WindowMustBeKeptAsync(PortalDbContext db, SloWindow window, CancellationToken ct) =>
        await db.RetentionRules.Where(r => r.Kind == RetentionClass.Minutes).Select(r => r.Days).SingleOrDefaultAsync(ct) is { } kept && kept < window.LongestDays
            ? Refusal.Invalid(nameof(ProposedTerms.Window), $"Counts by minute are kept for {kept} days, and this window takes {window.LongestDays}. Choose a shorter one, or have an administrator keep them longer.")
            : null;

    public static async Task<Outcome<Sli>> SliMustBelongToTheServiceAsync(PortalDbContext db, Service service, string slug, CancellationToken ct)
    {
        var sli = await db.Slis.AsNoTracking().SingleOrDefaultAsync(s => s.ServiceId == service.Id && s.Slug == slug, ct);
        if (sli is null)
            return Refusal.Invalid(nameof(ProposedTerms.Sli), $"{service.Name} has no SLI \"{slug}\".");
        return sli.ArchivedAt is null
            ? sli
            : Refusal.Invalid(nameof(ProposedTerms.Sli), $"The SLI {sli.Name} is archived and counts nothing any more. Choose another.");
    }

    public static async Task<Refusal?> PartiesMustBeAbleToSignAsync(PortalDbContext db, Service service, ProposedTerms terms, CancellationToken ct)
    {
        var people = await db.Users.AsNoTracking().Where(p => p.Id == terms.OwnerId || p.Id == terms.StakeholderId)
            .Select(p => new { p.Id, p.DisplayName, Active = p.DisabledAt == null, IsMember = db.TeamMembers.Any(m => m.TeamId == service.OwnerTeamId && m.PersonId == p.Id) })
            .ToDictionaryAsync(p => p.Id, ct);
        if (!people.TryGetValue(terms.OwnerId, out var owner) || !owner.Active)
            return Refusal.Invalid(nameof(ProposedTerms.OwnerId), "The owner has no active account. Choose somebody else.");
        if (!people.TryGetValue(terms.StakeholderId, out var stakeholder) || !stakeholder.Active)
            return Refusal.Invalid(nameof(ProposedTerms.StakeholderId), "The stakeholder has no active account. Choose somebody else.");
        var signers = await db.Users.Where(Signers.Of(db)).Where(p => p.Id == owner.Id || p.Id == stakeholder.Id).Select(p => p.Id).ToListAsync(ct);
        foreach (var (field, person) in new[] { (nameof(ProposedTerms.OwnerId), owner), (nameof(ProposedTerms.StakeholderId), stakeholder) })
        {
            if (!signers.Contains(person.Id))
                return Refusal.Invalid(field, $"{person.DisplayName} reads only and signs nothing. Choose somebody else.");
        }
        return owner.IsMember ? null : Refusal.Invalid(nameof(ProposedTerms.OwnerId),
            $"{owner.DisplayName} is not a member of the team that owns {service.Name}, so cannot sign for it. Choose a member.");
    }

    /// <param name="read">The content hash that the actor saw.</param>
    public static Refusal? ContentMustBeAsRead(Proposal proposal, string read) => Convert.ToHexStringLower(proposal.ContentHash()).Equals(read, StringComparison.OrdinalIgnoreCase) ? null
        : Refusal.Conflict($"What stands here has changed since you read it: round {proposal.Round}, {proposal.Target} over {proposal.Window.Phrase}. Read it and sign again; nothing was signed.");

    /// <summary>Whether fewer than half of the past windows held the target, as the evidence stood.</summary>
    public static bool IsUnattainable(Proposal proposal) => Negotiations.EvidenceOf(proposal).IsUnattainable;

    /// <summary>A target that the history does not hold is signed only with an answer to that.</summary>
    public static Refusal? UnattainableMustBeAnswered(Proposal proposal) => proposal.IsAnswered || !IsUnattainable(proposal) ? null
        : Refusal.Conflict($"The history does not hold {proposal.Target}, so it cannot be signed as it stands. Offer a lower target, call it an aim with the actions that make it attainable and a date, or have an administrator who is no party take the risk.");

    public static Refusal? ReviewMustBeToCome(DateOnly? reviewOn, DateTimeOffset now) => reviewOn <= DateOnly.FromDateTime(now.UtcDateTime)
        ? Refusal.Invalid(nameof(ProposedTerms.ReviewOn), "Choose a day to come for looking at it again.")
        : null;

    /// <summary>What a file manages is changed in the file: the next import would undo any other change.</summary>
    public static Refusal? FilesMustNotManage(Objective objective) => objective.ManagedBy is null ? null
        : Refusal.Conflict($"{objective.Name} is managed by the file {objective.ManagedBy}. Change it there and import the file again.");

    /// <summary>What was agreed stays: a version never reaches back, neither before now nor before one that is already agreed.</summary>
    public static Refusal? VersionMustNotReachBack(DateTimeOffset? effectiveFrom, ObjectiveVersion? latest, DateTimeOffset now)
    {
        if (effectiveFrom < now - Slack)
            return Refusal.Invalid(nameof(ProposedTerms.EffectiveFrom), "An objective cannot take effect in the past. Choose a moment from now on, or leave it at the last signature.");
        return latest?.EffectiveFrom > (effectiveFrom ?? now)
            ? Refusal.Invalid(nameof(ProposedTerms.EffectiveFrom), $"Version {latest.Number} is agreed and takes effect on {latest.EffectiveFrom.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Choose a moment from then on.")
            : null;
    }

    public static async Task<Refusal?> NoOtherProposalMayWaitAsync(PortalDbContext db, Guid objectiveId, CancellationToken ct)
    {
        var waiting = await db.Proposals.AsNoTracking().Where(p => p.ObjectiveId == objectiveId && p.State == ProposalState.Open)
            .Select(p => p.Target).FirstOrDefaultAsync(ct);
        return waiting is null ? null : Refusal.Conflict($"A proposal for {waiting} already waits for signatures. Sign, reject or withdraw it first.");
    }
}
