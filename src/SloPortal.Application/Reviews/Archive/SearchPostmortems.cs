using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Reviews.Archive;

/// <summary>A published postmortem that was found.</summary>
/// <param name="Title">With what was found in it.</param>
/// <param name="Passages">Of summary and text, with what was found; the summary's beginning without a query.</param>
/// <param name="HappenedAt">When it started; null where it does not say.</param>
/// <param name="Rank">Compares hits of one search only.</param>
public sealed record ArchiveHit(
    int Number, string Code, IReadOnlyList<Stretch> Title, IReadOnlyList<Stretch> Passages, IncidentSeverity? Severity, DateTimeOffset? HappenedAt,
    DateTimeOffset PublishedAt, string? Origin, IReadOnlyList<string> Services, IReadOnlyList<string> Factors, float Rank);

/// <summary>A page of what was found.</summary>
/// <param name="Total">How many match, counted to <see cref="SearchPostmortems.MostCounted"/>.</param>
/// <param name="MoreThanTotal">There are more. Hits and facets are of the best.</param>
/// <param name="Nearest">No postmortem has all of the words, or few have all of a sentence; these come nearest.</param>
public sealed record ArchivePage(IReadOnlyList<ArchiveHit> Hits, int Total, bool MoreThanTotal, bool Nearest, int Number, int Size, ArchiveFacets Facets);

/// <summary>Searches the published postmortems that the actor may see.</summary>
public sealed record SearchPostmortems(ArchiveFilter Filter, int Page = 1, int Size = 20)
{
    /// <summary>Nobody reads further, and facets of more would cost more than the search.</summary>
    public const int MostCounted = 1000;

    /// <summary>Of those that only come near; further on they share little.</summary>
    public const int MostNearest = 50;

    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts)
    {
        public async Task<Outcome<ArchivePage>> HandleAsync(SearchPostmortems request, Actor actor, CancellationToken ct)
        {
            ArgumentNullException.ThrowIfNull(request);
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            if (new ArchiveFilter.Validator().Validate(request.Filter) is { IsValid: false } wrong)
                return Refusal.Invalid(wrong.Errors[0].PropertyName, wrong.Errors[0].ErrorMessage);
            var (number, size) = (Math.Clamp(request.Page, 1, MostCounted), Math.Clamp(request.Size, 1, 100));
            await using var db = await contexts.CreateDbContextAsync(ct);
            var search = new ArchiveSearch(db, actor, SearchText.Of(request.Filter.Query));
            var found = await search.FindAsync(request.Filter, ct);
            var counted = found.Count > MostCounted ? found[..MostCounted] : found;
            await using var beside = await contexts.CreateDbContextAsync(ct);
            var facets = search.CountAsync(beside, request.Filter, counted, ct);
            var hits = search.ShowAsync([.. counted.Skip((number - 1) * size).Take(size)], ct);
            await Task.WhenAll(facets, hits);
            return new ArchivePage(await hits, counted.Count, found.Count > MostCounted, search.IsNearest, number, size, await facets);
        }
    }
}
