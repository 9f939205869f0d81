using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Incidents.Timeline.Exchange;

/// <summary>Reads a CSV or JSON into entries to confirm; nothing is stored.</summary>
/// <param name="Incident">Number.</param>
/// <param name="Text">Of the file.</param>
/// <param name="Source">What made the file.</param>
/// <param name="Zone">IANA id of the zone of times that name none; null is that of the profile.</param>
public sealed record ReadEntries(int Incident, string Text, string Source, string? Zone = null)
{
    /// <summary>Characters.</summary>
    public const int LongestText = 4_000_000;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<EntriesRead>> HandleAsync(ReadEntries request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Respond))
                return Denial.Of(actor, Permission.Respond);
            if (string.IsNullOrWhiteSpace(request.Text))
                return Refusal.Invalid(nameof(Text), "Choose a file first; this one is empty.");
            if (request.Text.Length > LongestText)
                return Refusal.Invalid(nameof(Text), string.Create(CultureInfo.InvariantCulture, $"This has {request.Text.Length:N0} characters; a file has at most {LongestText:N0}. Bring it in parts, or attach it."));
            if (ImportEntries.RefusalFor(request.Source) is { } wrong)
                return Refusal.Invalid(nameof(Source), wrong);
            await using var db = await contexts.CreateDbContextAsync(ct);
            if (await TimelineScope.FindAsync(db, request.Incident, actor, null, ct) is not { } scope)
                return IncidentToChange.NotFound(request.Incident);
            try
            {
                var (entries, rest) = await EntryFile.ReadAsync(request.Text, LineReader.ZoneOf(request.Zone ?? actor.TimeZone), ct);
                var keys = entries.ConvertAll(e => ImportEntries.KeyOf(request.Source, e.At, e.Author, e.Text));
                var known = await db.TimelineEntries.Where(e => e.IncidentId == scope.Id && keys.Contains(e.ClientKey)).Select(e => e.ClientKey).ToHashSetAsync(ct);
                return new EntriesRead([.. entries.Select((e, i) => new EntryProposal(e.Place, e.At, e.Author, e.Text, e.Kind, known.Contains(keys[i])))], rest);
            }
            catch (InvalidDataException e)
            {
                return Refusal.Invalid(nameof(Text), e.Message);
            }
        }
    }
}

/// <param name="Rest">What could not be read.</param>
public sealed record EntriesRead(IReadOnlyList<EntryProposal> Entries, IReadOnlyList<FileRest> Rest);

/// <param name="Place">Line of a CSV, or which entry of a JSON, from 1.</param>
/// <param name="Known">It stands in the timeline already.</param>
public sealed record EntryProposal(long Place, DateTimeOffset At, string? Author, string Text, Domain.Incidents.Timeline.EntryKind Kind, bool Known);
