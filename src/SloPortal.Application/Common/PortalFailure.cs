using Npgsql;
using SloPortal.Data.Common;

namespace SloPortal.Application.Common;

/// <summary>Tells a lost machine, and a text that cannot be stored, from a bug.</summary>
public static class PortalFailure
{
    public const string TextSentence = "A text holds a character that cannot be stored (NUL). Take it out and send it again.";

    /// <summary>Whether a text was refused for a character that no column takes, before it was sent or, inside of JSON, by the database.</summary>
    public static bool IsTextThatCannotBeStored(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            if (e is UnstorableTextException or PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter })
                return true;
        }
        return false;
    }

    /// <summary>
    /// Whether the database could not be reached, closed the connection, or does not write at present, as opposed to refusing a statement. Of several
    /// servers that includes that none of them is the one that writes.
    /// </summary>
    public static bool IsDatabaseAway(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            if (e is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ReadOnlySqlTransaction })
                return true;
            // The type itself is what went wrong on the way to the server; what the server or the driver refuses has types of its own, and a
            // broken connection of another kind, such as a request's, is none of the database's.
            if (e.GetType() == typeof(NpgsqlException))
                return true;
        }
        return false;
    }
}
