using System.Diagnostics.CodeAnalysis;

namespace SloPortal.Domain.Common;

/// <summary>Why an operation was refused; each maps to one HTTP status.</summary>
public enum RefusalKind
{
    /// <summary>The request itself is wrong (400).</summary>
    Invalid,
    /// <summary>The actor may not do this (403).</summary>
    Denied,
    /// <summary>Nothing there, or nothing that the actor may see (404).</summary>
    NotFound,
    /// <summary>The state has moved on, or the name is taken (409).</summary>
    Conflict,
    /// <summary>The database does not answer; nothing was changed, and the same again may succeed (503).</summary>
    Unavailable,
}

/// <summary>An expected refusal: a sentence for the user, and the fields that it concerns, if any.</summary>
public sealed record Refusal(RefusalKind Kind, string Message, IReadOnlyDictionary<string, string[]>? Fields = null)
{
    public static Refusal Invalid(string message) => new(RefusalKind.Invalid, message);

    /// <summary>A refusal that concerns one field, so that a form can show it beside the input.</summary>
    public static Refusal Invalid(string field, string message) =>
        new(RefusalKind.Invalid, message, new Dictionary<string, string[]> { [field] = [message] });

    public static Refusal Denied(string message) => new(RefusalKind.Denied, message);

    public static Refusal NotFound(string what) => new(RefusalKind.NotFound, $"{what} does not exist, or you may not see it.");

    public static Refusal Conflict(string message) => new(RefusalKind.Conflict, message);

    public static Refusal Unavailable { get; } = new(RefusalKind.Unavailable, "The database does not answer, so nothing was saved. Try again in a moment; what you gave is still here.");

    /// <summary>The same for what a form reads while somebody fills it in.</summary>
    public static Refusal Unanswered { get; } = new(RefusalKind.Unavailable, "The database does not answer, so nothing could be looked up. Try again in a moment; what you gave is still here.");
}

/// <summary>What an operation gives back: a value, or a refusal that a person can read.</summary>
public readonly struct Outcome<T>
{
    private Outcome(T? value, Refusal? refusal)
    {
        Value = value;
        Refusal = refusal;
    }

    public T? Value { get; }

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Succeeded => Refusal is null;

    /// <summary>The value; for callers for whom a refusal would be a bug, such as demo data and tests.</summary>
    /// <exception cref="InvalidOperationException">The operation was refused.</exception>
    public T Require() => Succeeded ? Value : throw new InvalidOperationException(Refusal.Message);

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>The value of an operation that only succeeds or is refused.</summary>
public readonly record struct Done
{
    public static Done Value => default;
}
