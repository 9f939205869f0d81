using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Access;

internal static class AccessEndpoints
{
    public static void MapAccess(this RouteGroupBuilder api)
    {
        var access = api.MapGroup("").WithTags("Access");

        access.MapGet("/me", async (ReadMe.Handler read, CurrentActor current, CancellationToken ct) =>
                (await read.HandleAsync(await current.GetAsync(ct), ct)).ToOk())
            .WithName("ReadMe").WithSummary("The person behind the session or the token, with roles and teams");

        MapPeople(access.MapGroup("/people"));
        MapTeams(access.MapGroup("/teams"));
        MapTokens(access.MapGroup("/tokens"));
        MapInvitations(access.MapGroup("/invitations"));
    }

    private static void MapPeople(RouteGroupBuilder people)
    {
        people.MapGet("/", async (string? filter, EnumWord<Role>? role, string? team, bool? disabled, int? page, int? size, ListPeople.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListPeople(filter, role?.Value, team, disabled, page ?? 1, size ?? 50), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListPeople").WithSummary("The people, by name");

        people.MapGet("/{id:guid}", async (Guid id, ReadPerson.Handler read, CurrentActor current, CancellationToken ct) =>
                (await read.HandleAsync(new ReadPerson(id), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ReadPerson").WithSummary("One person");

        people.MapPut("/{id:guid}/roles", async (Guid id, RolesBody body, ChangeRoles.Handler set, CurrentActor current, CancellationToken ct) =>
                (await set.HandleAsync(new ChangeRoles(id, body.Roles), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ChangeRoles").WithSummary("Gives a person exactly these roles");

        people.MapPut("/{id:guid}/teams", async (Guid id, TeamsBody body, ChangeTeams.Handler set, CurrentActor current, CancellationToken ct) =>
                (await set.HandleAsync(new ChangeTeams(id, body.Teams), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ChangeTeams").WithSummary("Makes a person a member of exactly these teams, given by slug");

        people.MapPost("/{id:guid}/close", async (Guid id, CloseAccount.Handler close, CurrentActor current, CancellationToken ct) =>
                (await close.HandleAsync(new CloseAccount(id, true), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("CloseAccount").WithSummary("Closes an account; its sessions and tokens end");

        people.MapPost("/{id:guid}/reopen", async (Guid id, CloseAccount.Handler close, CurrentActor current, CancellationToken ct) =>
                (await close.HandleAsync(new CloseAccount(id, false), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ReopenAccount").WithSummary("Opens a closed account again");
    }

    private static void MapTeams(RouteGroupBuilder teams)
    {
        teams.MapGet("/", async (string? filter, ListTeams.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListTeams(filter), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListTeams").WithSummary("The teams, by name");

        teams.MapPost("/", async (CreateTeam request, CreateTeam.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(_ => $"/api/v1/teams/{request.Slug}"))
            .WithName("CreateTeam").WithSummary("Adds a team");

        teams.MapGet("/{slug}", async (string slug, ReadTeam.Handler read, CurrentActor current, CancellationToken ct) =>
                (await read.HandleAsync(new ReadTeam(slug), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ReadTeam").WithSummary("A team and its members");

        teams.MapPut("/{slug}", async (string slug, TeamBody body, ChangeTeam.Handler set, CurrentActor current, CancellationToken ct) =>
                (await set.HandleAsync(new ChangeTeam(slug, body.Slug, body.Name, body.Description, body.Version), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("ChangeTeam").WithSummary("Renames or describes a team");

        teams.MapPut("/{slug}/members/{person:guid}", async (string slug, Guid person, ChangeTeamMember.Handler set, CurrentActor current, CancellationToken ct) =>
                (await set.HandleAsync(new ChangeTeamMember(slug, person, true), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("AddTeamMember").WithSummary("Adds a person to a team");

        teams.MapDelete("/{slug}/members/{person:guid}", async (string slug, Guid person, ChangeTeamMember.Handler set, CurrentActor current, CancellationToken ct) =>
                (await set.HandleAsync(new ChangeTeamMember(slug, person, false), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RemoveTeamMember").WithSummary("Takes a person out of a team");
    }

    private static void MapTokens(RouteGroupBuilder tokens)
    {
        tokens.MapGet("/", async (bool? everybody, ListTokens.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListTokens(everybody ?? false), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListTokens").WithSummary("One's own API tokens, or everybody's for an administrator");

        tokens.MapPost("/", async (CreateToken request, CreateToken.Handler create, CurrentActor current, CancellationToken ct) =>
                (await create.HandleAsync(request, await current.GetAsync(ct), ct)).ToCreated(t => $"/api/v1/tokens/{t.Id}"))
            .WithName("CreateToken").WithSummary("Makes an API token; only this answer shows it. Needs a session: a token makes no tokens");

        tokens.MapDelete("/{id:guid}", async (Guid id, RevokeToken.Handler revoke, CurrentActor current, CancellationToken ct) =>
                (await revoke.HandleAsync(new RevokeToken(id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RevokeToken").WithSummary("Ends an API token for good");
    }

    private static void MapInvitations(RouteGroupBuilder invitations)
    {
        invitations.MapGet("/", async (ListInvitations.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListInvitations").WithSummary("The invitations that are open");

        invitations.MapPost("/", async (InvitePerson request, SendInvitation invite, CurrentActor current, HttpContext http, CancellationToken ct) =>
                (await invite.RunAsync(request, await current.GetAsync(ct), PortalAddress.Of(http.Request), ct)).ToCreated(i => $"/api/v1/invitations/{i.Id}"))
            .WithName("InvitePerson").WithSummary("Makes an invitation link; only this answer shows it");

        invitations.MapDelete("/{id:guid}", async (Guid id, RevokeInvitation.Handler revoke, CurrentActor current, CancellationToken ct) =>
                (await revoke.HandleAsync(new RevokeInvitation(id), await current.GetAsync(ct), ct)).ToNoContent())
            .WithName("RevokeInvitation").WithSummary("Withdraws an open invitation");
    }

    internal sealed record RolesBody(IReadOnlyList<Role> Roles);

    internal sealed record TeamsBody(IReadOnlyList<string> Teams);

    internal sealed record TeamBody(string Slug, string Name, string Description, uint? Version);
}
