using SloPortal.Application.Objectives.AsCode.Reading;

namespace SloPortal.Application.Objectives.AsCode.Importing;

public enum CodeFate
{
    Created,
    Changed,
    /// <summary>The portal has it as the file says.</summary>
    Unchanged,
    /// <summary>An objective whose SLI has counted nothing yet; it is proposed by the next import after samples arrived.</summary>
    Later,
    /// <summary>Read and checked, and kept nowhere: the portal has no such thing or has it elsewhere.</summary>
    LeftOut,
    Refused,
}

/// <summary>A field as it was and as it is to be.</summary>
public sealed record CodeChange(string Field, string? Before, string? After);

/// <summary>What becomes of an object.</summary>
/// <param name="Line">In its file, from 1.</param>
/// <param name="Kind">Service, SLI, SLO and so on.</param>
/// <param name="Name">"checkout" or "checkout/orders".</param>
/// <param name="Proposal">The proposal that waits for two signatures; null where none was made.</param>
/// <param name="Says">What one should know about it; null for nothing.</param>
public sealed record CodeLine(string File, int Line, string Kind, string Name, CodeFate Fate, IReadOnlyList<CodeChange> Changes, Guid? Proposal = null, string? Says = null);

/// <summary>What became of files, or in a dry run would become.</summary>
/// <param name="Applied">Something was changed. Otherwise nothing was: a dry run, a refusal, or nothing to do.</param>
public sealed record CodeReport(IReadOnlyList<CodeLine> Lines, IReadOnlyList<CodeFinding> Findings, bool Applied)
{
    /// <summary>Something keeps the files out, and so all of them.</summary>
    public bool IsRefused => Findings.Any(f => f.IsRefusal);

    public bool ChangesSomething => Lines.Any(l => l.Fate is CodeFate.Created or CodeFate.Changed);

    public int Count(CodeFate fate) => Lines.Count(l => l.Fate == fate);
}
