using SloPortal.Application.Access.Notices;
using SloPortal.Application.Incidents.Response;
using SloPortal.Application.Incidents.Updates;
using SloPortal.Domain.Access;
using SloPortal.Domain.Incidents;
using static SloPortal.Application.Tests.Incidents.IncidentWorld;

namespace SloPortal.Application.Tests.Incidents.Updates;

public sealed class RemindUpdatesTests
{
    [Fact]
    public async Task Run_WhileNobodyWrites_RemindsCommunicationsOnceAndThenTellsCommanders()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var number = await world.DeclareAsync();
        (await world.Get<AssignRole.Handler>().HandleAsync(new(number, IncidentRole.Communications, world.Responder.PersonId), world.Commander, Ct)).Require();

        await LetPassAsync(world, 59);
        Assert.DoesNotContain(await NoticesAsync(world, world.Responder), n => n.Contains("was due", StringComparison.Ordinal));
        await LetPassAsync(world, 60);

        Assert.Single(await NoticesAsync(world, world.Responder), $"INC-{number}: the update for stakeholders was due at 13:00 UTC.");
        Assert.Single(await NoticesAsync(world, world.Commander), $"INC-{number}: stakeholders still wait for the update of 13:00 UTC. See that somebody writes it.");
        Assert.Single(await world.TimelineAsync(number), e => e.Body == "The update for stakeholders of 13:00 UTC was not given; the incident commanders are told");
    }

    [Fact]
    public async Task Run_OnceTheUpdateIsThere_TellsNobody()
    {
        await using var world = await IncidentWorld.CreateAsync();
        await world.AddPageAsync(needsApproval: false);
        var number = await world.DeclareAsync();
        await LetPassAsync(world, 55);
        await world.WriteAsync(number);

        await LetPassAsync(world, 30);

        Assert.DoesNotContain(await NoticesAsync(world, world.Commander), n => n.Contains("stakeholders", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_OfARestrictedIncident_TellsItsReadersOnly()
    {
        await using var world = await IncidentWorld.CreateAsync();
        var other = await world.AddPersonAsync("Otto", Role.IncidentCommander);
        await world.DeclareAsync(restricted: true);

        await LetPassAsync(world, 120);

        Assert.Contains(await NoticesAsync(world, world.Commander), n => n.Contains("stakeholders", StringComparison.Ordinal));
        Assert.Empty(await NoticesAsync(world, other));
    }

    private static async Task LetPassAsync(IncidentWorld world, int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            world.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
            await world.Portal.Pass<RemindUpdates>().RunAsync(world.Now, Ct);
        }
    }

    private static async Task<IReadOnlyList<string>> NoticesAsync(IncidentWorld world, Actor of) =>
        [.. (await world.Get<ListNotices.Handler>().HandleAsync(new(), of, Ct)).Require().Notices.Select(n => n.Text)];
}
