namespace SloPortal.Application.Objectives.AsCode.Reading;

/// <summary>Something about a file that its author should know.</summary>
/// <param name="Line">From 1.</param>
/// <param name="IsRefusal">It keeps the files out; otherwise it is read all the same.</param>
/// <param name="Says">A sentence.</param>
public sealed record CodeFinding(string File, int Line, bool IsRefusal, string Says);

/// <summary>What is found while a file is read: all of it, since one thing that is wrong hides no other.</summary>
internal sealed class Findings
{
    /// <summary>After these a file has been looked at long enough.</summary>
    private const int Most = 500;

    private readonly List<CodeFinding> all = [];

    public IReadOnlyList<CodeFinding> All => all;

    public bool HasRefusal => all.Exists(f => f.IsRefusal);

    public void Refuse(string file, int line, string says) => Add(new CodeFinding(file, line, true, says));

    public void Warn(string file, int line, string says) => Add(new CodeFinding(file, line, false, says));

    private void Add(CodeFinding finding)
    {
        // A refusal is never lost to warnings.
        if ((all.Count < Most || (finding.IsRefusal && !HasRefusal)) && !all.Contains(finding))
            all.Add(finding);
    }
}
