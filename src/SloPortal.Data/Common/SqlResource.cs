using System.Reflection;

namespace SloPortal.Data.Common;

/// <summary>SQL that a migration runs beside the generated part: triggers, functions, partitions.</summary>
public static class SqlResource
{
    /// <summary>The text of <c>Migrations/Sql/NAME.sql</c>.</summary>
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"SloPortal.Data.Migrations.Sql.{name}.sql")
            ?? throw new InvalidOperationException($"There is no embedded SQL file named {name}.sql.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
