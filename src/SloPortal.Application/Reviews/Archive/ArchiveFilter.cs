using System.Globalization;
using FluentValidation;
using SloPortal.Data;
using SloPortal.Domain.Incidents;

namespace SloPortal.Application.Reviews.Archive;

/// <summary>Which published postmortems; what is null or empty does not narrow. Of several services, severities or factors one suffices.</summary>
/// <param name="Query">Words as in a web search: all of them, "a phrase", OR between alternatives, - before what must not occur.</param>
/// <param name="Services">Slugs.</param>
/// <param name="Severities">Of the postmortem.</param>
/// <param name="Factors">As the postmortems name them: "process".</param>
/// <param name="From">First instant at which it happened, or was published where it does not say when it happened.</param>
/// <param name="To">First instant after the range.</param>
public sealed record ArchiveFilter(
    string? Query = null, IReadOnlyList<string>? Services = null, IReadOnlyList<IncidentSeverity>? Severities = null, IReadOnlyList<string>? Factors = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary>A summary can be pasted as a search.</summary>
    public const int LongestQuery = 4000;

    public sealed class Validator : AbstractValidator<ArchiveFilter>
    {
        public Validator()
        {
            RuleFor(f => f.Query).MaximumLength(LongestQuery).WithMessage(string.Create(CultureInfo.InvariantCulture, $"A search has at most {LongestQuery:N0} characters. Leave some words out."));
            RuleFor(f => f.Services).Must(BeFew).WithMessage("A filter names at most 100 services.");
            RuleFor(f => f.Severities).Must(BeFew).WithMessage("A filter names at most 100 severities.");
            RuleFor(f => f.Factors).Must(BeFew).WithMessage("A filter names at most 100 factors.");
        }

        private static bool BeFew<T>(IReadOnlyList<T>? values) => values is null or { Count: <= 100 };
    }

    /// <summary>Narrows by everything but the query.</summary>
    internal IQueryable<ArchiveMatch> Narrow(PortalDbContext db, IQueryable<ArchiveMatch> matches)
    {
        if (Services is { Count: > 0 })
            matches = matches.Where(m => db.Postmortems.Any(p => p.Id == m.Id && p.Services.Any(s => db.Services.Any(known => known.Id == s.ServiceId && Services.Contains(known.Slug)))));
        if (Severities is { Count: > 0 })
        {
            string?[] words = [.. Severities.Select(s => s.ToString())];
            matches = matches.Where(m => words.Contains(m.Severity));
        }
        if (Factors is { Count: > 0 })
            matches = matches.Where(m => db.Postmortems.Any(p => p.Id == m.Id && p.Factors.Any(f => Factors.Contains(f.Factor))));
        if (From is { } from)
            matches = matches.Where(m => m.HappenedAt >= from.ToUniversalTime());
        if (To is { } to)
            matches = matches.Where(m => m.HappenedAt < to.ToUniversalTime());
        return matches;
    }
}
