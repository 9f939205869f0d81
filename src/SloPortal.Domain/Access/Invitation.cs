namespace SloPortal.Domain.Access;

/// <summary>A link that lets one person make their account, once, until it expires.</summary>
public sealed class Invitation
{
    private Invitation() { }

    public Invitation(Guid id, string email, IReadOnlyList<Role> roles, IReadOnlyList<Guid> teamIds, byte[] tokenHash, Guid invitedBy, DateTimeOffset createdAt, DateTimeOffset expiresAt)
    {
        Id = id;
        Email = email;
        Roles = [.. roles];
        TeamIds = [.. teamIds];
        TokenHash = tokenHash;
        InvitedBy = invitedBy;
        CreatedAt = createdAt;
        ExpiresAt = expiresAt;
    }

    public Guid Id { get; private set; }
    public string Email { get; private set; } = "";
    public List<Role> Roles { get; private set; } = [];
    public List<Guid> TeamIds { get; private set; } = [];
    public byte[] TokenHash { get; private set; } = [];
    public Guid InvitedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? AcceptedAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    public bool IsOpenAt(DateTimeOffset now) => AcceptedAt is null && RevokedAt is null && now < ExpiresAt;

    public void Accept(DateTimeOffset now) => AcceptedAt = now;

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
