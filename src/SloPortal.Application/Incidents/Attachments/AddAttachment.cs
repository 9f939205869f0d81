using System.Security.Cryptography;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Response;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Attachments;

/// <summary>Attaches a file to an incident. Its name keeps no folders; its type must be allowed, by its name and by what is in it.</summary>
/// <param name="Incident">Number.</param>
/// <param name="ClientKey">The same key again is the same file.</param>
public sealed record AddAttachment(int Incident, string FileName, byte[] Content, string? ClientKey = null)
{
    public sealed class Validator : AbstractValidator<AddAttachment>
    {
        public Validator() => RuleFor(r => r.ClientKey).MustBeClientKey();
    }

    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<AttachmentRow>> HandleAsync(AddAttachment request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<AddAttachment, AttachmentRow>(request, actor, Permission.Respond, async change =>
            {
                var name = AttachmentRules.Clean(request.FileName);
                var type = AttachmentRules.TypeOf(name, request.Content);
                if (!type.Succeeded)
                    return type.Refusal;
                var found = await IncidentToChange.FindAsync(change, request.Incident, ct);
                if (!found.Succeeded)
                    return found.Refusal;
                var incident = found.Value;
                var hash = SHA256.HashData(request.Content);
                if (await IncidentToChange.RepeatedAsync(change, incident, request.ClientKey, ct) is not null)
                    return (await AttachmentRow.Query(change.Db, [incident.Id]).ToListAsync(ct)).Find(a => a.Sha256.AsSpan().SequenceEqual(hash)) is { } known
                        ? known.ToRow()
                        : Refusal.Conflict("This key stands for another entry. Send another key.");
                var attachment = new Attachment(Guid.CreateVersion7(change.Now), incident.Id, name, type.Value, request.Content, hash, actor.PersonId, change.Now);
                change.Db.Attachments.Add(attachment);
                await EntryRules.SayAsync(change, incident, "incident.attachment_added", new NewEntry(
                    EntryKind.Attachment, name, ClientKey: request.ClientKey,
                    Details: new { attachment.Id, FileName = name, attachment.ContentType, attachment.Size, Sha256 = Convert.ToHexStringLower(hash) }, Source: EntryRules.SourceOf(actor)), ct);
                return new AttachmentRow(attachment.Id, name, type.Value, attachment.Size, Convert.ToHexStringLower(hash), actor.Name, change.Now);
            }, ct);
    }
}
