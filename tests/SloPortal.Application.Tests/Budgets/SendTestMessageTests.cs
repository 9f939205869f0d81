using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Domain.Access;
using SloPortal.Domain.Budgets;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Tests.Budgets;

public sealed class SendTestMessageTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly (string, string) AllowLocal = ("Notifications:AllowedHosts:0", "127.0.0.1");

    [Fact]
    public async Task Handle_SignedWebhookTakesIt_CarriesTheSignatureOfItsBody()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = await BudgetWorld.CreateAsync(Noon, AllowLocal);
        var team = (await world.AddObjectiveAsync()).Team.Slug;
        var added = await world.Get<AddNotificationTarget.Handler>().HandleAsync(
            new AddNotificationTarget(team, NotificationChannel.Webhook, receiver.Address, AlertSeverity.Page, "a secret"), Actor.System("test"), Ct);

        Assert.Null((await TestAsync(world, team, added.Require(), Actor.System("test"))).Refusal);

        var (body, headers) = receiver.Taken.Single();
        Assert.Equal(WebhookMessage.Signature(body, "a secret"), headers[WebhookMessage.SignatureHeader]);
        Assert.Equal("test", JsonDocument.Parse(Encoding.UTF8.GetString(body)).RootElement.GetProperty("event").GetString());
    }

    [Fact]
    public async Task Handle_WebhookRefuses_SaysWhatItAnswered()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Status = StatusCodes.Status404NotFound;
        await using var world = await BudgetWorld.CreateAsync(Noon, AllowLocal);
        var objective = await world.AddObjectiveAsync();
        var target = await world.AddTargetAsync(objective, NotificationChannel.Webhook, receiver.Address);

        var outcome = await TestAsync(world, objective.Team.Slug, target.Id, Actor.System("test"));

        Assert.Equal("The test message was not taken. It answered 404; 200 to 299 was expected.", outcome.Refusal?.Message);
    }

    [Fact]
    public async Task Handle_OwnerOfAnotherTeam_IsDeniedAndNothingIsSent()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = await BudgetWorld.CreateAsync(Noon, AllowLocal);
        var objective = await world.AddObjectiveAsync();
        var target = await world.AddTargetAsync(objective, NotificationChannel.Webhook, receiver.Address);
        var stranger = new Actor { Kind = ActorKind.Person, PersonId = Guid.NewGuid(), Name = "Otto", Roles = [Role.ServiceOwner], TeamIds = [Guid.NewGuid()] };

        Assert.Equal(RefusalKind.Denied, (await TestAsync(world, objective.Team.Slug, target.Id, stranger)).Refusal?.Kind);
        Assert.Empty(receiver.Taken);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<Outcome<Done>> TestAsync(BudgetWorld world, string team, Guid id, Actor actor) =>
        world.Get<SendTestMessage.Handler>().HandleAsync(new SendTestMessage(team, id), actor, Ct);
}
