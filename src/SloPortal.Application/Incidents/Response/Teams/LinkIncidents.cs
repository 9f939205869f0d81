using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Response.Teams;

namespace SloPortal.Application.Incidents.Response.Teams;

/// <summary>What an incident is to the one that is looked at.</summary>
public enum IncidentRelation
{
    /// <summary>It is the whole of which the one is a part.</summary>
    Parent,
    /// <summary>It is a part of the one.</summary>
    Child,
    Related,
}

/// <summary>
/// Says that two incidents belong together. The timelines do not name the other, since they are read by people who may not know of it;
/// the link itself is shown to whoever sees both.
/// </summary>
/// <param name="Other">Number of the other.</param>
/// <param name="As">What the other is to this.</param>
public sealed record LinkIncidents(int Number, int Other, IncidentRelation As)
{
    public sealed class Validator : AbstractValidator<LinkIncidents>
    {
        public Validator()
        {
            RuleFor(r => r.As).IsInEnum().WithMessage("The other is parent, child or related.");
            RuleFor(r => r.Other).NotEqual(r => r.Number).WithMessage("An incident cannot be linked to itself. Choose another.");
        }
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<Done>> HandleAsync(LinkIncidents request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<LinkIncidents, Done>(request, actor, Permission.Respond, async change =>
            {
                // Always the lower number first, so that two links that cross do not wait for each other.
                var low = await IncidentToChange.FindAsync(change, Math.Min(request.Number, request.Other), ct);
                if (!low.Succeeded)
                    return low.Refusal;
                var high = await IncidentToChange.FindAsync(change, Math.Max(request.Number, request.Other), ct);
                if (!high.Succeeded)
                    return high.Refusal;
                var (one, other) = request.Number < request.Other ? (low.Value, high.Value) : (high.Value, low.Value);
                var (first, second) = request.As == IncidentRelation.Parent ? (other, one) : (one, other);
                var kind = request.As == IncidentRelation.Related ? IncidentLinkKind.Related : IncidentLinkKind.Child;
                var links = await change.Db.IncidentLinks.Where(l => l.FirstId == one.Id || l.SecondId == one.Id || l.FirstId == other.Id || l.SecondId == other.Id).ToListAsync(ct);
                if (links.Exists(l => (l.FirstId == one.Id && l.SecondId == other.Id) || (l.FirstId == other.Id && l.SecondId == one.Id)))
                    return Refusal.Conflict($"{one.Code} and {other.Code} are linked already. Take that link away first to change it.");
                if (links.Count(l => l.FirstId == one.Id || l.SecondId == one.Id) >= IncidentLink.Most)
                    return Refusal.Conflict($"{one.Code} has {IncidentLink.Most} links, and more help nobody.");
                if (kind == IncidentLinkKind.Child && IncidentLinks.WhyNotChild(links, first.Id, second.Id) is { } why)
                    return Refusal.Conflict(why);
                change.Db.IncidentLinks.Add(new IncidentLink(first.Id, second.Id, kind, actor.PersonId, change.Now));
                IncidentLinks.Tell(change, "incident.linked", kind, first, second);
                return Done.Value;
            }, ct);
    }
}
