using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.AsCode.OpenSlo;
using SloPortal.Application.Objectives.Proposals;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.AsCode.Importing;

/// <summary>Proposes the terms of an objective where they are not what is agreed or waits, and keeps its name as the file has it.</summary>
public sealed class ObjectiveStep(UnitOfWork work, ProposeObjective.Handler propose, ProposeVersion.Handler proposeVersion)
{
    internal async Task RunAsync(ImportRun run, PlannedObjective planned, string sli, CancellationToken ct)
    {
        var head = planned.Slo.Head;
        if (planned.Slo.Window is not { } window)
            return;
        if (!Slug.IsValid(planned.Slug))
        {
            run.Refuse(head, planned.FullName, $"\"{planned.Slug}\" cannot be the short name of an objective. {Slug.Rule}");
            return;
        }
        var known = await KnownAsync(run, planned, ct);
        if (known?.Objective.ArchivedAt is not null)
        {
            run.Refuse(head, planned.FullName, $"{known.Objective.Name} is archived, so nothing more is agreed about it. Give the objective another name.");
            return;
        }
        var externals = head.Own("externals") is { } said ? ExternalsText.Read(said) : null;
        if (externals is null && head.Own("externals") is not null)
        {
            run.Refuse(head, planned.FullName, ExternalsText.Forms);
            return;
        }
        var terms = new KnownTerms(sli, planned.Target.TargetPercent, window, planned.Target.Method, externals);
        var (name, description) = (planned.Name?.Trim() ?? known?.Objective.Name ?? planned.Slug, head.Description?.Trim() ?? known?.Objective.Description ?? "");
        var isNew = known is null || !known.Holds(terms);
        var parties = isNew ? await PartiesAsync(run, planned, known, ct) : null;
        if (isNew && parties is null)
            return;
        Guid? proposal = null;
        if (isNew)
        {
            var proposed = new ProposedTerms(sli, terms.Percent, window, null, parties!.Value.Owner, parties.Value.Stakeholder, head.Own("rationale") ?? $"As {head.File} says.", terms.Method, externals ?? known?.InForce?.Externals ?? ExternalFailures.Counted);
            if (!await HasCountedAsync(run, planned, sli, ct))
            {
                // Without a history nothing can be proposed; what can be checked is.
                var shape = work.Validate(new ProposeObjective(planned.Slo.Service, planned.Slug, name, description, proposed));
                if (shape is not null)
                    run.Refuse(head, planned.FullName, shape.Message);
                else
                    run.Say(head, planned.FullName, CodeFate.Later, Changes(known, terms, name, description, null), says: "Its SLI has counted nothing yet. Import again once samples have arrived, and it is proposed.");
                return;
            }
            var outcome = await ProposeAsync(run, planned, name, description, proposed, known, ct);
            if (!outcome.Succeeded)
            {
                run.Refuse(head, planned.FullName, outcome.Refusal.Message, planned.Target.Line);
                return;
            }
            proposal = outcome.Value;
        }
        if (known is not null && (known.Objective.Name, known.Objective.Description) != (name, description))
        {
            var request = new RenameObjective(planned.Slo.Service, planned.Slug, name, description);
            var renamed = await run.TryAsync(work.Validate(request), () => RenameObjective.Handler.ApplyAsync(request, run.Change, byFile: true, ct), ct);
            if (!renamed.Succeeded)
            {
                run.Refuse(head, planned.FullName, renamed.Refusal.Message);
                return;
            }
        }
        var file = run.Request.Managed ? head.File : known?.Objective.ManagedBy;
        var changes = Changes(known, terms, name, description, file);
        if (changes.Count == 0)
        {
            run.Say(head, planned.FullName, CodeFate.Unchanged);
            return;
        }
        if (file != known?.Objective.ManagedBy)
            await ManageAsync(run, planned, file, ct);
        run.Say(head, planned.FullName, known is null ? CodeFate.Created : CodeFate.Changed, changes, proposal, proposal is null ? null : "The terms wait for two signatures.");
    }

