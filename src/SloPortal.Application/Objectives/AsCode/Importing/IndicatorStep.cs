using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Measurement.Slis;
using SloPortal.Application.Objectives.AsCode.OpenSlo;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.AsCode.Importing;

/// <summary>Finds, creates or renames the SLI of an objective. A definition never changes: another one needs another name.</summary>
public sealed class IndicatorStep(UnitOfWork work)
{
    /// <returns>The slug of the SLI; null where it was refused.</returns>
    internal async Task<string?> RunAsync(ImportRun run, PlannedObjective planned, CancellationToken ct)
    {
        var slo = planned.Slo;
        var service = await run.Change.Db.Services.AsNoTracking().SingleOrDefaultAsync(s => s.Slug == slo.Service, ct);
        if (service is null)
        {
            if (slo.Service.Length > 0)
                run.Refuse(slo.Head, planned.FullName, run.Set.Services.Exists(s => s.Head.Name == slo.Service) ? $"Its service \"{slo.Service}\" was refused." : $"There is no service \"{slo.Service}\", neither in the files nor in the portal. Add an object of kind Service.", slo.ServiceLine);
            return null;
        }
        var indicator = slo.Indicator ?? run.Set.Indicators.Find(i => i.Head.Name == slo.IndicatorName);
        if (indicator is null)
        {
            if (slo.IndicatorName is null)
                return null;
            if (await run.Change.Db.Slis.AnyAsync(s => s.ServiceId == service.Id && s.Slug == slo.IndicatorName && s.ArchivedAt == null, ct))
                return slo.IndicatorName;
            run.Refuse(slo.Head, planned.FullName, $"There is no SLI \"{slo.IndicatorName}\", neither in the files nor in the service {service.Name}.", slo.IndicatorLine);
            return null;
        }
        if (SliMapping.Of(indicator, planned.Target, run.Set, run.Findings) is not { } definition)
        {
            run.Say(indicator.Head, $"{slo.Service}/{indicator.Head.Name}", CodeFate.Refused, says: "The portal cannot measure it.");
            return null;
        }
        return await ApplyAsync(run, service.Id, $"{slo.Service}/{indicator.Head.Name}", slo.Service, indicator, definition, ct) ? indicator.Head.Name : null;
    }

    /// <summary>Checks the SLIs that no SLO names; the portal would not know their service.</summary>
    internal static void LeaveOut(ImportRun run)
    {
        foreach (var indicator in run.Set.Indicators.Where(i => !run.Set.Objectives.Exists(o => o.IndicatorName == i.Head.Name || o.Targets.Any(t => t.IndicatorName == i.Head.Name))))
        {
            var some = new Target(indicator.Head.Line, null, 99, BudgetingMethod.Default.ToString()!, indicator.Threshold is null ? null : "lte", indicator.Threshold is null ? null : 0, null, null);
            if (SliMapping.Of(indicator, some, run.Set, run.Findings) is null)
                run.Say(indicator.Head, indicator.Head.Name, CodeFate.Refused, says: "The portal cannot measure it.");
            else
                run.Say(indicator.Head, indicator.Head.Name, CodeFate.LeftOut, says: "No SLO of the files names it, so its service is not known.");
        }
    }

