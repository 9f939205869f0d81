using SloPortal.Data;
using SloPortal.Domain.Access;

namespace SloPortal.Application.Audit;

/// <summary>
/// Subjects of the audit that a reader may not know of. Areas below that restrict something register one; reading and export leave
/// such entries out, while the chain itself stays whole.
/// </summary>
public interface IHiddenSubjects
{
    /// <summary>Ids, as entries carry them, of what is hidden from the actor.</summary>
    IQueryable<string> For(PortalDbContext db, Actor actor);
}
