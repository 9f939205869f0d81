using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SloPortal.Application.Budgets.Evaluation;
using SloPortal.Application.Budgets.Notifying;
using SloPortal.Application.Common;
using SloPortal.Domain.Budgets;

namespace SloPortal.Application.Tests.Budgets;

public sealed class SendNotificationsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly (string, string) AllowLocal = ("Notifications:AllowedHosts:0", "127.0.0.1");

    [Fact]
    public async Task RunAsync_TwoPortals_SendOneMailPerTurn()
    {
        using var server = await MailServer.StartAsync();
        await using var one = await BudgetWorld.CreateAsync(Noon, [.. server.Settings, ("Portal:PublicUrl", "https://slo.example.com/")]);
        await using var two = one.Second([.. server.Settings, ("Portal:PublicUrl", "https://slo.example.com/")]);
        var objective = await BurnAsync(one);
        await one.AddTargetAsync(objective, NotificationChannel.Mail, "on-call@example.com", AlertSeverity.Page);

        await Task.WhenAll(one.RunAsync<EvaluateBudgets>(), two.RunAsync<EvaluateBudgets>());
        // Past the runner's lock: both portals at once, as if the lock had been lost.
        var now = one.Clock.GetUtcNowInMicroseconds();
        var ct = TestContext.Current.CancellationToken;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => (i % 2 == 0 ? one : two).Pass<SendNotifications>().RunAsync(now, ct)));

        var sent = Assert.Single(await one.NotificationsAsync());
        Assert.Equal((NotificationState.Sent, 1), (sent.State, sent.Attempts));
        await UntilAsync(() => server.Mails.Count > 0);
        var mail = Assert.Single(server.Mails);
        Assert.Equal("Page: Checkout: Availability burns 500×", mail.Subject);
        Assert.Contains("https://slo.example.com/objectives/", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Burn over 5 min: 500×, 250 of 500 events failed", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Open the objective", mail.HtmlBody, StringComparison.Ordinal);
        Assert.StartsWith(sent.Id.ToString("N"), mail.MessageId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ScriptInTheNames_StaysTextInMailAndWebhook()
    {
        const string script = "\"><svg onload=hacked=1><script>hacked=1</script>";
        using var server = await MailServer.StartAsync();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = await BudgetWorld.CreateAsync(Noon, [.. server.Settings, AllowLocal, ("Portal:PublicUrl", "https://slo.example.com/")]);
        var objective = await BurnAsync(world);
        foreach (var table in (string[])["objectives", "services", "teams"])
        {
            await using var rename = world.Database.CreateCommand($"UPDATE {table} SET name = $1");
            rename.Parameters.Add(new() { Value = script });
            await rename.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        await world.AddTargetAsync(objective, NotificationChannel.Mail, "on-call@example.com", AlertSeverity.Page);
        await world.AddTargetAsync(objective, NotificationChannel.Webhook, receiver.Address, AlertSeverity.Page);
        await world.RunAsync<EvaluateBudgets>();
        await world.RunAsync<SendNotifications>();

        await UntilAsync(() => server.Mails.Count > 0);
        var mail = Assert.Single(server.Mails);
        Assert.Contains(script, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(script), mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", mail.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<svg", mail.HtmlBody, StringComparison.OrdinalIgnoreCase);
        var (body, headers) = Assert.Single(receiver.Taken);
        Assert.Equal("application/json", headers.ContentType);
        using var document = JsonDocument.Parse(body);
        Assert.Equal(script, document.RootElement.GetProperty("objective").GetProperty("name").GetString());
        Assert.Contains(script, document.RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_WebhookFailsThenTakes_IsRetriedAndSentOnce()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Status = StatusCodes.Status500InternalServerError;
        await using var world = await BudgetWorld.CreateAsync(Noon, AllowLocal);
        await FireAsync(world, receiver.Address);

        await world.RunAsync<SendNotifications>();
        var waiting = Assert.Single(await world.NotificationsAsync());
        Assert.Equal((NotificationState.Waiting, Noon.AddSeconds(5)), (waiting.State, waiting.NextAttemptAt));
        Assert.Contains("500", waiting.LastError, StringComparison.Ordinal);

        receiver.Status = StatusCodes.Status204NoContent;
        world.Clock.Advance(TimeSpan.FromSeconds(6));
        await world.RunAsync<SendNotifications>();
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.RunAsync<SendNotifications>();

        Assert.Equal((NotificationState.Sent, 2), ((await world.NotificationsAsync()).Single().State, receiver.Taken.Count));
        Assert.Equal(receiver.Taken[0].Body, receiver.Taken[1].Body);
        Assert.Equal(receiver.Taken[0].Headers["Idempotency-Key"], receiver.Taken[1].Headers["Idempotency-Key"]);
    }

    [Fact]
    public async Task RunAsync_ConnectionRefused_IsRetriedWhenTheReceiverIsBack()
    {
        int port;
        await using (var gone = await WebhookReceiver.StartAsync())
            port = new Uri(gone.Address).Port;
        await using var world = await BudgetWorld.CreateAsync(Noon, AllowLocal);
        await FireAsync(world, $"http://127.0.0.1:{port}");
        await world.RunAsync<SendNotifications>();
        Assert.Contains("could not be reached", (await world.NotificationsAsync()).Single().LastError, StringComparison.Ordinal);

        await using var back = await WebhookReceiver.StartAsync(port);
        world.Clock.Advance(TimeSpan.FromSeconds(6));
        await world.RunAsync<SendNotifications>();

        Assert.Equal(NotificationState.Sent, (await world.NotificationsAsync()).Single().State);
        Assert.Single(back.Taken);
    }

    [Fact]
    public async Task RunAsync_NeverTaken_FailsVisiblyAfterTwelveHours()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Status = StatusCodes.Status503ServiceUnavailable;
        await using var world = await BudgetWorld.CreateAsync(Noon, AllowLocal);
        await FireAsync(world, receiver.Address);

        for (var hour = 0; hour <= 12; hour++)
        {
            await world.RunAsync<SendNotifications>();
            world.Clock.Advance(TimeSpan.FromHours(1));
        }

        var failed = (await world.NotificationsAsync()).Single();
        Assert.Equal((NotificationState.Failed, 13), (failed.State, failed.Attempts));
    }

    [Fact]
    public async Task RunAsync_FactsCannotBeRead_CountsAsATryAndIsGivenUp()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = await BudgetWorld.CreateAsync(Noon, AllowLocal);
        await FireAsync(world, receiver.Address);
        await using (var spoil = world.Database.CreateCommand("UPDATE alerts SET severity = 'Nonsense'"))
            await spoil.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        for (var hour = 0; hour <= 12; hour++)
        {
            await world.RunAsync<SendNotifications>();
            world.Clock.Advance(TimeSpan.FromHours(1));
        }

        var failed = (await world.NotificationsAsync()).Single();
        Assert.Equal((NotificationState.Failed, 13, "What this message is about could not be read."), (failed.State, failed.Attempts, failed.LastError));
    }

    [Fact]
    public async Task RunAsync_PrivateAddress_IsRefusedWithoutAConnection()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = await BudgetWorld.CreateAsync(Noon);
        // A name that resolves to a private address, as a rebound one would at the moment of connecting.
        await FireAsync(world, $"http://localhost:{new Uri(receiver.Address).Port}");

        await world.RunAsync<SendNotifications>();

        Assert.Contains("Notifications:AllowedHosts", (await world.NotificationsAsync()).Single().LastError, StringComparison.Ordinal);
        Assert.Empty(receiver.Taken);
    }

    [Fact]
    public async Task RunAsync_Redirect_IsNotFollowed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Status = StatusCodes.Status307TemporaryRedirect;
        await using var world = await BudgetWorld.CreateAsync(Noon, AllowLocal);
        await FireAsync(world, receiver.Address);

        await world.RunAsync<SendNotifications>();

        Assert.Single(receiver.Taken);
        Assert.Equal(NotificationState.Waiting, (await world.NotificationsAsync()).Single().State);
    }

    [Fact]
    public void Signature_KnownInput_IsTheHmacInHexadecimal()
    {
        // RFC 4231, test case 2.
        Assert.Equal(
            "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            WebhookMessage.Signature("what do ya want for nothing?"u8, "Jefe"));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.31.0.1", true)]
    [InlineData("172.32.0.1", false)]
    [InlineData("169.254.169.254", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:192.168.1.1", true)]
    [InlineData("fd00::1", true)]
    [InlineData("8.8.8.8", false)]
    [InlineData("2606:4700::1111", false)]
    public void IsPrivate_Address_IsRecognised(string address, bool expected) =>
        Assert.Equal(expected, OutgoingGuard.IsPrivate(IPAddress.Parse(address)));

    [Fact]
    public async Task RunAsync_Webhook_CarriesTheDocument()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var world = await BudgetWorld.CreateAsync(Noon, AllowLocal);
        await FireAsync(world, receiver.Address);

        await world.RunAsync<SendNotifications>();

        var document = JsonDocument.Parse(Encoding.UTF8.GetString(receiver.Taken.Single().Body)).RootElement;
        Assert.Equal("alert.fired", document.GetProperty("event").GetString());
        Assert.Equal("page", document.GetProperty("alert").GetProperty("severity").GetString());
        Assert.Equal(5, document.GetProperty("alert").GetProperty("short").GetProperty("minutes").GetInt32());
    }

    private static async Task FireAsync(BudgetWorld world, string address)
    {
        var objective = await BurnAsync(world);
        await world.AddTargetAsync(objective, NotificationChannel.Webhook, address, AlertSeverity.Page);
        await world.RunAsync<EvaluateBudgets>();
    }

    private static async Task<ObjectiveOfTest> BurnAsync(BudgetWorld world)
    {
        var objective = await world.AddObjectiveAsync();
        await world.CountEvenlyAsync(objective.SliId, Noon.AddHours(-1), Noon, bad: 50, total: 100);
        return objective;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }
}
