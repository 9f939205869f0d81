using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SloPortal.Data.Common;

/// <summary>
/// Keeps text with NUL, which PostgreSQL cannot hold, from being sent: a statement that the server refuses while Npgsql prepares it leaves
/// the connection unsure of what is prepared (npgsql/npgsql issue 6391), and the next request on it fails for what this one brought.
/// </summary>
internal sealed class TextGuard : DbCommandInterceptor
{
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Check(command);
        return ValueTask.FromResult(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Check(command);
        return ValueTask.FromResult(result);
    }

    private static void Check(DbCommand command)
    {
        foreach (DbParameter parameter in command.Parameters)
        {
            if (parameter.Value is string text ? HasNul(text) : parameter.Value is IEnumerable<string?> texts && texts.Any(HasNul))
                throw new UnstorableTextException();
        }
    }

    private static bool HasNul(string? text) => text is not null && text.Contains('\0', StringComparison.Ordinal);
}
