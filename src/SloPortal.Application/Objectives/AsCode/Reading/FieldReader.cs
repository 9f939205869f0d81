using System.Globalization;

namespace SloPortal.Application.Objectives.AsCode.Reading;

/// <summary>Takes known fields from a node, and says of every field what is wrong with it; what nobody took is named at the end.</summary>
/// <param name="map">The fields; null where something else stood there.</param>
/// <param name="line">Of the whole.</param>
/// <param name="what">"The SLO", to say what lacks a field.</param>
internal sealed class FieldReader(CodeMap? map, int line, string what, string file, Findings findings)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public int Line => line;

    public static FieldReader Of(CodeNode node, string what, string file, Findings findings)
    {
        if (node is not CodeMap)
            findings.Refuse(file, node.Line, $"{what} must be a list of fields.");
        return new FieldReader(node as CodeMap, node.Line, what, file, findings);
    }

    /// <summary>Null where it is left out or empty.</summary>
    public CodeNode? Take(string name)
    {
        known.Add(name);
        return map?.Find(name) is { } found and not CodeText { IsNull: true } ? found : null;
    }

    public bool Has(string name) => Take(name) is not null;

    /// <summary>Where a field stands; the whole where it does not.</summary>
    public int LineOf(string name) => map?.Find(name)?.Line ?? line;

    public string? Text(string name, int longest = 1050)
    {
        switch (Take(name))
        {
            case null:
                return null;
            case CodeText text when text.Value.Length <= longest:
                return text.Value;
            case CodeText text:
                Refuse(text.Line, $"\"{name}\" has {text.Value.Length} characters; at most {longest} are taken.");
                return null;
            case { } other:
                Refuse(other.Line, $"\"{name}\" must be a text.");
                return null;
        }
    }

    public string? Required(string name, int longest = 1050)
    {
        var text = Text(name, longest);
        if (string.IsNullOrWhiteSpace(text) && Take(name) is null or CodeText { Value.Length: 0 })
            Refuse(LineOf(name), $"{what} lacks \"{name}\".");
        return text;
    }

    public bool? Flag(string name)
    {
        switch (Take(name))
        {
            case null:
                return null;
            case CodeText { Value: "true" or "True" or "TRUE" }:
                return true;
            case CodeText { Value: "false" or "False" or "FALSE" }:
                return false;
            case { } other:
                Refuse(other.Line, $"\"{name}\" must be true or false.");
                return null;
        }
    }

    public decimal? Number(string name)
    {
        var node = Take(name);
        if (node is null)
            return null;
        if (node is CodeText text && decimal.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return number;
        Refuse(node.Line, $"\"{name}\" must be a number.");
        return null;
    }

    /// <summary>One of the words, or null with the reason.</summary>
    public string? Word(string name, params string[] words)
    {
        var text = Text(name);
        if (text is null || words.Contains(text))
            return text;
        Refuse(LineOf(name), $"\"{name}\" must be one of {string.Join(", ", words)}, not \"{(text.Length <= 40 ? text : text[..40] + "…")}\".");
        return null;
    }

    public IReadOnlyList<CodeNode> List(string name)
    {
        switch (Take(name))
        {
            case null:
                return [];
            case CodeList list:
                return list.Items;
            case { } other:
                Refuse(other.Line, $"\"{name}\" must be a list.");
                return [];
        }
    }

    public FieldReader? Map(string name, string says) => Take(name) is { } node ? Of(node, says, file, findings) : null;

    /// <summary>Texts by name, such as annotations; a list of texts is allowed for labels.</summary>
    public IReadOnlyDictionary<string, string> Texts(string name, bool lists)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Take(name) is not { } node)
            return texts;
        if (node is not CodeMap fields)
        {
            Refuse(node.Line, $"\"{name}\" must be names with values.");
            return texts;
        }
        foreach (var field in fields.Fields)
        {
            if (field.Value is CodeText text)
                texts[field.Name] = text.Value;
            else if (lists && field.Value is CodeList list && list.Items.All(i => i is CodeText))
                texts[field.Name] = string.Join(", ", list.Items.Cast<CodeText>().Select(i => i.Value));
            else
                Refuse(field.Line, $"The value of \"{field.Name}\" in \"{name}\" must be a text{(lists ? " or a list of texts" : "")}.");
        }
        return texts;
    }

    /// <summary>Names the fields that nobody took.</summary>
    public void NoOthers()
    {
        foreach (var field in map?.Fields ?? [])
        {
            if (!known.Contains(field.Name))
                Warn(field.Line, $"\"{(field.Name.Length <= 40 ? field.Name : field.Name[..40] + "…")}\" is no field of {char.ToLowerInvariant(what[0]) + what[1..]} and is left out.");
        }
    }

    public void Refuse(int at, string says) => findings.Refuse(file, at, says);

    public void Warn(int at, string says) => findings.Warn(file, at, says);
}
