using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Domain.Incidents.Response.Teams;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Teams;

internal static class TeamEndpoints
{
    public static void MapIncidentTeams(this RouteGroupBuilder api)
    {
        var incident = api.MapGroup("/incidents/{number:int}").WithTags("Incidents");
        incident.MapGet("/teams", async (int number, GetIncidentTeams.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetIncidentTeams(number), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetIncidentTeams").WithSummary("The teams of an incident, their hand-offs, and the incidents that belong to it with theirs");
        incident.MapPost("/teams", async (int number, TeamAsked to, AskTeam.Handler ask, CurrentActor current, CancellationToken ct) =>
                (await ask.HandleAsync(new AskTeam(number, to.Team, to.Part, to.ClientKey), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("AskIncidentTeam").WithSummary("Asks for a team; whoever is on call for it is called by its paging rules until somebody leads its part");
        incident.MapPut("/teams/{team}/lead", async (int number, string team, LeadGiven to, LeadTeam.Handler lead, CurrentActor current, CancellationToken ct) =>
                (await lead.HandleAsync(new LeadTeam(number, team, to.Person), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("LeadIncidentTeam").WithSummary("Says who of a team answers for its part; null is the caller");
        incident.MapPut("/teams/{team}/state", async (int number, string team, TeamStateGiven to, SayTeamState.Handler say, CurrentActor current, CancellationToken ct) =>
                (await say.HandleAsync(new SayTeamState(number, team, to.State, to.Note), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("SayIncidentTeamState").WithSummary("Says how a team stands: working, waiting or done");
        incident.MapPost("/hand-offs", async (int number, HandOffGiven to, OfferHandOff.Handler offer, CurrentActor current, CancellationToken ct) =>
                (await offer.HandleAsync(new OfferHandOff(number, to.From, to.To, to.What, to.Task, to.ClientKey), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("OfferIncidentHandOff").WithSummary("Offers a team's part, or one task of it, to another team; it goes over once accepted");
        incident.MapPost("/hand-offs/{handOff:guid}/answer", async (int number, Guid handOff, AnswerGiven to, AnswerHandOff.Handler answer, CurrentActor current, CancellationToken ct) =>
                (await answer.HandleAsync(new AnswerHandOff(number, handOff, to.Accept, to.Reason), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("AnswerIncidentHandOff").WithSummary("Accepts or declines what was offered to one's team");
        incident.MapDelete("/hand-offs/{handOff:guid}", async (int number, Guid handOff, WithdrawHandOff.Handler withdraw, CurrentActor current, CancellationToken ct) =>
                (await withdraw.HandleAsync(new WithdrawHandOff(number, handOff), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("WithdrawIncidentHandOff").WithSummary("Takes an offer back that nobody has answered");
        incident.MapPut("/links/{other:int}", async (int number, int other, LinkGiven to, LinkIncidents.Handler link, CurrentActor current, CancellationToken ct) =>
                (await link.HandleAsync(new LinkIncidents(number, other, to.As), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("LinkIncidents").WithSummary("Says that another incident is the parent or a child of this one, or related to it");
        incident.MapDelete("/links/{other:int}", async (int number, int other, UnlinkIncidents.Handler unlink, CurrentActor current, CancellationToken ct) =>
                (await unlink.HandleAsync(new UnlinkIncidents(number, other), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("UnlinkIncidents").WithSummary("Takes away that two incidents belong together");
    }
}

internal sealed record TeamAsked(string Team, string Part, string? ClientKey);

internal sealed record LeadGiven(Guid? Person);

internal sealed record TeamStateGiven(TeamState State, string? Note);

internal sealed record HandOffGiven(string From, string To, string What, Guid? Task, string? ClientKey);

internal sealed record AnswerGiven(bool Accept, string? Reason);

internal sealed record LinkGiven(IncidentRelation As);
