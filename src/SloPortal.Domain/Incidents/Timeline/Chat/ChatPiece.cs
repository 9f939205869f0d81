namespace SloPortal.Domain.Incidents.Timeline;

/// <summary>A stretch of a pasted chat.</summary>
/// <param name="FirstLine">1 is the first line of what was pasted.</param>
public abstract record ChatPiece(int FirstLine, string Text);

/// <summary>What somebody wrote, and when.</summary>
/// <param name="Author">As the chat names them; null where it does not.</param>
/// <param name="DateGiven">Whether the chat says the day; otherwise it was concluded.</param>
public sealed record ChatMessage(int FirstLine, DateTimeOffset At, string? Author, string Text, bool DateGiven) : ChatPiece(FirstLine, Text);

/// <summary>Lines that could not be read, as they stand.</summary>
/// <param name="Why">A sentence.</param>
public sealed record ChatRest(int FirstLine, string Text, string Why) : ChatPiece(FirstLine, Text);

/// <summary>What concludes the days that a chat leaves out.</summary>
/// <param name="StartedAt">When the incident did; a day that nobody wrote down is near it.</param>
/// <param name="Zone">Of whoever pastes, in which the chat showed its times.</param>
public sealed record ChatContext(DateTimeOffset Now, DateTimeOffset StartedAt, TimeZoneInfo Zone);
