using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Deciding;

namespace SloPortal.Application.Measurement.Deciding;

/// <summary>What the operations that change a decision share.</summary>
internal static class DecisionToChange
{
    /// <summary>The decision and its SLI, when the actor acts for the team that owns the service.</summary>
    public static async Task<Outcome<(CountingDecision Decision, Sli Sli)>> FindAsync(Change change, Guid id, CancellationToken ct)
    {
        if (await change.Db.CountingDecisions.SingleOrDefaultAsync(d => d.Id == id, ct) is not { } decision)
            return Refusal.NotFound("This decision");
        var sli = await OwnedSli.FindAsync(change, decision.SliId, ct);
        return sli.Succeeded ? (decision, sli.Value) : sli.Refusal;
    }

    public static void Record(Change change, Sli sli, CountingDecision decision, string what)
    {
        change.Audit($"sli.counting-{what}", "sli", sli.Id, sli.Name, new
        {
            decision.Id, decision.Merge, decision.Others, decision.NoData, decision.BadAfterMinutes, decision.InForceFrom, decision.Reason, decision.DecisionNote, decision.ConfirmedBy,
            ContentHash = Convert.ToHexStringLower(decision.ContentHash()),
        });
        change.Publish("slis");
        change.Publish("measurements");
    }

    /// <summary>What is confirmed by a fresh sign-in.</summary>
    public static string Subject(Guid id) => $"counting/{id}";
}
