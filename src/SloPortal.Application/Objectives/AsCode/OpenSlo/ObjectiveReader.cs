using SloPortal.Application.Objectives.AsCode.Reading;

namespace SloPortal.Application.Objectives.AsCode.OpenSlo;

/// <summary>Reads an SLO. Where the specification and its tools disagree it warns and goes on.</summary>
internal static class ObjectiveReader
{
    public static ObjectiveObject? Read(ObjectHead head, FieldReader spec, string file, bool isNext, Findings findings)
    {
        var serviceField = isNext && spec.Has("serviceRef") ? "serviceRef" : "service";
        var service = spec.Required(serviceField) ?? "";
        var (inlineField, nameField) = isNext ? ("sli", "sliRef") : ("indicator", "indicatorRef");
        var inline = spec.Map(inlineField, "The SLI") is { } sli ? IndicatorReader.ReadInline(sli, head, file, isNext, findings) : null;
        var name = spec.Text(nameField);
        if (spec.Has(inlineField) && name is not null)
            findings.Refuse(file, spec.LineOf(nameField), $"An SLO has either \"{inlineField}\" or \"{nameField}\", not both.");

        var method = Method(spec, file, findings);
        var window = WindowReader.Read(spec, file, findings);
        AlertReader.ReadPolicies(spec, file, isNext, findings);
        var nodes = spec.List("objectives");
        if (nodes.Count == 0)
            findings.Refuse(file, spec.LineOf("objectives"), "The SLO lacks \"objectives\".");
        var hasOwn = inline is not null || name is not null || spec.Has(inlineField);
        var targets = nodes.Select(n => TargetReader.Read(n, head, method, hasOwn, file, isNext, findings)).OfType<Target>().ToList();
        spec.NoOthers();
        if (!hasOwn && targets.TrueForAll(t => t is { Indicator: null, IndicatorName: null }) && targets.Count > 0)
            findings.Refuse(file, spec.Line, $"The SLO lacks \"{inlineField}\" or \"{nameField}\".");
        return new ObjectiveObject(head, service, spec.LineOf(serviceField), inline, name, spec.LineOf(nameField), window, targets);
    }

    private static string Method(FieldReader spec, string file, Findings findings)
    {
        var method = spec.Word("budgetingMethod", "Occurrences", "Timeslices", "RatioTimeslices");
        if (method is null && !spec.Has("budgetingMethod"))
            findings.Warn(file, spec.Line, "The SLO lacks \"budgetingMethod\"; events are counted (Occurrences).");
        return method ?? "Occurrences";
    }
}
