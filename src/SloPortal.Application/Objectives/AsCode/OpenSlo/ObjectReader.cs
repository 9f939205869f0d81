using SloPortal.Application.Objectives.AsCode.Reading;

namespace SloPortal.Application.Objectives.AsCode.OpenSlo;

/// <summary>Reads what every object has: metadata and the beginning of its spec.</summary>
internal static class ObjectReader
{
    private const int LongestName = 63;
    private const int LongestTitle = 100;

    public static (ObjectHead Head, FieldReader Spec) Begin(FieldReader fields, string kind, string file, bool isNext, Findings findings)
    {
        var what = WhatIs(kind);
        var head = Metadata(fields, kind, file, isNext, findings);
        var spec = fields.Map("spec", what);
        if (spec is null)
        {
            findings.Refuse(file, fields.Line, $"{what} lacks \"spec\".");
            spec = new FieldReader(null, fields.Line, what, file, findings);
        }
        fields.Take("apiVersion");
        fields.NoOthers();
        return (head with { Description = Description(spec, file, findings) }, spec);
    }

    /// <summary>Reads metadata; an object that stands inside another may lack it.</summary>
    public static ObjectHead Metadata(FieldReader fields, string kind, string file, bool isNext, Findings findings)
    {
        var what = WhatIs(kind);
        var metadata = fields.Map("metadata", "The metadata");
        if (metadata is null)
        {
            findings.Refuse(file, fields.Line, $"{what} lacks \"metadata\" with a name.");
            return new ObjectHead(file, fields.Line, kind, "", null, null, new Dictionary<string, string>());
        }
        var name = metadata.Text("name", 1000) ?? "";
        // What the portal keeps needs a name that it can keep.
        Action<string, int, string> say = kind is "Service" or "SLI" or "SLO" ? findings.Refuse : findings.Warn;
        if (name.Length == 0)
            findings.Refuse(file, metadata.LineOf("name"), $"{what} lacks a name (metadata.name).");
        else if (!IsLabel(name))
            say(file, metadata.LineOf("name"), $"The name \"{(name.Length <= 70 ? name : name[..70] + "…")}\" is no RFC 1123 label: lower-case letters, digits and hyphens, at most {LongestName} characters, beginning and ending with a letter or digit.");
        var title = isNext ? null : metadata.Text("displayName", LongestTitle);
        metadata.Texts("labels", lists: !isNext);
        var annotations = metadata.Texts("annotations", lists: false);
        metadata.NoOthers();
        return new ObjectHead(file, fields.Line, kind, name, title, null, annotations);
    }

    /// <summary>At most 1,050 characters by the specification; the portal keeps longer ones and says so.</summary>
    public static string? Description(FieldReader spec, string file, Findings findings)
    {
        var description = spec.Text("description", 4000);
        if (description?.Length > 1050)
            findings.Warn(file, spec.LineOf("description"), "OpenSLO allows 1,050 characters in a description; other tools may refuse this one.");
        return description;
    }

    public static string WhatIs(string kind) => $"The {kind}";

    private static bool IsLabel(string name) =>
        name.Length <= LongestName && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
