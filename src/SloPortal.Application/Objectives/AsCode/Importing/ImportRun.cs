using Microsoft.EntityFrameworkCore;
using SloPortal.Application.Access;
using SloPortal.Application.Objectives.AsCode.OpenSlo;
using SloPortal.Application.Objectives.AsCode.Reading;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Objectives.AsCode.Importing;

/// <summary>One import while it runs: what was read, what was found, and what becomes of each object.</summary>
internal sealed class ImportRun(ImportObjectives request, SloSet set, Findings findings, Change change)
{
    private readonly List<CodeLine> lines = [];

    public ImportObjectives Request => request;
    public SloSet Set => set;
    public Findings Findings => findings;
    public Change Change => change;
    public IReadOnlyList<CodeLine> Lines => lines;

    public void Say(ObjectHead head, string name, CodeFate fate, IReadOnlyList<CodeChange>? changes = null, Guid? proposal = null, string? says = null) =>
        lines.Add(new CodeLine(head.File, head.Line, head.Kind, name, fate, changes ?? [], proposal, says));

    public void Refuse(ObjectHead head, string name, string says, int? line = null)
    {
        findings.Refuse(head.File, line ?? head.Line, says);
        lines.Add(new CodeLine(head.File, head.Line, head.Kind, name, CodeFate.Refused, [], null, says));
    }

    /// <summary>Runs an operation and writes what it did, so that the next one finds it.</summary>
    public async Task<Outcome<T>> TryAsync<T>(Refusal? shape, Func<Task<Outcome<T>>> operation, CancellationToken ct)
    {
        if (shape is not null)
            return shape;
        var outcome = await operation();
        if (outcome.Succeeded)
            await change.Db.SaveChangesAsync(ct);
        return outcome;
    }

    /// <summary>The active person with this address; null for none.</summary>
    public async Task<Guid?> PersonAsync(string email, CancellationToken ct)
    {
        var lower = email.ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862 // It runs in the database.
        var found = await change.Db.Users.AsNoTracking().Where(p => p.Email!.ToLower() == lower && p.DisabledAt == null).Select(p => (Guid?)p.Id).Take(2).ToListAsync(ct);
#pragma warning restore CA1304, CA1311, CA1862
        return found is [var one] ? one : null;
    }

    public static IReadOnlyList<CodeChange> Differences(params (string Field, string? Before, string? After)[] fields) =>
        [.. fields.Where(f => !string.Equals(f.Before, f.After, StringComparison.Ordinal)).Select(f => new CodeChange(f.Field, f.Before, f.After))];
}
