using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Detection.Intake.Formats;
using SloPortal.Application.Incidents.Detection.Intake.Sources;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Application.Incidents.Detection.Intake.Mail;

/// <summary>
/// Takes a mail. A new one begins an episode; an answer belongs to the one that it answers. A mail whose subject begins with "RESOLVED" ends that,
/// or, where it answers nothing, what fires under the same subject.
/// </summary>
/// <param name="Raw">The mail as it came.</param>
public sealed record ReceiveMail(KnownSource Source, byte[] Raw)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, ReceiveSignals.Handler receive)
    {
        /// <exception cref="FormatException">It is no mail.</exception>
        public async Task<Outcome<SignalsTaken>> HandleAsync(ReceiveMail request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.SendSamples))
                return Denial.Of(actor, Permission.SendSamples);
            var mail = MailReader.Read(request.Raw);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var keys = await KeysAsync(db, request.Source.Id, mail, ct);
            // Two mails of one name are one delivery, such as when a server gave up on the answer.
            return await receive.HandleAsync(new ReceiveSignals(request.Source, [.. keys.Select((k, i) => new ReceivedSignal(mail.As(k), $"{i}/{mail.MessageId}"))]), actor, ct);
        }

        private static async Task<List<string>> KeysAsync(PortalDbContext db, Guid source, ReadMail mail, CancellationToken ct)
        {
            var open = db.Signals.AsNoTracking().Where(s => s.SourceId == source && s.State != SignalState.Resolved);
            string[] threads = [.. mail.Thread.Select(SignalText.Key)];
            var answered = threads.Length == 0 ? null : await open.Where(s => threads.Contains(s.DedupKey)).Select(s => s.DedupKey).FirstOrDefaultAsync(ct);
            if (answered is not null)
                return [answered];
            if (mail.IsResolved)
            {
                var same = await open.Where(s => s.Title == mail.Subject).Select(s => s.DedupKey).ToListAsync(ct);
                return same.Count > 0 ? same : [SignalText.Key(mail.Thread.Count > 0 ? mail.Thread[^1] : mail.MessageId)];
            }
            // The first mail of a thread names it, so that all answers meet, whichever came.
            return [SignalText.Key(mail.Thread.Count > 0 ? mail.Thread[^1] : mail.MessageId)];
        }
    }
}