    /// <summary>What the portal has of the objective.</summary>
    /// <param name="InForce">Of the version in force, else of the latest; null before the first.</param>
    /// <param name="Waiting">Of the proposal that waits.</param>
    private sealed record Known(Objective Objective, KnownTerms? InForce, KnownTerms? Waiting, bool HasVersion, (Guid Owner, Guid Stakeholder)? Parties)
    {
        /// <summary>What the file says is agreed or waits already.</summary>
        public bool Holds(KnownTerms terms) => terms.AreIn(InForce) || terms.AreIn(Waiting);
    }

    /// <param name="Externals">Null where a file says nothing of it: then what was agreed stays.</param>
    private sealed record KnownTerms(string Sli, decimal Percent, string Window, string Method, ExternalFailures? Externals)
    {
        public bool AreIn(KnownTerms? known) => known is not null && this == (Externals is null ? known with { Externals = null } : known);
    }

    private static IReadOnlyList<CodeChange> Changes(Known? known, KnownTerms terms, string name, string description, string? file)
    {
        // Where the terms are agreed or wait already, nothing about them changes.
        var before = known?.Holds(terms) == true ? terms : known?.InForce;
        return ImportRun.Differences(
            ("name", known?.Objective.Name, name),
            ("description", known is null && description.Length == 0 ? null : known?.Objective.Description, known is null && description.Length == 0 ? null : description),
            ("target", before is null ? null : new ObjectiveTarget(before.Percent).ToString(), new ObjectiveTarget(terms.Percent).ToString()),
            ("window", before?.Window, terms.Window),
            ("method", before?.Method, before is null && terms.Method == BudgetingMethod.Default.ToString() ? null : terms.Method),
            ("SLI", before?.Sli, terms.Sli),
            ("failures of vendors", Word(before?.Externals), before is null && terms.Externals != ExternalFailures.LeftOut ? null : Word(terms.Externals ?? before?.Externals)),
            ("managed by", known?.Objective.ManagedBy, file));
    }

    private static string? Word(ExternalFailures? externals) => externals switch
    {
        null => null,
        ExternalFailures.Counted => "counted",
        ExternalFailures.LeftOut => "left out",
        _ => throw new ArgumentOutOfRangeException(nameof(externals), externals, null),
    };

    private async Task<Outcome<Guid>> ProposeAsync(ImportRun run, PlannedObjective planned, string name, string description, ProposedTerms terms, Known? known, CancellationToken ct)
    {
        if (known?.HasVersion == true)
        {
            var next = new ProposeVersion(planned.Slo.Service, planned.Slug, terms);
            return await run.TryAsync(work.Validate(next), () => proposeVersion.ApplyAsync(next, run.Change, byFile: true, ct), ct);
        }
        var first = new ProposeObjective(planned.Slo.Service, planned.Slug, name, description, terms);
        return await run.TryAsync(work.Validate(first), () => propose.ApplyAsync(first, run.Change, byFile: true, ct), ct);
    }

    /// <summary>Who signs: named by the SLO, by its service, with the import, or the two who signed last.</summary>
    private static async Task<(Guid Owner, Guid Stakeholder)?> PartiesAsync(ImportRun run, PlannedObjective planned, Known? known, CancellationToken ct)
    {
        var service = run.Set.Services.Find(s => s.Head.Name == planned.Slo.Service)?.Head;
        var found = new Guid?[2];
        foreach (var (at, role, given) in new[] { (0, "owner", run.Request.Owner), (1, "stakeholder", run.Request.Stakeholder) })
        {
            var email = planned.Slo.Head.Own(role) ?? service?.Own(role) ?? given?.Trim();
            found[at] = string.IsNullOrEmpty(email) ? at == 0 ? known?.Parties?.Owner : known?.Parties?.Stakeholder : await run.PersonAsync(email, ct);
            if (found[at] is not null)
                continue;
            run.Refuse(planned.Slo.Head, planned.FullName, string.IsNullOrEmpty(email)
                ? $"The terms need the signature of {(at == 0 ? "an owner" : "a stakeholder")}, and none is named. Add the annotation sloportal.dev/{role} with an e-mail address, or name one with the import."
                : $"Nobody with an active account has the e-mail address {email} (sloportal.dev/{role}).");
            return null;
        }
        return (found[0]!.Value, found[1]!.Value);
    }

