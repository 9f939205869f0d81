using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.Timeline;

namespace SloPortal.Application.Incidents.Timeline;

/// <summary>Reads a pasted chat into entries to confirm; nothing is stored.</summary>
/// <param name="Incident">Number.</param>
/// <param name="Zone">IANA id of the zone in which the chat shows its times; null is that of the profile.</param>
public sealed record ReadChat(int Incident, string Text, string? Zone = null)
{
    /// <summary>Characters. A chat of a day of many people has fewer.</summary>
    public const int LongestText = 500_000;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
    {
        public async Task<Outcome<ChatRead>> HandleAsync(ReadChat request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Respond))
                return Denial.Of(actor, Permission.Respond);
            if (request.Text is null)
                return Refusal.Invalid(nameof(Text), "Paste the chat first.");
            if (request.Text.Length > LongestText)
                return Refusal.Invalid(nameof(Text), string.Create(CultureInfo.InvariantCulture, $"This has {request.Text.Length:N0} characters; a chat has at most {LongestText:N0}. Paste it in parts, or attach it as a text file."));
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await TimelineScope.FindAsync(db, request.Incident, actor, null, ct) is not { } scope)
                return IncidentToChange.NotFound(request.Incident);
            var pieces = ChatLog.Read(request.Text, new ChatContext(clock.GetUtcNowInMicroseconds(), scope.StartedAt, LineReader.ZoneOf(request.Zone ?? actor.TimeZone)));
            var keys = pieces.OfType<ChatMessage>().Select(m => ImportChat.KeyOf(m.At, m.Author, m.Text)).ToArray();
            var known = await db.TimelineEntries.Where(e => e.IncidentId == scope.Id && keys.Contains(e.ClientKey)).Select(e => e.ClientKey).ToHashSetAsync(ct);
            return new ChatRead(
                [.. pieces.OfType<ChatMessage>().Select(m => new ChatProposal(m.FirstLine, m.At, m.Author, m.Text, m.DateGiven, known.Contains(ImportChat.KeyOf(m.At, m.Author, m.Text))))],
                [.. pieces.OfType<ChatRest>()]);
        }
    }
}

/// <param name="Rest">What could not be read.</param>
public sealed record ChatRead(IReadOnlyList<ChatProposal> Messages, IReadOnlyList<ChatRest> Rest);

/// <param name="Known">It stands in the timeline already.</param>
public sealed record ChatProposal(int FirstLine, DateTimeOffset At, string? Author, string Text, bool DateGiven, bool Known);
