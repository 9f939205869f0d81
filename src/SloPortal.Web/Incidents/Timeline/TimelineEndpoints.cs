using Microsoft.AspNetCore.Mvc;
using SloPortal.Application.Incidents.Attachments;
using SloPortal.Application.Incidents.Timeline;
using SloPortal.Domain.Incidents.Response;
using SloPortal.Domain.Incidents.Timeline;
using SloPortal.Web.Access;
using SloPortal.Web.Common;

namespace SloPortal.Web.Incidents.Timeline;

internal sealed record EntryBody(string Body, EntryKind? Kind = null, DateTimeOffset? OccurredAt = null, string? ClientKey = null, bool ConfirmUnusualTime = false);

internal sealed record LineBody(string Line, string? ClientKey = null, double TypedSecondsAgo = 0, string? Zone = null, bool ConfirmUnusualTime = false);

internal sealed record CorrectionBody(string Body, string Reason, DateTimeOffset? OccurredAt = null, string? ClientKey = null, bool ConfirmUnusualTime = false);

internal sealed record ChatBody(string Text, string? Zone = null);

internal sealed record ChatImportBody(IReadOnlyList<ConfirmedMessage> Messages, bool ConfirmUnusualTime = false, string? From = null);

internal static class TimelineEndpoints
{
    public static void MapTimeline(this RouteGroupBuilder api)
    {
        var timeline = api.MapGroup("/incidents/{number:int}/timeline").WithTags("Timeline");

        timeline.MapGet("/", async (int number, DateTimeOffset? knownAt, EnumWord<EntryKind>[]? kind, int? skip, int? take, GetTimeline.Handler get, CurrentActor current, CancellationToken ct) =>
                (await get.HandleAsync(new GetTimeline(number, knownAt, kind?.Select(k => k.Value).ToArray(), skip ?? 0, take ?? GetTimeline.UsualTake), await current.GetAsync(ct), ct)).ToOk())
            .WithName("GetTimeline").WithSummary("What happened, the latest first; with knownAt as it had been recorded at that moment");

        timeline.MapPost("/", async (int number, EntryBody body, AddEntry.Handler add, CurrentActor current, CancellationToken ct) =>
                (await add.HandleAsync(new AddEntry(number, body.Body, body.Kind ?? EntryKind.Note, body.OccurredAt, body.ClientKey, body.ConfirmUnusualTime), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("AddEntry").WithSummary("Writes an entry; the same client key again is the same entry")
            .WithDescription("A time in the future, or before the service existed, is refused with a question; send it again with confirmUnusualTime if it is meant.");

        timeline.MapPost("/lines", async (int number, LineBody body, WriteLine.Handler write, CurrentActor current, CancellationToken ct) =>
                (await write.HandleAsync(new WriteLine(number, body.Line, body.ClientKey, body.TypedSecondsAgo, body.Zone, body.ConfirmUnusualTime), await current.GetAsync(ct), ct)).ToOk())
            .WithName("WriteLine").WithSummary("Does what a typed line says: \"-5m deploy rolled back\", \"/status mitigated\"");

        timeline.MapPost("/lines/preview", async (int number, LineBody body, PreviewLine.Handler preview, CurrentActor current, CancellationToken ct) =>
                (await preview.HandleAsync(new PreviewLine(number, body.Line, body.Zone), await current.GetAsync(ct), ct)).ToOk())
            .WithName("PreviewLine").WithSummary("Says what a typed line would become, and how it may go on");

        timeline.MapPost("/{entry:guid}/correction", async (int number, Guid entry, CorrectionBody body, CorrectEntry.Handler correct, CurrentActor current, CancellationToken ct) =>
                (await correct.HandleAsync(new CorrectEntry(number, entry, body.Body, body.Reason, body.OccurredAt, body.ClientKey, body.ConfirmUnusualTime), await current.GetAsync(ct), ct)).ToEntry())
            .WithName("CorrectEntry").WithSummary("Supersedes an entry by another; both stay visible");

        timeline.MapPost("/chat/read", async (int number, ChatBody body, ReadChat.Handler read, CurrentActor current, CancellationToken ct) =>
                (await read.HandleAsync(new ReadChat(number, body.Text, body.Zone), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ReadChat").WithSummary("Reads a pasted chat into entries to confirm; stores nothing");

        timeline.MapPost("/chat", async (int number, ChatImportBody body, ImportChat.Handler import, CurrentActor current, CancellationToken ct) =>
                (await import.HandleAsync(new ImportChat(number, body.Messages, body.ConfirmUnusualTime, body.From), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ImportChat").WithSummary("Writes confirmed messages of a chat into the timeline, and says how many were new");

        timeline.MapGet("/verification", async (int number, VerifyTimeline.Handler verify, CurrentActor current, CancellationToken ct) =>
                (await verify.HandleAsync(new VerifyTimeline(number), await current.GetAsync(ct), ct)).ToOk())
            .WithName("VerifyTimeline").WithSummary("Recomputes the chain of the incident and of those merged into it");
    }

    public static void MapAttachments(this RouteGroupBuilder api)
    {
        var attachments = api.MapGroup("/incidents/{number:int}/attachments").WithTags("Timeline");

        attachments.MapGet("/", async (int number, ListAttachments.Handler list, CurrentActor current, CancellationToken ct) =>
                (await list.HandleAsync(new ListAttachments(number), await current.GetAsync(ct), ct)).ToOk())
            .WithName("ListAttachments").WithSummary("The files of an incident, the newest first");

        attachments.MapPost("/", async (int number, string name, string? clientKey, HttpRequest http, AddAttachment.Handler add, CurrentActor current, CancellationToken ct) =>
            {
                // One byte more than is taken tells that there is more.
                using var content = new MemoryStream();
                var buffer = new byte[81_920];
                for (int read; content.Length <= AttachmentRules.LargestSize && (read = await http.Body.ReadAsync(buffer, ct)) > 0;)
                    content.Write(buffer, 0, read);
                return (await add.HandleAsync(new AddAttachment(number, name, content.ToArray(), clientKey), await current.GetAsync(ct), ct))
                    .ToCreated(row => $"/api/v1/incidents/{number}/attachments/{row.Id}");
            })
            .WithMetadata(new RequestSizeLimitAttribute(AttachmentRules.LargestSize + (1 << 20)))
            .WithName("AddAttachment").WithSummary("Attaches the body of the request as a file");

        attachments.MapGet("/{id:guid}", async Task<IResult> (int number, Guid id, ReadAttachment.Handler read, CurrentActor current, HttpResponse http, CancellationToken ct) =>
            {
                var outcome = await read.HandleAsync(new ReadAttachment(number, id), await current.GetAsync(ct), ct);
                if (!outcome.Succeeded)
                    return OutcomeResults.Problem(outcome.Refusal);
                var file = outcome.Value;
                // Whatever is in it, it runs nothing and loads nothing.
                http.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
                http.Headers.CacheControl = "private, no-store";
                return TypedResults.File(file.Content, file.ContentType, AttachmentRules.IsImage(file.ContentType) ? null : file.FileName);
            })
            .WithName("ReadAttachment").WithSummary("The file itself");
    }
}
