using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace SloPortal.Data.Access;

/// <summary>A person who can sign in.</summary>
public sealed class Person : IdentityUser<Guid>
{
    /// <summary>After this many wrong passwords in a row the account is locked for <see cref="LockOut"/>.</summary>
    public const int MaxFailedSignIns = 5;

    public static readonly TimeSpan LockOut = TimeSpan.FromMinutes(5);

    public string DisplayName { get; set; } = "";

    /// <summary>IANA id; null follows the browser.</summary>
    public string? TimeZone { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Set when an administrator closed the account; the name stays in the records.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    /// <param name="emailIsVerified">Whether somebody vouches that the address is this person's: an invitation, or their provider.</param>
    public static Person Create(Guid id, string email, string displayName, bool emailIsVerified, DateTimeOffset now) => new()
    {
        Id = id,
        UserName = email.Trim(),
        NormalizedUserName = NormalizeEmail(email),
        Email = email.Trim(),
        NormalizedEmail = NormalizeEmail(email),
        EmailConfirmed = emailIsVerified,
        DisplayName = displayName.Trim(),
        CreatedAt = now,
        LockoutEnabled = true,
        SecurityStamp = Guid.NewGuid().ToString("N"),
    };

    /// <summary>As addresses are compared; the same form as Identity's own.</summary>
    public static string NormalizeEmail(string email) => email.Trim().Normalize().ToUpperInvariant();

    public bool IsLockedOutAt(DateTimeOffset now) => LockoutEnd > now;

    /// <summary>Ends every session of this person, on every portal.</summary>
    public void EndSessions() => SecurityStamp = Guid.NewGuid().ToString("N");

    public void SetPassword(string passwordHash)
    {
        PasswordHash = passwordHash;
        AccessFailedCount = 0;
        LockoutEnd = null;
        EndSessions();
    }

    /// <returns>Whether this failure locked the account.</returns>
    public bool CountFailedSignIn(DateTimeOffset now)
    {
        AccessFailedCount++;
        if (AccessFailedCount < MaxFailedSignIns)
            return false;
        AccessFailedCount = 0;
        LockoutEnd = now + LockOut;
        return true;
    }

    public void CountSignIn()
    {
        AccessFailedCount = 0;
        LockoutEnd = null;
    }

    public void Disable(DateTimeOffset now)
    {
        DisabledAt ??= now;
        EndSessions();
    }

    public void Enable() => DisabledAt = null;
}

internal sealed class PersonConfiguration : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> builder)
    {
        builder.ToTable("people");
        builder.Property(p => p.DisplayName).HasMaxLength(100);
        builder.Property(p => p.TimeZone).HasMaxLength(64);
    }
}
