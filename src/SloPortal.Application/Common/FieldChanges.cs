namespace SloPortal.Application.Common;

/// <summary>What a change altered, field by field, for the details of its audit entry; untouched fields are left out.</summary>
internal sealed class FieldChanges
{
    private readonly Dictionary<string, object> fields = [];

    public FieldChanges Add<T>(string field, T before, T after)
    {
        if (!EqualityComparer<T>.Default.Equals(before, after))
            fields[field] = new { Before = before, After = after };
        return this;
    }

    public FieldChanges AddList<T>(string field, IReadOnlyCollection<T> before, IReadOnlyCollection<T> after)
    {
        if (!before.SequenceEqual(after))
            fields[field] = new { Before = before, After = after };
        return this;
    }

    public IReadOnlyDictionary<string, object> Details => fields;
}
