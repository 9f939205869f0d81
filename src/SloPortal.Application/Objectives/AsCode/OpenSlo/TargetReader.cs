using System.Globalization;
using SloPortal.Application.Objectives.AsCode.Reading;
using SloPortal.Domain.Objectives;
using SloPortal.Domain.Objectives.Methods;

namespace SloPortal.Application.Objectives.AsCode.OpenSlo;

/// <summary>Reads one objective of an SLO.</summary>
internal static class TargetReader
{
    /// <param name="hasOwn">The SLO has an SLI of its own, so the objective may have none.</param>
    public static Target? Read(CodeNode node, ObjectHead slo, string method, bool hasOwn, string file, bool isNext, Findings findings)
    {
        if (node is not CodeMap map)
        {
            findings.Refuse(file, node.Line, "An objective must be a list of fields.");
            return null;
        }
        var fields = new FieldReader(map, map.Line, "The objective", file, findings);
        var (inlineField, nameField) = isNext ? ("sli", "sliRef") : ("indicator", "indicatorRef");
        var title = fields.Text("displayName", 100);
        var op = fields.Word("op", "lte", "gte", "lt", "gt");
        var value = fields.Number("value");
        var percent = Percent(fields, file, findings);
        var counted = Method(fields, method, file, findings);
        var inline = fields.Map(inlineField, "The SLI") is { } sli ? IndicatorReader.ReadInline(sli, slo, file, isNext, findings) : null;
        var name = fields.Text(nameField);
        if ((inline is not null || name is not null) && hasOwn)
            findings.Refuse(file, fields.Line, $"The SLI stands on the SLO or on its objectives, not on both.");
        if (inline is not null && name is not null)
            findings.Refuse(file, fields.LineOf(nameField), $"An objective has either \"{inlineField}\" or \"{nameField}\", not both.");
        if (fields.Number("compositeWeight") is <= 0)
            findings.Refuse(file, fields.LineOf("compositeWeight"), "\"compositeWeight\" must be above 0.");
        fields.NoOthers();
        return percent is { } target && counted is not null ? new Target(map.Line, title, target, counted.ToString()!, op, value, inline, name) : null;
    }

    private static decimal? Percent(FieldReader fields, string file, Findings findings)
    {
        var (share, percent) = (fields.Number("target"), fields.Number("targetPercent"));
        if (share is null == percent is null)
        {
            if (share is not null || (!fields.Has("target") && !fields.Has("targetPercent")))
                findings.Refuse(file, fields.Line, "An objective has either \"target\" (from 0 to below 1) or \"targetPercent\" (from 0 to below 100).");
            return null;
        }
        var line = fields.LineOf(share is null ? "targetPercent" : "target");
        if (share is < 0 or >= 1)
        {
            findings.Refuse(file, line, "\"target\" is a share from 0 to below 1, such as 0.999.");
            return null;
        }
        if (percent is < 0 or >= 100)
        {
            findings.Refuse(file, line, "\"targetPercent\" is from 0 to below 100, such as 99.9.");
            return null;
        }
        var target = percent ?? share!.Value * 100m;
        if (ObjectiveTarget.RefusalFor(target) is not { } refusal)
            return target / 1.0000000000000000000000000000m;
        findings.Refuse(file, line, refusal);
        return null;
    }

    /// <summary>Null where the file says too little of it, or something that the portal cannot agree on.</summary>
    private static BudgetingMethod? Method(FieldReader fields, string method, string file, Findings findings)
    {
        var target = fields.Number("timeSliceTarget");
        if (target is <= 0 or > 1)
            findings.Refuse(file, fields.LineOf("timeSliceTarget"), "\"timeSliceTarget\" is a share above 0 and at most 1.");
        if (method == "Timeslices" && !fields.Has("timeSliceTarget"))
            findings.Refuse(file, fields.Line, "Timeslices need \"timeSliceTarget\".");
        var length = Length(fields, method, file, findings);
        if (method == "Occurrences")
            return BudgetingMethod.Default;
        if (length is null || (method == "Timeslices" && target is not (> 0 and <= 1)))
            return null;
        BudgetingMethod? counted = method == "RatioTimeslices" ? new RatioTimeSlices(length) : null;
        if (method == "Timeslices" && ObjectiveTarget.RefusalFor(target!.Value * 100m) is { } refusal)
            findings.Refuse(file, fields.LineOf("timeSliceTarget"), target == 1m ? "A slice that a single failure makes bad cannot be agreed on; give a \"timeSliceTarget\" below 1, such as 0.9999." : refusal);
        else if (method == "Timeslices")
            counted = new TimeSlices(length, new ObjectiveTarget(target!.Value * 100m));
        if (counted?.RefusalToAgree is not { } notAgreed)
            return counted;
        findings.Refuse(file, fields.LineOf("timeSliceWindow"), notAgreed);
        return null;
    }

    private static SliceLength? Length(FieldReader fields, string method, string file, Findings findings)
    {
        var text = fields.Text("timeSliceWindow");
        if (text is null)
        {
            if (method != "Occurrences")
                findings.Refuse(file, fields.Line, $"{method} need \"timeSliceWindow\".");
            return null;
        }
        var line = fields.LineOf("timeSliceWindow");
        int minutes;
        if (SloDuration.TryParse(text, out var duration))
            minutes = duration switch { { Unit: 'm' } => duration.Count, { Unit: 'h', Count: 1 } => 60, _ => 0 };
        else if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out minutes) && minutes > 0)
            findings.Warn(file, line, $"\"timeSliceWindow\" has no unit; {minutes} means minutes.");
        else
        {
            findings.Refuse(file, line, SloDuration.Rule("timeSliceWindow"));
            return null;
        }
        if (method == "Occurrences")
            return null;
        if (SliceLength.RefusalFor(minutes) is not { } refusal)
            return new SliceLength(minutes);
        findings.Refuse(file, line, refusal);
        return null;
    }
}
