namespace SloPortal.Application.Objectives.AsCode.Reading;

/// <summary>A piece of a YAML or JSON file, with the line that it stands in.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Size">How many nodes it stands for, with every alias counted as what it repeats.</param>
internal abstract record CodeNode(int Line, int Size);

/// <summary>A value, as text; YAML's types are the reader's business.</summary>
internal sealed record CodeText(int Line, string Value, bool IsQuoted) : CodeNode(Line, 1)
{
    public bool IsNull => !IsQuoted && Value is "" or "~" or "null" or "Null" or "NULL" && !IsQuoted;
}

internal sealed record CodeList(int Line, int Size, IReadOnlyList<CodeNode> Items) : CodeNode(Line, Size);

internal sealed record CodeMap(int Line, int Size, IReadOnlyList<CodeField> Fields) : CodeNode(Line, Size)
{
    public CodeNode? Find(string name) => Fields.FirstOrDefault(f => f.Name == name)?.Value;
}

/// <param name="Line">Of the name.</param>
internal sealed record CodeField(string Name, int Line, CodeNode Value);

/// <summary>Why a whole file cannot be read, and where.</summary>
/// <param name="line">From 1.</param>
/// <param name="reason">A sentence.</param>
internal sealed class CodeRefusedException(int line, string reason) : Exception(reason)
{
    public int Line => line;
}
