using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace SloPortal.Application.Measurement.Queries;

/// <summary>
/// A PostgreSQL as one question needs it. Only administrators say which, so private addresses are fine; the socket of the portal's own
/// database is not, and neither is a setting that reads files of the portal's machine.
/// </summary>
public sealed class PostgresServer
{
    private static readonly HashSet<string> Allowed = new(StringComparer.OrdinalIgnoreCase) { "Host", "Port", "Database", "Username", "Password", "SSL Mode" };

    private PostgresServer(string connection, string address) => (Connection, Address) = (connection, address);

    /// <summary>With the password; never logged, never returned.</summary>
    internal string Connection { get; }

    /// <summary>Host, port and database.</summary>
    public string Address { get; }

    public override string ToString() => Address;

    /// <summary>Reads a connection string, or says what is wrong with it.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out PostgresServer? server, [NotNullWhen(false)] out string? problem)
    {
        server = null;
        try
        {
            var given = new NpgsqlConnectionStringBuilder(text);
            var others = given.Keys.Where(k => !Allowed.Contains(k)).ToArray();
            problem = others.Length > 0 ? $"The connection string may name {string.Join(", ", Allowed.Order())}, and not {others[0]}."
                : given.Host is not { Length: > 0 } host || host.IndexOfAny(['/', '\\', '@', ',']) >= 0 ? "Name one host, such as Host=db.example.com; a socket is none."
                : string.IsNullOrEmpty(given.Database) ? "Name the database, such as Database=shop."
                : string.IsNullOrEmpty(given.Username) || string.IsNullOrEmpty(given.Password) ? "Give Username and Password of a role that may only read."
                : null;
            if (problem is not null)
                return false;
            var address = $"{given.Host}:{given.Port}/{given.Database}";
            server = new PostgresServer(new NpgsqlConnectionStringBuilder
            {
                Host = given.Host, Port = given.Port, Database = given.Database, Username = given.Username, Password = given.Password, SslMode = given.SslMode,
                Pooling = false, Timeout = 5, CommandTimeout = 25, CancellationTimeout = 2000, ApplicationName = "SloPortal", PersistSecurityInfo = false,
            }.ConnectionString, address);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException or InvalidCastException or OverflowException)
        {
            // Its message can hold a part of the string, so it is not passed on.
            problem = "This is no connection string; write it such as Host=db.example.com; Database=shop; Username=reader; Password=….";
            return false;
        }
    }
}
