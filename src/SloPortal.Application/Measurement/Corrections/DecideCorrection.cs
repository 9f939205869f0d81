using FluentValidation;
using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Access.Notices;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement.Corrections;

namespace SloPortal.Application.Measurement.Corrections;

/// <summary>Approves or declines a correction that somebody else proposed. Approved, every budget on the SLI counts by it from the next evaluation on.</summary>
/// <param name="Note">Why; required to decline.</param>
public sealed record DecideCorrection(Guid Id, bool Approve, string Note)
{
    public sealed class Validator : AbstractValidator<DecideCorrection>
    {
        public Validator()
        {
            RuleFor(r => r.Note).NotNull().WithMessage("Leave the note empty rather than out.").MaximumLength(4000).WithMessage("A note has at most 4,000 characters.");
            RuleFor(r => r.Note).NotEmpty().When(r => !r.Approve).WithMessage("Say why it is declined.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(DecideCorrection request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<DecideCorrection, Done>(request, actor, Permission.OwnServices, async change =>
            {
                var found = await CorrectionToChange.FindAsync(change, request.Id, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (correction, sli) = found.Value;
                if (correction.Decide(request.Approve, actor.PersonId, actor.Name, request.Note.Trim(), change.Now) is { } refusal)
                    return refusal;
                if (request.Approve)
                {
                    var spans = CorrectionSpans.Of(correction.First, correction.Recurrence, correction.TimeZone);
                    if (!spans.Succeeded)
                        return spans.Refusal;
                    await CorrectionToChange.LockHeadAsync(change, ct);
                    await PutInForceAsync(change, correction, spans.Value, ct);
                    await CorrectionToChange.CorrectAsync(change, sli.Id, correction.From, ct);
                }

                CorrectionToChange.Record(change, sli, correction, request.Approve ? "approved" : "declined");
                change.Publish("slis");
                change.Tell([correction.ProposedBy], $"{actor.Name} {(request.Approve ? "approved" : "declined")} your correction of \"{sli.Name}\".", $"/slis/{sli.Id}");
                return Done.Value;
            }, ct);

        private static Task<int> PutInForceAsync(Change change, Correction correction, Interval[] spans, CancellationToken ct) => change.Db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO correction_spans (sli_id, starts, ends, correction_id, decided_at, good, total)
            SELECT {0}, s.starts, s.ends, {1}, {2}, {3}, {4} FROM unnest({5}, {6}) AS s (starts, ends)
            """,
            [
                correction.SliId, correction.Id, change.Now,
                new NpgsqlParameter<double?> { TypedValue = correction.Good, NpgsqlDbType = NpgsqlDbType.Double },
                new NpgsqlParameter<double?> { TypedValue = correction.Total, NpgsqlDbType = NpgsqlDbType.Double },
                new NpgsqlParameter { Value = spans.Select(s => s.Start).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                new NpgsqlParameter { Value = spans.Select(s => s.End).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
            ], ct);
    }
}
