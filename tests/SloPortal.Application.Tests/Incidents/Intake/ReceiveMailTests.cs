using MailKit.Net.Smtp;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MimeKit;
using SloPortal.Application.Incidents.Detection.Intake.Mail;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Domain.Incidents.Detection.Intake;
using SloPortal.TestSupport;
using static SloPortal.Application.Tests.Incidents.Intake.SignalWorld;

namespace SloPortal.Application.Tests.Incidents.Intake;

/// <summary>Mail as a program sends it, over a real socket.</summary>
public sealed class ReceiveMailTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Mail_ProblemAnswerAndEnd_AreOneEpisode()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        var (source, key) = await world.AddAsync(SignalSourceKind.Mail, world.Service);
        using var listener = Listener(world);
        await listener.StartAsync(Ct);
        using var client = await ConnectAsync(listener);
        var first = Mail($"signals+{key.ToUpperInvariant()}@portal.example.com", "Backup failed", "No space left.\nSee the log.");

        await client.SendAsync(first, Ct);
        // A server that heard no answer sends it again.
        await client.SendAsync(first, Ct);
        var answer = Mail($"{key}@portal.example.com", "Re: Backup failed", "Still.");
        answer.InReplyTo = first.MessageId;
        await client.SendAsync(answer, Ct);
        await client.SendAsync(Mail($"{key}@portal.example.com", "[RESOLVED] Backup failed", "Done."), Ct);

        var signal = Assert.Single(await world.SignalsAsync(source.Id));
        Assert.Equal((SignalState.Resolved, 2, SignalOrigin.Mail), (signal.State, signal.TimesReceived, signal.Origin));
        Assert.NotNull(signal.ServiceId);
        Assert.DoesNotContain(key, string.Join(' ', signal.Labels.Values), StringComparison.OrdinalIgnoreCase);
        Assert.Equal([SignalEventKind.Fired, SignalEventKind.Repeated, SignalEventKind.Resolved], (await world.LedgerAsync(source.Id)).Select(e => e.Kind));
        await listener.StopAsync(Ct);
    }

    [Fact]
    public async Task Mail_ToAnybodyElse_IsRefusedWithASentence()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        var (_, grafana) = await world.AddAsync(SignalSourceKind.Grafana);
        using var listener = Listener(world);
        await listener.StartAsync(Ct);

        foreach (var to in (string[])["somebody@elsewhere.example.com", $"{grafana}@portal.example.com"])
        {
            using var client = await ConnectAsync(listener);
            var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(Mail(to, "Hello", "Hello"), Ct));
            Assert.Equal(SmtpStatusCode.MailboxUnavailable, refused.StatusCode);
            Assert.Contains("nothing is relayed", refused.Message, StringComparison.Ordinal);
        }
        await listener.StopAsync(Ct);
    }

    [Fact]
    public async Task Mail_LargerThanTaken_IsRefused()
    {
        await using var world = await CreateAsync(postgres.ConnectionString);
        var (source, key) = await world.AddAsync(SignalSourceKind.Mail);
        using var listener = Listener(world);
        await listener.StartAsync(Ct);
        using var client = await ConnectAsync(listener);

        await Assert.ThrowsAnyAsync<Exception>(() => client.SendAsync(Mail($"{key}@portal.example.com", "Large", new string('x', MailListener.MostBytes + 1)), Ct));

        Assert.Empty(await world.SignalsAsync(source.Id));
        await listener.StopAsync(Ct);
    }

    [Theory]
    [InlineData("RESOLVED: disk full", true, "disk full")]
    [InlineData("Re: [resolved] disk full", true, "disk full")]
    [InlineData("[RESOLVED:2] disk full", true, "disk full")]
    [InlineData("Resolvedness of names", false, "Resolvedness of names")]
    [InlineData("", false, "A mail without a subject")]
    public void Read_Subject_SaysWhetherItIsOver(string subject, bool over, string title)
    {
        using var raw = new MemoryStream();
        Mail("a@example.com", subject, "text").WriteTo(raw, TestContext.Current.CancellationToken);

        var mail = MailReader.Read(raw.ToArray());

        Assert.Equal((over, title), (mail.IsResolved, mail.Subject));
    }

    private static MimeMessage Mail(string to, string subject, string text)
    {
        var mail = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = text } };
        mail.From.Add(new MailboxAddress("Monitor", "monitor@example.com"));
        mail.To.Add(MailboxAddress.Parse(to));
        return mail;
    }

    private static MailListener Listener(SignalWorld world) => new(
        world.Catalog.Get<SignalSourceDirectory>(), world.Catalog.Get<ReceiveMail.Handler>(), world.Catalog.Get<SourceHealth>(),
        Options.Create(new SignalMailSettings { Port = 0, Host = "portal.example.com" }), NullLogger<MailListener>.Instance);

    private static async Task<SmtpClient> ConnectAsync(MailListener listener)
    {
        var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", await listener.Port.WaitAsync(Ct), MailKit.Security.SecureSocketOptions.None, Ct);
        return client;
    }
}
