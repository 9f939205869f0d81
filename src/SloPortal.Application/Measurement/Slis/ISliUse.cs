using SloPortal.Data;

namespace SloPortal.Application.Measurement.Slis;

/// <summary>Who relies on an SLI; the area Objectives answers.</summary>
public interface ISliUse
{
    /// <summary>The objectives that are not archived and are measured by the SLI, or will or may be, by name.</summary>
    Task<IReadOnlyList<SliUser>> OfAsync(PortalDbContext db, int sliId, DateTimeOffset now, CancellationToken ct);
}

/// <summary>An objective that relies on an SLI.</summary>
/// <param name="Service">Slug of its service.</param>
/// <param name="Slug">Its slug within the service.</param>
/// <param name="Name">Its name.</param>
/// <param name="State">How firmly.</param>
/// <param name="TargetPercent">99.9 means 99.9 %.</param>
/// <param name="WindowPhrase">"30 days, rolling".</param>
/// <param name="WindowStart">Where the window that ends now begins.</param>
public sealed record SliUser(string Service, string Slug, string Name, SliUseState State, decimal TargetPercent, string WindowPhrase, DateTimeOffset WindowStart);

/// <summary>How firmly an objective relies on an SLI.</summary>
public enum SliUseState
{
    /// <summary>The version in force is measured by it.</summary>
    InForce,

    /// <summary>A signed version that takes effect later is measured by it.</summary>
    Agreed,

    /// <summary>A proposal that waits for signatures names it.</summary>
    Proposed,
}
