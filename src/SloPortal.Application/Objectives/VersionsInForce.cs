using Microsoft.EntityFrameworkCore;
using SloPortal.Data;
using SloPortal.Domain.Objectives;

namespace SloPortal.Application.Objectives;

/// <summary>
/// Which version of an objective is in force at a moment: the latest that had taken effect. There is one text of this question, and
/// everything asks it: pages, the HTTP API and the evaluation.
/// </summary>
public static class VersionsInForce
{
    /// <summary>
    /// One row of <c>objective_versions</c> for each objective that had a version at the moment. The only parameter is the moment;
    /// put this in parentheses as a table and join it. A condition on <c>objective_id</c> outside is pushed down by PostgreSQL.
    /// </summary>
    /// <param name="moment">How the statement names its parameter: "$1", "now()".</param>
    public static string Sql(string moment) => $"{Head}{moment}{Tail}";

    // A version that takes effect at the same instant as an earlier one replaces it.
    private const string Head = "SELECT DISTINCT ON (objective_id) * FROM objective_versions WHERE effective_from <= ";
    private const string Tail = " ORDER BY objective_id, effective_from DESC, number DESC";

    /// <summary>The same as a query to compose on.</summary>
    public static IQueryable<ObjectiveVersion> VersionsInForceAt(this PortalDbContext db, DateTimeOffset moment)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.ObjectiveVersions.FromSqlRaw(Head + "{0}" + Tail, moment).AsNoTracking();
    }
}
