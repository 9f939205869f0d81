using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.Domain.Incidents.Escalation.Quiet;

namespace SloPortal.Application.Incidents.Escalation.Quiet;

/// <param name="Firing">How many that fire now it would cover.</param>
/// <param name="Week">How many of the last seven days it would have covered.</param>
/// <param name="OfWeek">Of how many of the team.</param>
/// <param name="Calling">How many of the week's called somebody.</param>
/// <param name="Examples">Titles, the newest first, each once.</param>
public sealed record SilenceTrial(int Firing, int Week, int OfWeek, int Calling, IReadOnlyList<string> Examples);

/// <summary>What a silence would cover, before it is planned.</summary>
public sealed record TrySilence(string Team, string? Service = null, IReadOnlyList<LabelCondition>? Conditions = null)
{
    private const int MostExamples = 5;

    private static readonly TimeSpan Back = TimeSpan.FromDays(7);

    public sealed class Validator : AbstractValidator<TrySilence>
    {
        public Validator() => RuleFor(r => r.Conditions).AreConditions();
    }

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<SilenceTrial>> HandleAsync(TrySilence request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (new Validator().Validate(request) is { IsValid: false } wrong)
                return Refusal.Invalid(wrong.Errors[0].PropertyName, wrong.Errors[0].ErrorMessage);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var place = await SilenceToChange.PlaceAsync(db, request.Team, request.Service, ct);
            if (!place.Succeeded)
                return place.Refusal;
            var now = clock.GetUtcNow();
            var (team, service) = place.Value;
            var silence = new Silence(Guid.Empty, team.Id, service, request.Conditions ?? [], now, now.AddMinutes(1), "", null, "", now);
            var (firing, week, ofWeek, calling) = (0, 0, 0, 0);
            var examples = new List<string>();
            // One after the other, so that a flood of the week is never in memory whole.
            await foreach (var signal in db.Signals.AsNoTracking().Where(s => s.TeamId == team.Id && (s.LastReceivedAt > now - Back || s.State != SignalState.Resolved))
                .OrderByDescending(s => s.LastReceivedAt).AsAsyncEnumerable().WithCancellation(ct))
            {
                ofWeek++;
                if (!silence.Fits(signal))
                    continue;
                week++;
                firing += signal.State == SignalState.Resolved ? 0 : 1;
                calling += signal.PageId is null ? 0 : 1;
                if (examples.Count < MostExamples && !examples.Contains(signal.Title))
                    examples.Add(signal.Title);
            }
            return new SilenceTrial(firing, week, ofWeek, calling, examples);
        }
    }
}
