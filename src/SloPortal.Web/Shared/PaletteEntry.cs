using SloPortal.Domain.Access;

namespace SloPortal.Web.Shared;

/// <summary>Something that the command palette can open.</summary>
/// <param name="Group">"Pages", "Actions", "Services": the heading under which it stands.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Detail">What tells it from others of that name; also searched.</param>
/// <param name="Address">Where it leads.</param>
internal sealed record PaletteEntry(string Group, string Title, string? Detail, string Address);

/// <summary>What an area adds to the command palette. Each area implements its own, so that the palette knows none of them.</summary>
internal interface IPaletteEntries
{
    /// <summary>Candidates that the actor may open; the palette ranks them, so a loose match does no harm.</summary>
    Task<IReadOnlyList<PaletteEntry>> FindAsync(string query, Actor actor, CancellationToken ct);
}
