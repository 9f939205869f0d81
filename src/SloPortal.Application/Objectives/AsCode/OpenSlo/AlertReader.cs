using SloPortal.Application.Objectives.AsCode.Reading;

namespace SloPortal.Application.Objectives.AsCode.OpenSlo;

/// <summary>Checks what files say of alerts. The portal keeps alert policies with its objectives and takes none from files.</summary>
internal static class AlertReader
{
    public static void Read(string kind, FieldReader spec, string file, bool isNext, Findings findings)
    {
        switch (kind)
        {
            case "AlertPolicy":
                Policy(spec, file, isNext, findings);
                break;
            case "AlertCondition":
                Condition(spec, file, findings);
                break;
            default:
                spec.Required("target");
                spec.NoOthers();
                break;
        }
    }

    /// <summary>The alert policies of an SLO: none, names, references, or whole policies.</summary>
    public static void ReadPolicies(FieldReader spec, string file, bool isNext, Findings findings)
    {
        var policies = spec.List("alertPolicies");
        foreach (var policy in policies)
        {
            if (policy is CodeText { IsNull: false })
                findings.Warn(file, policy.Line, "An alert policy as a bare name is not in the text of OpenSLO; it is taken as \"alertPolicyRef\".");
            else if (policy is CodeMap map && map.Find("alertPolicyRef") is null)
                Inline(map, "AlertPolicy", file, isNext, findings);
            else if (policy is not CodeMap)
                findings.Refuse(file, policy.Line, "An alert policy is a reference or a whole policy.");
        }
        if (policies.Count > 0)
            findings.Warn(file, policies[0].Line, "The portal gives the objective its own burn alerts; the alert policies of the file are checked and left out.");
    }

    private static void Policy(FieldReader spec, string file, bool isNext, Findings findings)
    {
        foreach (var when in new[] { "alertWhenNoData", "alertWhenResolved", "alertWhenBreaching" })
            spec.Flag(when);
        var conditions = spec.List("conditions");
        if (conditions.Count != 1)
            findings.Refuse(file, spec.LineOf("conditions"), "An alert policy has exactly one condition.");
        foreach (var condition in conditions)
        {
            if (condition is CodeMap map && map.Find("conditionRef") is null)
                Inline(map, "AlertCondition", file, isNext, findings);
            else if (condition is not CodeMap)
                findings.Refuse(file, condition.Line, "A condition is a reference (conditionRef) or a whole condition.");
        }
        var targets = spec.List("notificationTargets");
        if (targets.Count == 0)
            findings.Refuse(file, spec.LineOf("notificationTargets"), "An alert policy has at least one notification target.");
        foreach (var target in targets)
        {
            if (target is CodeMap map && map.Find("targetRef") is null)
                Inline(map, "AlertNotificationTarget", file, isNext, findings);
            else if (target is not CodeMap)
                findings.Refuse(file, target.Line, "A notification target is a reference (targetRef) or a whole target.");
        }
        spec.NoOthers();
    }

    private static void Condition(FieldReader spec, string file, Findings findings)
    {
        spec.Required("severity");
        if (spec.Map("condition", "The condition") is not { } condition)
        {
            findings.Refuse(file, spec.Line, "The AlertCondition lacks \"condition\".");
            spec.NoOthers();
            return;
        }
        condition.Word("kind", "burnrate");
        if (condition.Word("op", "lte", "gte", "lt", "gt") is null && !condition.Has("op"))
            findings.Warn(file, condition.Line, "The condition lacks \"op\", as the oldest examples of OpenSLO do.");
        if (condition.Number("threshold") is null && !condition.Has("threshold"))
            findings.Refuse(file, condition.Line, "The condition lacks \"threshold\".");
        Length(condition, "lookbackWindow", isRequired: true, file, findings);
        Length(condition, "alertAfter", isRequired: false, file, findings);
        condition.NoOthers();
        spec.NoOthers();
    }

    private static void Length(FieldReader condition, string field, bool isRequired, string file, Findings findings)
    {
        var text = condition.Text(field);
        if (text is null && isRequired && !condition.Has(field))
            findings.Refuse(file, condition.Line, $"The condition lacks \"{field}\".");
        if (text is not null && !SloDuration.TryParse(text, out _) && !(field == "alertAfter" && text == "0m"))
            findings.Refuse(file, condition.LineOf(field), SloDuration.Rule(field));
    }

    private static void Inline(CodeMap map, string kind, string file, bool isNext, Findings findings)
    {
        var fields = new FieldReader(map, map.Line, ObjectReader.WhatIs(kind), file, findings);
        fields.Take("apiVersion");
        fields.Take("kind");
        var (_, spec) = ObjectReader.Begin(fields, kind, file, isNext, findings);
        Read(kind, spec, file, isNext, findings);
    }
}
