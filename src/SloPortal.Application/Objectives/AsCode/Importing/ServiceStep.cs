using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Catalog;
using SloPortal.Application.Objectives.AsCode.OpenSlo;
using SloPortal.Domain.Catalog;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives.AsCode.Importing;

/// <summary>Creates or describes a service as its file says. What the file does not say stays.</summary>
public sealed class ServiceStep(UnitOfWork work)
{
    internal async Task RunAsync(ImportRun run, ServiceObject file, CancellationToken ct)
    {
        var head = file.Head;
        if (!Slug.IsValid(head.Name))
        {
            run.Refuse(head, head.Name, $"\"{head.Name}\" cannot be the short name of a service. {Slug.Rule}");
            return;
        }
        var (tierText, team) = (head.Own("tier"), head.Own("team"));
        var isTier = Enum.TryParse<ServiceTier>(tierText, ignoreCase: true, out var tier) && Enum.IsDefined(tier);
        if (tierText is not null && !isTier)
        {
            run.Refuse(head, head.Name, "A tier (annotation sloportal.dev/tier) is critical, important, standard or low.");
            return;
        }
        var db = run.Change.Db;
        var known = await (from s in db.Services.AsNoTracking()
                           join t in db.Teams on s.OwnerTeamId equals t.Id
                           where s.Slug == head.Name
                           select new { Service = s, Team = t.Slug }).SingleOrDefaultAsync(ct);
        if (known is null)
            await CreateAsync(run, head, isTier ? tier : ServiceTier.Standard, team ?? run.Request.Team, ct);
        else if (known.Service.ArchivedAt is not null)
            run.Refuse(head, head.Name, $"{known.Service.Name} is archived. Restore the service before importing anything about it.");
        else
            await UpdateAsync(run, head, known.Service, known.Team, isTier ? tier : known.Service.Tier, team ?? known.Team, ct);
    }

    private async Task CreateAsync(ImportRun run, ObjectHead head, ServiceTier tier, string? team, CancellationToken ct)
    {
        if (team is null)
        {
            run.Refuse(head, head.Name, "The service is new, and no team is named that owns it. Add the annotation sloportal.dev/team, or name a team with the import.");
            return;
        }
        var request = new CreateService(head.Name, head.Title, head.Description ?? "", tier, team, []);
        var outcome = await run.TryAsync(work.Validate(request), () => CreateService.Handler.ApplyAsync(request, run.Change, ct), ct);
        if (outcome.Succeeded)
            run.Say(head, head.Name, CodeFate.Created, ImportRun.Differences(("name", null, request.Name), ("description", null, request.Description.Length == 0 ? null : request.Description), ("tier", null, Word(tier)), ("team", null, team)));
        else
            run.Refuse(head, head.Name, outcome.Refusal.Message);
    }

    private async Task UpdateAsync(ImportRun run, ObjectHead head, Service service, string team, ServiceTier tier, string newTeam, CancellationToken ct)
    {
        var (name, description) = (head.DisplayName?.Trim() ?? service.Name, head.Description?.Trim() ?? service.Description);
        var changes = ImportRun.Differences(("name", service.Name, name), ("description", service.Description, description), ("tier", Word(service.Tier), Word(tier)), ("team", team, newTeam));
        if (changes.Count == 0)
        {
            run.Say(head, head.Name, CodeFate.Unchanged);
            return;
        }
        var request = new UpdateService(service.Slug, service.Slug, name, description, tier, newTeam, service.Links, service.Version);
        var outcome = await run.TryAsync(work.Validate(request), () => UpdateService.Handler.ApplyAsync(request, run.Change, ct), ct);
        if (outcome.Succeeded)
            run.Say(head, head.Name, CodeFate.Changed, changes);
        else
            run.Refuse(head, head.Name, outcome.Refusal.Message);
    }

    private static string Word(ServiceTier tier) => tier.ToString().ToLowerInvariant();
}
