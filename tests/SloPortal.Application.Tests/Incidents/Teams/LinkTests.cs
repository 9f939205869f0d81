using SloPortal.Application.Incidents.Response.Teams;
using SloPortal.Domain.Common;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Teams;

public sealed class LinkTests
{
    [Fact]
    public async Task Link_AChild_IsSeenFromBothSidesWithItsTeams()
    {
        await using var teams = await TeamWorld.CreateAsync();
        var (whole, part) = (await teams.World.DeclareAsync(), await teams.World.DeclareAsync(title: "Cards fail"));
        await teams.AskAsync(part);

        await LinkAsync(teams, part, whole, IncidentRelation.Parent);

        var child = Assert.Single((await teams.ReadAsync(whole)).Linked);
        Assert.Equal((IncidentRelation.Child, part, "Payments"), (child.As, child.Incident.Number, Assert.Single(child.Incident.Teams).Name));
        Assert.Equal((IncidentRelation.Parent, whole), Assert.Single((await teams.ReadAsync(part)).Linked.Select(l => (l.As, l.Incident.Number))));
        (await teams.World.Get<UnlinkIncidents.Handler>().HandleAsync(new(whole, part), teams.World.Responder, Ct)).Require();
        Assert.Empty((await teams.ReadAsync(whole)).Linked);
        Assert.Equal(RefusalKind.Conflict, (await teams.World.Get<UnlinkIncidents.Handler>().HandleAsync(new(whole, part), teams.World.Responder, Ct)).Refusal?.Kind);
    }

    [Fact]
    public async Task Link_ThatWouldMakePartsOfParts_IsRefused()
    {
        await using var teams = await TeamWorld.CreateAsync();
        var (whole, part, third) = (await teams.World.DeclareAsync(), await teams.World.DeclareAsync(), await teams.World.DeclareAsync());
        await LinkAsync(teams, whole, part, IncidentRelation.Child);

        Assert.StartsWith("INC-2 and INC-1 are linked already.", await RefusedAsync(teams, part, whole, IncidentRelation.Related), StringComparison.Ordinal);
        Assert.StartsWith("What is a part of another incident has no parts", await RefusedAsync(teams, part, third, IncidentRelation.Child), StringComparison.Ordinal);
        Assert.StartsWith("What has parts of its own is no part of another.", await RefusedAsync(teams, third, whole, IncidentRelation.Child), StringComparison.Ordinal);
        Assert.StartsWith("An incident is a part of one other at most.", await RefusedAsync(teams, third, part, IncidentRelation.Child), StringComparison.Ordinal);
        Assert.StartsWith("An incident cannot be linked to itself.", await RefusedAsync(teams, third, third, IncidentRelation.Related), StringComparison.Ordinal);
        await LinkAsync(teams, third, part, IncidentRelation.Related);
    }

    private static async Task LinkAsync(TeamWorld teams, int number, int other, IncidentRelation relation) =>
        (await teams.World.Get<LinkIncidents.Handler>().HandleAsync(new(number, other, relation), teams.World.Responder, Ct)).Require();

    private static async Task<string?> RefusedAsync(TeamWorld teams, int number, int other, IncidentRelation relation) =>
        (await teams.World.Get<LinkIncidents.Handler>().HandleAsync(new(number, other, relation), teams.World.Responder, Ct)).Refusal?.Message;
}
