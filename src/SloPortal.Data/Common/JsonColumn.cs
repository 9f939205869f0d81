using Microsoft.EntityFrameworkCore;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SloPortal.Data.Common;

/// <summary>Keeps an immutable value as one jsonb document, enums as text.</summary>
internal static class JsonColumn
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        // jsonb orders the properties by length, so what tells the type is not always the first.
        AllowOutOfOrderMetadataProperties = true,
    };

    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property) where T : class?
    {
        // Compared by their text, since a list inside a record compares by reference.
        var comparer = new ValueComparer<T>(
            (a, b) => Write(a) == Write(b), value => string.GetHashCode(Write(value), StringComparison.Ordinal), value => value);
        return property.HasConversion(value => Write(value), text => Read<T>(text), comparer).HasColumnType("jsonb");
    }

    private static string Write<T>(T? value) => JsonSerializer.Serialize(value, Options);

    private static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)!;
}
