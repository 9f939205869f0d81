using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Incidents.StatusPages;
using SloPortal.Domain.Incidents.Updates;

namespace SloPortal.Application.Incidents.Updates;

/// <param name="Service">Slug.</param>
public sealed record ConditionGiven(string Service, ServiceCondition Condition);

/// <summary>An update as people give it.</summary>
/// <param name="NextUpdateAt">When the next one is promised; null promises none.</param>
/// <param name="StatusPages">Slugs of the pages that it goes to; none keeps it in the portal.</param>
/// <param name="Services">How services are; those left out are operational.</param>
public sealed record UpdateGiven(
    ToldState State, string Title, string Body, DateTimeOffset? NextUpdateAt = null, IReadOnlyList<string>? StatusPages = null, IReadOnlyList<ConditionGiven>? Services = null)
{
    internal sealed class Shape : AbstractValidator<UpdateGiven>
    {
        public Shape()
        {
            RuleFor(r => r.State).IsInEnum().WithMessage("A state is investigating, identified, monitoring or resolved.");
            RuleFor(r => r.Title).Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("Say in a few words what is the matter.")
                .MaximumLength(UpdateText.LongestTitle).WithMessage($"A title has at most {UpdateText.LongestTitle} characters.");
            RuleFor(r => r.Body).Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("Write what stakeholders should know.")
                .MaximumLength(UpdateText.LongestBody).WithMessage("An update has at most 3,000 characters.");
            RuleFor(r => r.StatusPages).Must(p => p is null or { Count: <= 50 }).WithMessage("Choose at most 50 status pages.");
            RuleFor(r => r.Services).Must(s => s is null || (s.Count <= StatusPage.MostServices && s.All(c => c is not null && Enum.IsDefined(c.Condition) && !string.IsNullOrEmpty(c.Service))))
                .WithMessage("Name each service by its short name, and say whether it is operational, degraded or in an outage.")
                .Must(s => s is null || s.Any(c => c is null) || s.DistinctBy(c => c.Service).Count() == s.Count).WithMessage("Name each service once.");
        }
    }

    /// <summary>Sentences about the fields by their own names, as the form has them.</summary>
    internal static void Check<T>(ValidationContext<T> context, UpdateGiven? given)
    {
        if (given is null)
        {
            context.AddFailure(nameof(Body), "Write what stakeholders should know.");
            return;
        }
        foreach (var error in new Shape().Validate(given).Errors)
            context.AddFailure(error.PropertyName, error.ErrorMessage);
    }

    /// <summary>Finds pages and services by their slugs, and refuses what cannot be told now, or not of this incident.</summary>
    /// <returns>What is to be told, and whether somebody has to approve it.</returns>
    internal async Task<Outcome<(UpdateText Text, bool NeedsApproval)>> ReadAsync(PortalDbContext db, Incident incident, DateTimeOffset now, CancellationToken ct)
    {
        string[] asked = [.. (StatusPages ?? []).Distinct()];
        if (asked.Length > 0 && incident.IsRestricted)
            return WhileRestricted(incident);
        var pages = await db.StatusPages.AsNoTracking().Where(p => asked.Contains(p.Slug) && p.ArchivedAt == null).ToListAsync(ct);
        if (asked.FirstOrDefault(slug => pages.TrueForAll(p => p.Slug != slug)) is { } missing)
            return Refusal.Invalid(nameof(StatusPages), $"There is no status page \"{missing}\" any more. Choose the pages again.");
        string[] slugs = [.. (Services ?? []).Select(s => s.Service)];
        var known = await db.Services.AsNoTracking().Where(s => slugs.Contains(s.Slug)).ToDictionaryAsync(s => s.Slug, s => s.Id, ct);
        if (Array.Find(slugs, slug => !known.ContainsKey(slug)) is { } nameless)
            return Refusal.Invalid(nameof(Services), $"There is no service \"{nameless}\".");
        var text = new UpdateText(
            State, Title.Trim(), Body.Trim(), Microseconds(NextUpdateAt), [.. (Services ?? []).Select(s => new ToldService(known[s.Service], s.Condition))], [.. pages.Select(p => p.Id)]);
        return text.WhyNot(now) is { } refusal ? refusal : (text, pages.Exists(p => p.NeedsApproval));
    }

    internal static Refusal WhileRestricted(Incident incident) => Refusal.Conflict(
        $"{incident.Code} is restricted, so nothing about it goes to a status page. Choose no status page, or lift the restriction first.");

    private static DateTimeOffset? Microseconds(DateTimeOffset? at) =>
        at?.ToUniversalTime() is { } given ? new DateTimeOffset(given.Ticks - given.Ticks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero) : null;
}
