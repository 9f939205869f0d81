using System.Globalization;
using SloPortal.Application.Objectives.AsCode.Importing;
using SloPortal.Web.Shared;

namespace SloPortal.Web.Objectives.AsCode;

internal static class CodeWords
{
    public static string Of(CodeFate fate, bool isTrial) => fate switch
    {
        CodeFate.Created => isTrial ? "would be created" : "created",
        CodeFate.Changed => isTrial ? "would change" : "changed",
        CodeFate.Unchanged => "unchanged",
        CodeFate.Later => "waits for samples",
        CodeFate.LeftOut => "left out",
        CodeFate.Refused => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(fate), fate, null),
    };

    public static Tone ToneOf(CodeFate fate) => fate switch
    {
        CodeFate.Created or CodeFate.Changed => Tone.Info,
        CodeFate.Unchanged or CodeFate.LeftOut => Tone.Neutral,
        CodeFate.Later => Tone.Warn,
        CodeFate.Refused => Tone.Bad,
        _ => throw new ArgumentOutOfRangeException(nameof(fate), fate, null),
    };

    /// <summary>"3 objects: 1 created, 2 unchanged." with what keeps the files out.</summary>
    public static string Sum(CodeReport report)
    {
        var isTrial = !report.Applied;
        var parts = Enum.GetValues<CodeFate>().Select(f => (Fate: f, Count: report.Count(f))).Where(p => p.Count > 0)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Count:N0} {Of(p.Fate, isTrial)}"));
        var refusals = report.Findings.Count(f => f.IsRefusal);
        var objects = string.Create(CultureInfo.InvariantCulture, $"{report.Lines.Count:N0} {(report.Lines.Count == 1 ? "object" : "objects")}{(report.Lines.Count == 0 ? "" : ": ")}{string.Join(", ", parts)}.");
        return refusals == 0 ? objects : string.Create(CultureInfo.InvariantCulture, $"{objects} Nothing is imported before {(refusals == 1 ? "1 refusal is" : $"{refusals:N0} refusals are")} mended.");
    }

    public static string Describe(CodeChange change) => change.Before is null ? $"{change.Field}: {change.After}" : $"{change.Field}: {change.Before} → {change.After ?? "nothing"}";
}