    private static async Task<bool> HasCountedAsync(ImportRun run, PlannedObjective planned, string sli, CancellationToken ct)
    {
        var id = await run.Change.Db.Slis.Where(s => s.Slug == sli && run.Change.Db.Services.Any(v => v.Id == s.ServiceId && v.Slug == planned.Slo.Service)).Select(s => s.Id).SingleAsync(ct);
        // The evidence is read outside this change and sees what was counted before it.
        return run.Lines.All(l => l.Kind != "SLI" || l.Name != $"{planned.Slo.Service}/{sli}" || l.Fate != CodeFate.Created)
            && await run.Change.Db.Database.SqlQuery<bool>($"SELECT EXISTS (SELECT 1 FROM sli_minutes WHERE sli_id = {id}) AS \"Value\"").SingleAsync(ct);
    }

    private static async Task ManageAsync(ImportRun run, PlannedObjective planned, string? file, CancellationToken ct)
    {
        var found = await ObjectiveToChange.FindAsync(run.Change, planned.Slo.Service, planned.Slug, ct);
        if (!found.Succeeded)
        {
            run.Refuse(planned.Slo.Head, planned.FullName, found.Refusal.Message);
            return;
        }
        var before = found.Value.ManagedBy;
        found.Value.ManageBy(file);
        run.Change.Audit("objective.managed", "objective", found.Value.Id, found.Value.Name, new { Before = before, After = file });
        run.Change.Publish($"objective/{found.Value.Id}");
        await run.Change.Db.SaveChangesAsync(ct);
    }

    private static async Task<Known?> KnownAsync(ImportRun run, PlannedObjective planned, CancellationToken ct)
    {
        var db = run.Change.Db;
        var objective = await (from o in db.Objectives.AsNoTracking()
                               join s in db.Services on o.ServiceId equals s.Id
                               where s.Slug == planned.Slo.Service && o.Slug == planned.Slug
                               select o).SingleOrDefaultAsync(ct);
        if (objective is null)
            return null;
        var versions = await (from v in db.ObjectiveVersions.AsNoTracking()
                              join sli in db.Slis on v.SliId equals sli.Id
                              join p in db.Proposals on v.ProposalId equals p.Id
                              where v.ObjectiveId == objective.Id
                              orderby v.EffectiveFrom, v.Number
                              select new { v.EffectiveFrom, v.Target, v.Window, v.Method, Sli = sli.Slug, p.OwnerId, p.StakeholderId, v.Externals }).ToListAsync(ct);
        var inForce = versions.FindLast(v => v.EffectiveFrom <= run.Change.Now) ?? versions.LastOrDefault();
        var waiting = await (from p in db.Proposals.AsNoTracking()
                             join sli in db.Slis on p.SliId equals sli.Id
                             where p.ObjectiveId == objective.Id && p.State == ProposalState.Open
                             select new { p.Target, p.Window, p.Method, p.Externals, Sli = sli.Slug }).FirstOrDefaultAsync(ct);
        return new Known(
            objective,
            inForce is null ? null : new KnownTerms(inForce.Sli, inForce.Target.Percent, inForce.Window.ToString()!, inForce.Method.ToString()!, inForce.Externals),
            waiting is null ? null : new KnownTerms(waiting.Sli, waiting.Target.Percent, waiting.Window.ToString()!, waiting.Method.ToString()!, waiting.Externals),
            versions.Count > 0,
            inForce is null ? null : (inForce.OwnerId, inForce.StakeholderId));
    }
}
