using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Measurement.Queries;

/// <summary>A row of an answer, or why it says nothing.</summary>
public sealed record QueryRow(DateTimeOffset Time, double Good, double Total, string? Problem);

/// <summary>Asks a PostgreSQL. The statement runs alone, in a transaction that only reads, within 20 s, and gives at most ten thousand rows.</summary>
public static partial class QueryAnswer
{
    public const int MostRows = 10_000;
    public const string MustHoldSince = "Use @since in the statement, such as WHERE time >= @since, so that each answer holds only what is new.";

    /// <summary>Whether the statement asks for what came since.</summary>
    public static bool HoldsSince(string? statement) => statement is not null && Since().IsMatch(statement);

    /// <summary>The rows from an instant on, by time.</summary>
    public static async Task<Outcome<List<QueryRow>>> ReadAsync(PostgresServer server, string statement, DateTimeOffset since, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(server);
        if (!HoldsSince(statement))
            return Refusal.Invalid(MustHoldSince);
        try
        {
            await using var connection = new NpgsqlConnection(server.Connection);
            await connection.OpenAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await using (var limits = new NpgsqlCommand("SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = '20s'; SET LOCAL lock_timeout = '5s'; SET LOCAL timezone = 'UTC'", connection, transaction))
                await limits.ExecuteNonQueryAsync(ct);
            return await RowsAsync(connection, transaction, statement, since, ct);
        }
        catch (PostgresException e)
        {
            return Refusal.Invalid($"The server {server.Address} answered: {e.MessageText.TrimEnd('.')}.");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Refusal.Invalid($"The server {server.Address} did not answer in time.");
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or IOException or TimeoutException)
        {
            return Refusal.Invalid($"The server {server.Address} cannot be reached: {(e.InnerException ?? e).Message.TrimEnd('.')}.");
        }
    }

    private static async Task<Outcome<List<QueryRow>>> RowsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string statement, DateTimeOffset since, CancellationToken ct)
    {
        // In a batch with a numbered parameter the text goes to the server as it is, which takes one statement only. Inside another
        // statement it can only be something that reads.
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new NpgsqlBatchCommand($"SELECT * FROM (\n{Since().Replace(statement.Trim().TrimEnd(';'), "$$1")}\n) AS asked ORDER BY asked.\"time\" LIMIT {MostRows + 1}")
                {
                    Parameters = { new NpgsqlParameter { Value = since.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var (time, good, total) = (names.IndexOf("time"), names.IndexOf("good"), names.IndexOf("total"));
        if (time < 0 || good < 0 || total < 0)
            return Refusal.Invalid("The statement has to give the columns time, good and total.");
        var rows = new List<QueryRow>();
        while (await reader.ReadAsync(ct))
            rows.Add(Row(reader.GetValue(time), reader.GetValue(good), reader.GetValue(total)));
        // What happened at the last instant may be cut; it comes again with the next answer.
        if (rows.Count > MostRows)
            rows.RemoveAll(r => r.Problem is null && r.Time == rows[^1].Time);
        return rows;
    }

    private static QueryRow Row(object time, object good, object total)
    {
        DateTimeOffset? at = time switch
        {
            DateTime { Kind: DateTimeKind.Unspecified } wall => new DateTimeOffset(wall, TimeSpan.Zero),
            DateTime instant => new DateTimeOffset(instant.ToUniversalTime()),
            DateOnly day => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
            _ => null,
        };
        return at is null ? new QueryRow(default, 0, 0, "The column time holds no instant.")
            : Number(good) is not { } goods || Number(total) is not { } totals ? new QueryRow(at.Value, 0, 0, "The columns good and total hold numbers.")
            : new QueryRow(at.Value, goods, totals, null);
    }

    private static double? Number(object value) => value is short or int or long or float or double or decimal ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"@since\b", RegexOptions.CultureInvariant)]
    private static partial Regex Since();
}
