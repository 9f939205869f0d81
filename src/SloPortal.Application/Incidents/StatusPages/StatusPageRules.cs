using System.Security.Cryptography;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Incidents.StatusPages;

namespace SloPortal.Application.Incidents.StatusPages;

/// <summary>A service of a status page as people give it.</summary>
/// <param name="Service">Slug.</param>
/// <param name="Name">As people outside know it.</param>
public sealed record ShownServiceGiven(string Service, string Name);

/// <summary>What the operations on status pages share, and what serves them says.</summary>
public static class StatusPageRules
{
    /// <summary>The same for a page that never was and for a wrong key.</summary>
    public const string NotServed = "There is no such status page. Check the whole address.";

    /// <summary>Whether a link reads the page.</summary>
    /// <param name="keyHash">Null where everybody may read it.</param>
    /// <param name="key">The secret in the link; null where there is none in it.</param>
    internal static bool Opens(byte[]? keyHash, string? key) =>
        keyHash is null || (key is { Length: > 0 and <= 100 } && CryptographicOperations.FixedTimeEquals(keyHash, LinkSecret.HashOf(key)));

    internal static void MustBePageTitle<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage("Give the page a title.").MaximumLength(StatusPage.LongestTitle).WithMessage("A title has at most 100 characters.");

    internal static void MustBeShownServices<T>(this IRuleBuilder<T, IReadOnlyList<ShownServiceGiven>> rule) =>
        rule.Must(s => s is { Count: >= 1 and <= StatusPage.MostServices }).WithMessage($"A status page shows 1 to {StatusPage.MostServices} services.")
            .Must(s => s is null || s.All(x => x is { Service.Length: > 0 } && !string.IsNullOrWhiteSpace(x.Name) && x.Name.Length <= StatusPage.LongestName))
            .WithMessage("Name each service as people outside know it, with at most 100 characters.")
            .Must(s => s is null || s.Any(x => x is null) || s.DistinctBy(x => x.Service).Count() == s.Count).WithMessage("Show each service once.");

    internal static async Task<Outcome<StatusPage>> FindAsync(Change change, string slug, CancellationToken ct) =>
        await change.Db.StatusPages.SingleOrDefaultAsync(p => p.Slug == slug && p.ArchivedAt == null, ct) is { } found ? found : Refusal.NotFound($"The status page \"{slug}\"");

    internal static async Task<Outcome<IReadOnlyList<ShownService>>> ServicesAsync(Change change, IReadOnlyList<ShownServiceGiven> given, CancellationToken ct)
    {
        string[] slugs = [.. given.Select(s => s.Service)];
        var known = await change.Db.Services.AsNoTracking().Where(s => slugs.Contains(s.Slug)).ToDictionaryAsync(s => s.Slug, s => s.Id, ct);
        return Array.Find(slugs, slug => !known.ContainsKey(slug)) is { } missing
            ? Refusal.Invalid("Services", $"There is no service \"{missing}\".")
            : (Outcome<IReadOnlyList<ShownService>>)given.Select(s => new ShownService(known[s.Service], s.Name.Trim())).ToList();
    }

    /// <summary>Lets the page be read by whom it says, with another link where it needs one.</summary>
    /// <returns>The secret of the new link; null where there is none.</returns>
    internal static string? ShowTo(StatusPage shown, StatusPageAudience audience, DateTimeOffset now)
    {
        if (audience == StatusPageAudience.Everybody)
        {
            shown.ShowToEverybody();
            return null;
        }
        var secret = LinkSecret.Generate();
        shown.ShowByLink(LinkSecret.HashOf(secret), now);
        return secret;
    }
}
