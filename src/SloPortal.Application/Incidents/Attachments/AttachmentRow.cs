using SloPortal.Data;

namespace SloPortal.Application.Incidents.Attachments;

/// <summary>An attachment without its content.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hexadecimal.</param>
public sealed record AttachmentRow(Guid Id, string FileName, string ContentType, int Size, string Sha256, string AddedBy, DateTimeOffset AddedAt)
{
    internal static IQueryable<Stored> Query(PortalDbContext db, Guid[] incidents) =>
        from a in db.Attachments
        where incidents.Contains(a.IncidentId)
        orderby a.AddedAt descending
        select new Stored(a.Id, a.FileName, a.ContentType, a.Size, a.Sha256, db.Users.Where(p => p.Id == a.AddedBy).Select(p => p.DisplayName).FirstOrDefault() ?? "SloPortal", a.AddedAt);

    internal sealed record Stored(Guid Id, string FileName, string ContentType, int Size, byte[] Sha256, string AddedBy, DateTimeOffset AddedAt)
    {
        public AttachmentRow ToRow() => new(Id, FileName, ContentType, Size, Convert.ToHexStringLower(Sha256), AddedBy, AddedAt);
    }
}
