using System.Globalization;

namespace SloPortal.Data.Common;

/// <summary>The server's settings, written anew before each start so that a new version of the portal brings its own.</summary>
internal static class PrivatePostgresSettings
{
    public const string FileName = "sloportal.conf";

    private const long Megabyte = 1024 * 1024;

    /// <param name="socketFolder">The only place where the server listens.</param>
    /// <param name="logFolder">Where the server keeps one log a weekday, so that logs never fill the disk.</param>
    /// <param name="memoryBytes">The memory of the machine or of the container, shared with the portal.</param>
    /// <param name="isVolatile">Whether the data may be lost.</param>
    public static string Write(string socketFolder, string logFolder, long memoryBytes, bool isVolatile)
    {
        var memory = memoryBytes / Megabyte;
        var lines = new List<(string Name, string Value)>
        {
            ("listen_addresses", ""),
            ("unix_socket_directories", socketFolder),
            ("unix_socket_permissions", "0700"),
            ("port", PrivatePostgres.Port.ToString(CultureInfo.InvariantCulture)),
            ("max_connections", "200"),

            // An eighth and not the usual quarter: the portal lives on the same machine.
            ("shared_buffers", Megabytes(Math.Clamp(memory / 8, 64, 2048))),
            ("effective_cache_size", Megabytes(Math.Max(memory / 2, 256))),
            ("work_mem", "8MB"),
            ("maintenance_work_mem", Megabytes(Math.Clamp(memory / 32, 64, 512))),
            ("max_wal_size", "2GB"),
            ("min_wal_size", "160MB"),
            ("checkpoint_timeout", "15min"),
            ("wal_compression", "on"),
            ("random_page_cost", "1.1"),
            ("jit", "off"),
            ("timezone", "UTC"),
            ("log_timezone", "UTC"),
            ("logging_collector", "on"),
            ("log_directory", logFolder),
            ("log_filename", "postgresql-%a.log"),
            ("log_truncate_on_rotation", "on"),
            ("log_rotation_size", "0"),
            ("log_checkpoints", "off"),
        };
        if (isVolatile)
        {
            lines.AddRange([
                ("fsync", "off"), ("synchronous_commit", "off"), ("full_page_writes", "off"),
                ("wal_level", "minimal"), ("max_wal_senders", "0"), ("shared_buffers", "128MB"), ("max_wal_size", "256MB"),
                ("min_wal_size", "32MB"),
            ]);
        }

        return string.Concat(lines.Select(l => $"{l.Name} = '{l.Value.Replace("'", "''", StringComparison.Ordinal)}'\n"));
    }

    private static string Megabytes(long value) => string.Create(CultureInfo.InvariantCulture, $"{value}MB");
}