    private async Task<bool> ApplyAsync(ImportRun run, Guid serviceId, string name, string service, Indicator indicator, SliDefinition definition, CancellationToken ct)
    {
        var head = indicator.Head;
        if (!Slug.IsValid(head.Name))
        {
            run.Refuse(head, name, $"\"{head.Name}\" cannot be the short name of an SLI. {Slug.Rule}");
            return false;
        }
        var known = await run.Change.Db.Slis.AsNoTracking().SingleOrDefaultAsync(s => s.ServiceId == serviceId && s.Slug == head.Name, ct);
        if (known is null)
            return await CreateAsync(run, name, service, indicator, definition, ct);
        if (known.ArchivedAt is not null)
        {
            run.Refuse(head, name, $"The SLI {known.Name} is archived and counts nothing any more. Give the one of the file another name.");
            return false;
        }
        if (!known.Definition.Equals(definition))
        {
            run.Refuse(head, name, $"The SLI \"{head.Name}\" of {service} counts {Words(known.Definition)}, and the file says {Words(definition)}. What an SLI counts never changes, since all that was counted rests on it. Give the new one another name.", (indicator.Threshold ?? indicator.Total)?.Line);
            return false;
        }
        var changes = ImportRun.Differences(("name", known.Name, head.DisplayName?.Trim() ?? known.Name), ("description", known.Description, head.Description?.Trim() ?? known.Description));
        if (changes.Count == 0)
        {
            if (!run.Lines.Any(l => l.Kind == "SLI" && l.Name == name))
                run.Say(head, name, CodeFate.Unchanged);
            return true;
        }
        var request = new RenameSli(known.Id, head.DisplayName?.Trim() ?? known.Name, head.Description?.Trim() ?? known.Description);
        var outcome = await run.TryAsync(work.Validate(request), () => RenameSli.Handler.ApplyAsync(request, run.Change, ct), ct);
        if (outcome.Succeeded)
            run.Say(head, name, CodeFate.Changed, changes);
        else
            run.Refuse(head, name, outcome.Refusal.Message);
        return outcome.Succeeded;
    }

    private async Task<bool> CreateAsync(ImportRun run, string name, string service, Indicator indicator, SliDefinition definition, CancellationToken ct)
    {
        var head = indicator.Head;
        var source = definition is PushedRatio ? null : await SourceAsync(run, indicator, ct);
        if (definition is not PushedRatio && source is null)
        {
            run.Refuse(head, name, "It is not clear which source sends its series. Add the annotation sloportal.dev/source with the name of a source of the portal, or name one with the import.");
            return false;
        }
        var request = new CreateSli(service, head.Name, head.Title, head.Description ?? "", source?.Id, SliDraft.Of(definition));
        var outcome = await run.TryAsync(work.Validate(request), () => CreateSli.Handler.ApplyAsync(request, run.Change, run.Request.DryRun, ct), ct);
        if (outcome.Succeeded)
            run.Say(head, name, CodeFate.Created, ImportRun.Differences(("name", null, request.Name), ("counts", null, Words(definition)), ("source", null, source?.Name)));
        else
            run.Refuse(head, name, outcome.Refusal.Message);
        return outcome.Succeeded;
    }

    /// <summary>Named by the SLI, by its data source, or with the import; or the only one there is.</summary>
    private static async Task<Source?> SourceAsync(ImportRun run, Indicator indicator, CancellationToken ct)
    {
        var sources = await run.Change.Db.Sources.AsNoTracking().Where(s => s.Kind == SourceKind.RemoteWrite || s.Kind == SourceKind.Pull || s.Kind == SourceKind.Otlp).ToListAsync(ct);
        Source? Named(string? name) => name is null ? null : sources.FindAll(s => s.Name == name || Slug.From(s.Name) == name) is [var one] ? one : null;
        if (indicator.Head.Own("source") is { } own)
            return Named(own);
        return Named((indicator.Threshold ?? indicator.Total)?.Source) ?? (run.Request.Source is { } given ? Named(given) : sources is [var only] ? only : null);
    }

    private static string Words(SliDefinition definition) => definition switch
    {
        CounterRatio { Good: { } good } ratio => $"{good} of {ratio.Total}",
        CounterRatio ratio => $"all but {ratio.Bad} of {ratio.Total}",
        GaugeThreshold gauge => string.Create(CultureInfo.InvariantCulture, $"{gauge.Gauge} {gauge.Operator.Sign()} {gauge.Threshold}"),
        HistogramThreshold histogram => string.Create(CultureInfo.InvariantCulture, $"{histogram.Histogram} up to {histogram.UpperBound}"),
        PushedRatio => "pushed counts",
        Composite => "a journey over other SLIs",
        _ => throw new ArgumentOutOfRangeException(nameof(definition), definition, null),
    };
}
