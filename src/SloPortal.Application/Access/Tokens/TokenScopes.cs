using SloPortal.Domain.Access;

namespace SloPortal.Application.Access;

public static class TokenScopes
{
    public static IReadOnlyList<TokenScope> All { get; } = [TokenScope.Ingest, TokenScope.Read, TokenScope.Write];

    /// <summary>The single scopes that a combination holds.</summary>
    public static IReadOnlyList<TokenScope> List(TokenScope scopes) => [.. All.Where(s => scopes.HasFlag(s))];

    public static TokenScope Combine(IEnumerable<TokenScope> scopes) => scopes.Aggregate(TokenScope.None, (all, one) => all | one);
}
