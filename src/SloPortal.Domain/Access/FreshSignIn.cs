namespace SloPortal.Domain.Access;

/// <summary>A person signed in anew at their provider to confirm one thing. It serves once, and only for a few minutes.</summary>
public sealed class FreshSignIn
{
    /// <summary>Long enough to write a reason, too short for a forgotten session.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    private FreshSignIn() { }

    public FreshSignIn(Guid personId, string subject, DateTimeOffset at)
    {
        PersonId = personId;
        Subject = subject;
        At = at;
    }

    public Guid PersonId { get; private set; }

    /// <summary>What it confirms and nothing else: "proposal/&lt;id&gt;".</summary>
    public string Subject { get; private set; } = "";

    /// <summary>When the provider saw them sign in (its claim <c>auth_time</c>).</summary>
    public DateTimeOffset At { get; private set; }

    public void Renew(DateTimeOffset at) => At = at;

    public bool ServesAt(DateTimeOffset now) => now < At + Lasts;
}
