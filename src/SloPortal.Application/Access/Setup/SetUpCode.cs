using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SloPortal.Data;

namespace SloPortal.Application.Access;

/// <summary>
/// The one-time code that shows that whoever makes the first administrator can read the log. Its hash is kept in the database, so
/// that all portals on it agree; the newest code counts.
/// </summary>
public sealed class SetUpCode(IDbContextFactory<PortalDbContext> contexts)
{
    internal const string SettingKey = "set-up-code-hash";

    /// <summary>Without 0, 1, I, L, O and U, which are mistaken for others.</summary>
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private volatile bool isSetUp;

    /// <summary>Whether anybody has an account. Asked of the database until it is true, which stays so.</summary>
    public async Task<bool> IsSetUpAsync(CancellationToken ct)
    {
        if (isSetUp)
            return true;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return isSetUp = await db.Users.AnyAsync(ct);
    }

    /// <summary>A new code, as long as nobody has an account; null after that.</summary>
    public async Task<string?> RenewAsync(CancellationToken ct)
    {
        if (await IsSetUpAsync(ct))
            return null;
        var code = Generate();
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync($"INSERT INTO portal_settings (key, value) VALUES ({SettingKey}, {HashOf(code)}) ON CONFLICT (key) DO UPDATE SET value = excluded.value", ct);
        return code;
    }

    /// <summary>Case, spaces and hyphens do not matter.</summary>
    internal static string HashOf(string code)
    {
        var canonical = new string([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
        return Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(canonical)));
    }

    /// <summary>16 characters of 30: 78 bits.</summary>
    private static string Generate() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Alphabet, 4)));
}
