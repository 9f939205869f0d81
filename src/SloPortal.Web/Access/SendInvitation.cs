using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Access;

/// <summary>An invitation with its link, shown this once.</summary>
/// <param name="Mailed">Whether a mail with the link went out.</param>
internal sealed record SentInvitation(Guid Id, string Email, string Link, DateTimeOffset ExpiresAt, bool Mailed);

/// <summary>Invites, and mails the link where mail is configured; a mail that fails leaves the link to be copied.</summary>
internal sealed class SendInvitation(InvitePerson.Handler invite, Mailer mailer, ILogger<SendInvitation> logger)
{
    /// <param name="address">The portal's own, for the link.</param>
    public async Task<Outcome<SentInvitation>> RunAsync(InvitePerson request, Actor actor, string address, CancellationToken ct)
    {
        var outcome = await invite.HandleAsync(request, actor, ct);
        if (!outcome.Succeeded)
            return outcome.Refusal;
        var made = outcome.Value;
        var link = address + Routes.Invitation(made.Secret);
        return new SentInvitation(made.Id, made.Email, link, made.ExpiresAt, await MailAsync(made, actor, link, ct));
    }

    private async Task<bool> MailAsync(NewInvitation made, Actor actor, string link, CancellationToken ct)
    {
        if (!mailer.IsConfigured)
            return false;
        try
        {
            await mailer.SendAsync(made.Email, $"{actor.Name} invites you to SloPortal",
                $"{actor.Name} invites you to SloPortal. Make your account here:\n\n{link}\n\nThe link works once, until {made.ExpiresAt:yyyy-MM-dd HH:mm} UTC.\n", ct);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogWarning("The invitation of {Email} could not be mailed: {Reason}", made.Email, e.Message);
            return false;
        }
    }
}
