using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Comparing;

namespace SloPortal.Application.Measurement.Comparing;

/// <summary>What the operations that change other measurements share.</summary>
internal static class MeasurementToChange
{
    /// <summary>A measurement that was not removed, and its SLI, when the actor acts for the team that owns the service.</summary>
    public static async Task<Outcome<(SliMeasurement Measurement, Sli Sli)>> FindAsync(Change change, Guid id, CancellationToken ct)
    {
        if (await change.Db.SliMeasurements.SingleOrDefaultAsync(m => m.Id == id && m.RemovedAt == null, ct) is not { } measurement)
            return Refusal.NotFound("This measurement");
        var sli = await OwnedSli.FindAsync(change, measurement.SliId, ct);
        return sli.Succeeded ? (measurement, sli.Value) : sli.Refusal;
    }

    public static void Publish(Change change)
    {
        change.Publish("slis");
        change.Publish("measurements");
    }

    public static IRuleBuilderOptions<T, string> MustBeMeasurementReason<T>(this IRuleBuilder<T, string> rule) =>
        rule.NotEmpty().WithMessage("Give the reason.").MaximumLength(4000).WithMessage("A reason has at most 4,000 characters.");
}
