using SloPortal.Application.Access;
using SloPortal.Application.Objectives.AsCode.OpenSlo;
using SloPortal.Application.Objectives.AsCode.Reading;

namespace SloPortal.Application.Objectives.AsCode.Importing;

/// <summary>The steps of an import, in the order in which one rests on the other: services, SLIs, objectives.</summary>
public sealed class ImportSteps(ServiceStep services, IndicatorStep slis, ObjectiveStep objectives)
{
    internal async Task<IReadOnlyList<CodeLine>> RunAsync(ImportObjectives request, SloSet set, Findings findings, Change change, CancellationToken ct)
    {
        var run = new ImportRun(request, set, findings, change);
        foreach (var service in set.Services)
            await services.RunAsync(run, service, ct);
        foreach (var slo in set.Objectives)
        {
            foreach (var planned in Plan(run, slo))
            {
                if (await slis.RunAsync(run, planned, ct) is { } sli)
                    await objectives.RunAsync(run, planned, sli, ct);
            }
        }
        IndicatorStep.LeaveOut(run);
        foreach (var head in set.DataSources.Select(d => d.Head))
            run.Say(head, head.Name, CodeFate.LeftOut, says: "Sources are set up in the portal. Connection details are read past and kept nowhere.");
        foreach (var head in set.Others.Select(o => o.Head))
            run.Say(head, head.Name, CodeFate.LeftOut, says: "It was checked. The portal gives each objective its own burn alerts.");
        return run.Lines;
    }

    /// <summary>The objectives that the portal would have for an SLO: one for each of its targets.</summary>
    private static List<PlannedObjective> Plan(ImportRun run, ObjectiveObject slo)
    {
        if (slo.Targets.Any(t => t.Indicator is not null || t.IndicatorName is not null))
        {
            run.Findings.Warn(slo.Head.File, slo.Head.Line, "The portal has no composite objectives; this one was checked and is left out. Give each part an SLO of its own.");
            run.Say(slo.Head, $"{slo.Service}/{slo.Head.Name}", CodeFate.LeftOut, says: "A composite objective.");
            return [];
        }
        if (slo.Targets.Count <= 1)
            return [.. slo.Targets.Select(t => new PlannedObjective(slo, t, slo.Head.Name, slo.Head.DisplayName))];
        run.Findings.Warn(slo.Head.File, slo.Head.Line, $"An objective of the portal has one target, so this SLO becomes {slo.Targets.Count} objectives: {slo.Head.Name}-1 and so on.");
        return [.. slo.Targets.Select((t, i) => new PlannedObjective(slo, t, FormattableString.Invariant($"{slo.Head.Name}-{i + 1}"), t.Name is null ? slo.Head.DisplayName : $"{slo.Head.Title}: {t.Name}"))];
    }
}

/// <summary>An objective as the portal would have it.</summary>
internal sealed record PlannedObjective(ObjectiveObject Slo, Target Target, string Slug, string? Name)
{
    public string FullName => $"{Slo.Service}/{Slug}";
}
