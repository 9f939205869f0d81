using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Dependencies;

namespace SloPortal.Application.Objectives.Dependencies;

/// <summary>A stretch [From, To) in which a vendor kept the service from working, and where that is known from.</summary>
/// <param name="SliId">The SLI that measured it; null where somebody entered it.</param>
/// <param name="Source">What somebody gave as the source; null where it was measured.</param>
public sealed record ExternalStretch(string Vendor, string VendorName, DateTimeOffset From, DateTimeOffset To, int? SliId, string? Source, string? Reason, string? RecordedBy);

/// <summary>The running window of an objective with and without the minutes in which vendors failed.</summary>
/// <param name="Good">What was good in all minutes.</param>
/// <param name="Attained">Of all minutes, 0 to 1: as users saw it; null without data.</param>
/// <param name="OwnGood">What was good in the minutes that are left, counted by the same method.</param>
/// <param name="OwnAttained">Of the minutes that are left: without externals.</param>
/// <param name="MinutesLeftOut">How many minutes that leaves out.</param>
/// <param name="Promised">Which of the two was promised.</param>
/// <param name="Vendors">Vendors that the service needs, by hard dependencies.</param>
/// <param name="Unit">What is counted: "events", "minutes" or "slices".</param>
public sealed record ExternalsView(
    DateTimeOffset From, DateTimeOffset To, double Good, double Total, double? Attained, double OwnGood, double OwnTotal, double? OwnAttained, int MinutesLeftOut,
    ExternalFailures Promised, decimal TargetPercent, IReadOnlyList<string> Vendors, IReadOnlyList<ExternalStretch> Stretches, string Unit);

/// <summary>"As users saw it" and "without externals" of an objective; null while nothing is agreed or no vendor is needed.</summary>
public sealed record GetExternals(string Service, string Slug)
{
    public sealed class Handler(IDbContextFactory<PortalDbContext> contexts, DependencyMeasures measures, SliCounts counts, SharedReads reads, TimeProvider clock)
    {
        public async Task<Outcome<ExternalsView?>> HandleAsync(GetExternals request, Actor actor, CancellationToken ct)
        {
            if (!actor.May(Permission.Read))
                return Denial.Of(actor, Permission.Read);
            return await reads.GetAsync(request, reading => ReadAsync(request, reading), ct);
        }

        private async Task<Outcome<ExternalsView?>> ReadAsync(GetExternals request, CancellationToken ct)
        {
            var moment = clock.GetUtcNowInMicroseconds();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = await (from o in db.Objectives.AsNoTracking()
                               join s in db.Services on o.ServiceId equals s.Id
                               join v in db.VersionsInForceAt(moment) on o.Id equals v.ObjectiveId into versions
                               from v in versions.DefaultIfEmpty()
                               where s.Slug == request.Service && o.Slug == request.Slug
                               select new { o.ServiceId, Version = v }).SingleOrDefaultAsync(ct);
            if (found is null)
                return Refusal.NotFound($"The objective \"{request.Slug}\" of \"{request.Service}\"");
            if (found.Version is not { } version)
                return (ExternalsView?)null;
            var window = version.Window.At(version.Method.Floor(moment));
            window = new Interval(MinuteClock.Ceiling(window.Start), window.End);
            var externals = await measures.ExternalsAsync(found.ServiceId, window, ct);
            return externals.Vendors.Count == 0 ? (ExternalsView?)null : await ViewAsync(version, window, externals, ct);
        }

        private async Task<ExternalsView> ViewAsync(ObjectiveVersion version, Interval window, MeasuredExternals externals, CancellationToken ct)
        {
            var (all, own) = (EventCounts.None, EventCounts.None);
            if (await counts.MinutesAsync(version.SliId, window, ct) is { } minutes)
            {
                var first = (int)(minutes.Start - window.Start).TotalMinutes;
                all = version.Method.Count(minutes).In(window);
                own = version.Method.Count(minutes.Without(externals.Lost.AsSpan(first, minutes.Minutes))).In(window);
            }

            return new ExternalsView(
                window.Start, window.End, all.Good, all.Total, all.Ratio, own.Good, own.Total, own.Ratio, externals.Lost.Count(l => l),
                version.Externals, version.Target.Percent, [.. externals.Vendors.Select(v => v.Vendor.Name)], Sources(externals, window), version.Method.Unit);
        }

        private static List<ExternalStretch> Sources(MeasuredExternals externals, Interval window)
        {
            var lost = externals.Lost;
            var nodes = new Dictionary<string, DependencyNode>();
            Collect(externals.Parts);
            var all = new List<ExternalStretch>();
            foreach (var (vendor, outages) in externals.Vendors)
            {
                var entered = outages.Select(o => (Outage: o, When: KnownVendors.WithinMinutes(o, window))).Where(o => o.When is not null).ToList();
                foreach (var (outage, when) in entered)
                    all.AddRange(Overlap(lost, window, when!.Value).Select(s => new ExternalStretch(vendor.Slug, vendor.Name, s.Start, s.End, null, outage.Source, outage.Reason, outage.RecordedByName)));
                if (vendor.SliId is not { } sli || !nodes.TryGetValue(vendor.Name, out var node))
                    continue;
                bool[] measuredOut = [.. lost.Select((isLost, minute) => isLost && ExternalOutages.IsOut(node, minute) && !entered.Exists(e => e.When!.Value.Contains(window.Start.AddMinutes(minute))))];
                all.AddRange(Stretches(measuredOut, window).Select(s => new ExternalStretch(vendor.Slug, vendor.Name, s.Start, s.End, sli, null, null, null)));
            }

            return [.. all.OrderByDescending(s => s.From)];

            void Collect(IReadOnlyList<DependencyPart> parts)
            {
                foreach (var node in parts.SelectMany(p => p.Nodes))
                {
                    if (node.IsExternal)
                        nodes[node.Name] = node;
                    Collect(node.Needs);
                }
            }
        }

        private static IEnumerable<Interval> Overlap(bool[] lost, Interval window, Interval when) =>
            Stretches(lost, window).Select(s => s.Intersect(when)).OfType<Interval>();

        /// <summary>Runs of lost minutes.</summary>
        private static List<Interval> Stretches(bool[] lost, Interval window)
        {
            var stretches = new List<Interval>();
            for (var minute = 0; minute < lost.Length; minute++)
            {
                if (!lost[minute])
                    continue;
                var first = minute;
                while (minute < lost.Length && lost[minute])
                    minute++;
                stretches.Add(new Interval(window.Start.AddMinutes(first), window.Start.AddMinutes(minute)));
            }

            return stretches;
        }
    }
}
