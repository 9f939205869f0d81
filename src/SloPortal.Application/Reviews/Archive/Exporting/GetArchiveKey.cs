using SloPortal.Application.Access;
using SloPortal.Domain.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Application.Reviews.Archive.Exporting;

/// <summary>The public key with which a copy of the archive is verified elsewhere.</summary>
public sealed record GetArchiveKey
{
    public sealed class Handler(ArchiveKey keys)
    {
        public async Task<Outcome<ArchivePublicKey>> HandleAsync(GetArchiveKey request, Actor actor, CancellationToken ct) =>
            actor.May(Permission.Read) ? await keys.PublicAsync(ct) : Denial.Of(actor, Permission.Read);
    }
}
