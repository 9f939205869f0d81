using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Corrections;

namespace SloPortal.Application.Measurement.Corrections;

/// <summary>What the operations that change a correction share.</summary>
internal static class CorrectionToChange
{
    /// <summary>The correction and its SLI, when the actor acts for the team that owns the service.</summary>
    public static async Task<Outcome<(Correction Correction, Sli Sli)>> FindAsync(Change change, Guid id, CancellationToken ct)
    {
        if (await change.Db.Corrections.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } correction)
            return Refusal.NotFound("This correction");
        var sli = await OwnedSli.FindAsync(change, correction.SliId, ct);
        return sli.Succeeded ? (correction, sli.Value) : sli.Refusal;
    }

    /// <summary>
    /// Has every minute of the SLI from an instant on count as the spans in force say. They were changed under the lock of the head, so nothing
    /// is counted in between.
    /// </summary>
    public static async Task CorrectAsync(Change change, int sliId, DateTimeOffset since, CancellationToken ct)
    {
        await change.Db.Database.ExecuteSqlAsync($"SELECT correct_minutes({sliId}, {since})", ct);
        change.Publish("slis");
        change.Publish("budgets");
    }

    public static Task<int> LockHeadAsync(Change change, CancellationToken ct) => change.Db.Database.ExecuteSqlAsync($"SELECT 1 FROM ingest_head FOR UPDATE", ct);

    public static void Record(Change change, Sli sli, Correction correction, string what) => change.Audit($"correction.{what}", "sli", sli.Id, sli.Name, new
    {
        correction.Id, correction.Kind, correction.From, correction.To, correction.Recurrence, correction.Good, correction.Total, correction.Reason, correction.Evidence,
        correction.DecisionNote, correction.WithdrawnReason,
    });

    public static IRuleBuilderOptions<T, string> MustBeCorrectionReason<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("Give the reason.").MaximumLength(4000).WithMessage("A reason has at most 4,000 characters.");
}
