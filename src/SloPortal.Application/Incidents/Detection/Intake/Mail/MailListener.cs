using System.Buffers;
using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SloPortal.Application.Common;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Domain.Incidents.Detection.Intake;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace SloPortal.Application.Incidents.Detection.Intake.Mail;

/// <summary>
/// Takes mail to the addresses of signal sources by SMTP, and no other: it relays nothing and keeps nothing of what it refuses. A mail is in the
/// ledger before it is answered for.
/// </summary>
public sealed class MailListener(
    SignalSourceDirectory sources, ReceiveMail.Handler receive, SourceHealth health, IOptions<SignalMailSettings> settings, ILogger<MailListener> logger) : BackgroundService
{
    /// <summary>Bytes of a mail; alerts are text, and what is larger carries attachments.</summary>
    public const int MostBytes = 2 << 20;

    private const string AddressPrefix = "signals+";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TaskCompletionSource<int> port = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The port that it listens on, once it does.</summary>
    internal Task<int> Port => port.Task;

    /// <summary>The address of a source: its key before the @, with or without "signals+".</summary>
    public static string AddressOf(string key, string host) => $"{AddressPrefix}{key}@{host}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Value.Port is not { } asked)
            return;
        try
        {
            var endpoint = new IPEndPoint(IPAddress.Parse(settings.Value.Address), asked == 0 ? FreePort() : asked);
            var options = new SmtpServerOptionsBuilder().ServerName(settings.Value.Host).MaxMessageSize(MostBytes, MaxMessageSizeHandling.Strict)
                .CommandWaitTimeout(Patience).Endpoint(e => e.Endpoint(endpoint).SessionTimeout(Patience)).Build();
            var parts = new ServiceProvider();
            parts.Add(new Recipients(this));
            parts.Add(new Letterbox(this));
            var server = new SmtpServer.SmtpServer(options, parts);
            var listening = server.StartAsync(stoppingToken);
            port.TrySetResult(endpoint.Port);
            await listening;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal ends.
        }
        catch (Exception e)
        {
            // A listener that ends would end the portal.
            logger.LogError("Mail is not taken: {Address}:{Port} cannot be used ({Reason})", settings.Value.Address, asked, e.Message);
        }
    }

    private async Task<KnownSource?> FindAsync(IMailbox to, CancellationToken ct)
    {
        var user = to.User ?? "";
        var key = user.StartsWith(AddressPrefix, StringComparison.OrdinalIgnoreCase) ? user[AddressPrefix.Length..] : user;
        return await sources.FindAsync(key, ct) is { Kind: SignalSourceKind.Mail } source ? source : null;
    }

    private async Task<SmtpResponse> TakeAsync(IList<IMailbox> to, byte[] raw, CancellationToken ct)
    {
        KnownSource? taking = null;
        try
        {
            foreach (var mailbox in to)
            {
                taking = await FindAsync(mailbox, ct);
                if (taking is not null)
                    await receive.HandleAsync(new ReceiveMail(taking, raw), taking.Actor, ct);
            }
            return SmtpResponse.Ok;
        }
        catch (FormatException)
        {
            if (taking is not null)
                await health.NoteProblemAsync(taking, "A mail came that could not be read.", ct);
            return new SmtpResponse(SmtpReplyCode.TransactionFailed, "This is not a mail that can be read.");
        }
        catch (Exception e) when (PortalFailure.IsDatabaseAway(e))
        {
            return Later;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            logger.LogError(e, "A mail of the signal source {Source} could not be taken", taking?.Name);
            return Later;
        }
    }

    private static SmtpResponse Later => new((SmtpReplyCode)451, "The portal cannot store anything at present. Send it again.");

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Recipients(MailListener listener) : MailboxFilter
    {
        public override async Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken)
        {
            try
            {
                // The sentence never says whether a part of the address was right.
                return await listener.FindAsync(to, cancellationToken) is not null ? true
                    : throw new SmtpResponseException(new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "Nobody here has this address, and nothing is relayed. Take it from the page of the signal source."));
            }
            catch (Exception e) when (PortalFailure.IsDatabaseAway(e))
            {
                throw new SmtpResponseException(Later);
            }
        }
    }

    private sealed class Letterbox(MailListener listener) : MessageStore
    {
        public override Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken) =>
            listener.TakeAsync(transaction.To, buffer.ToArray(), cancellationToken);
    }
}
