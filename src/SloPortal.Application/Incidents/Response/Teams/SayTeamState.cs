using FluentValidation;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Response.Teams;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>Says how a team stands in an incident.</summary>
/// <param name="Team">Slug.</param>
/// <param name="Note">What it is at; for what it waits, where it does.</param>
public sealed record SayTeamState(int Number, string Team, TeamState State, string? Note = null)
{
    public sealed class Validator : AbstractValidator<SayTeamState>
    {
        public Validator()
        {
            RuleFor(r => r.State).IsInEnum().WithMessage("A team is working, waiting or done.");
            RuleFor(r => r.Note).MaximumLength(InvolvedTeam.LongestNote).WithMessage($"A note has at most {InvolvedTeam.LongestNote} characters.")
                .Must(n => n is null || !n.AsSpan().ContainsAny('\0', '\n', '\r')).WithMessage("A note is one line of text.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        /// <returns>The number of the timeline's entry.</returns>
        public Task<Outcome<int>> HandleAsync(SayTeamState request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<SayTeamState, int>(request, actor, Permission.Respond, async change =>
            {
                var found = await TeamToChange.FindAsync(change, request.Number, request.Team, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var (incident, team, involved) = found.Value;
                if (found.Value.MustBeOfItOrRun(actor) is { } denied)
                    return denied;
                var note = request.Note?.Trim() ?? "";
                var before = involved.State;
                if (involved.Say(request.State, note, change.Now) is { } refusal)
                    return refusal;
                if (involved.IsOver)
                    await TeamCalls.EndAsync(change, incident.Id, team.Id, "It is not needed any more.", ct);
                change.Publish(TeamsTopic.Of(incident.Id));
                return await EntryRules.SayAsync(change, incident, "incident.team_state", new NewEntry(
                    EntryKind.Team, $"{team.Name} is {InvolvedTeam.Word(involved.State)}{(note.Length > 0 ? ": " + note : "")}",
                    Details: new { Team = team.Id, Before = before, After = involved.State }, Source: EntryRules.SourceOf(actor)), ct);
            }, ct);
    }
}
