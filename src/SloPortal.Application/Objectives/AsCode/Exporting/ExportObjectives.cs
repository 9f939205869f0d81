using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.AsCode.Sloth;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives.AsCode.Exporting;

public enum CodeForm
{
    /// <summary>OpenSLO v1, which the portal imports again.</summary>
    OpenSlo,
    /// <summary>Recording rules and burn alerts of Prometheus, as Sloth generates them.</summary>
    Rules,
    /// <summary>The same, with the ratio of the whole period counted from events.</summary>
    EventRules,
}

/// <param name="FileName">That a browser would give it.</param>
/// <param name="Text">YAML.</param>
public sealed record CodeDownload(string FileName, string Text);

/// <summary>The objectives as a file: one, those of a service, or all. Each export is recorded.</summary>
/// <param name="Service">Slug; null for all services.</param>
/// <param name="Objective">Slug of one objective of the service.</param>
public sealed record ExportObjectives(CodeForm Form = CodeForm.OpenSlo, string? Service = null, string? Objective = null)
{
    public sealed class Handler(UnitOfWork work)
    {
        public Task<Outcome<CodeDownload>> HandleAsync(ExportObjectives request, Actor actor, CancellationToken ct) =>
            work.ChangeAsync<ExportObjectives, CodeDownload>(request, actor, Permission.Export, async change =>
            {
                var services = await ExportedService.ReadAsync(change, request.Service, request.Objective, ct);
                if (request.Objective is not null && services.SelectMany(s => s.Objectives).Any() == false)
                    return Refusal.NotFound($"The objective \"{request.Objective}\" of \"{request.Service}\"");
                if (request.Service is not null && services.Count == 0)
                    return Refusal.NotFound($"The service \"{request.Service}\"");
                var text = request.Form == CodeForm.OpenSlo ? OpenSloWriter.Write(services) : RuleWriter.Write(services, request.Form == CodeForm.EventRules);
                var name = string.Join('-', new[] { request.Service ?? "objectives", request.Objective }.OfType<string>());
                change.Audit("objectives.exported", "objective", request.Objective ?? request.Service ?? "all", request.Objective ?? request.Service ?? "All objectives",
                    new { request.Form, request.Service, request.Objective, Count = services.Sum(s => s.Objectives.Count) });
                return new CodeDownload($"{name}{(request.Form == CodeForm.OpenSlo ? "" : ".rules")}.yaml", text);
            }, ct);
    }
}
