namespace SloPortal.Domain.Access;

/// <summary>
/// A bearer token. Only the SHA-256 of its 256 random bits is kept, so a copy of the database signs nobody in; a slow hash
/// would add nothing to that much entropy and cost every remote-write request.
/// </summary>
public sealed class ApiToken
{
    private ApiToken() { }

    public ApiToken(Guid id, Guid personId, string name, byte[] hash, string hint, TokenScope scopes, DateTimeOffset createdAt, DateTimeOffset expiresAt)
    {
        Id = id;
        PersonId = personId;
        Name = name;
        Hash = hash;
        Hint = hint;
        Scopes = scopes;
        CreatedAt = createdAt;
        ExpiresAt = expiresAt;
    }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }
    public string Name { get; private set; } = "";
    public byte[] Hash { get; private set; } = [];

    /// <summary>The first characters, so that a person can tell tokens apart.</summary>
    public string Hint { get; private set; } = "";

    public TokenScope Scopes { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }
    public DateTimeOffset? LastUsedAt { get; private set; }

    public bool IsValidAt(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    public void Revoke(DateTimeOffset now) => RevokedAt ??= now;
}
