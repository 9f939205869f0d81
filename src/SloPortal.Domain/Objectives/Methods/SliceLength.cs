using System.Globalization;

namespace SloPortal.Domain.Objectives.Methods;

/// <summary>How long a slice of time is: a number of whole minutes that divides an hour, so that slices begin alike in every hour.</summary>
public sealed record SliceLength
{
    /// <exception cref="ArgumentException">See <see cref="RefusalFor"/>.</exception>
    public SliceLength(int minutes)
    {
        if (RefusalFor(minutes) is { } refusal)
        {
            throw new ArgumentException(refusal, nameof(minutes));
        }

        Minutes = minutes;
    }

    public int Minutes { get; }

    /// <summary>"5-minute".</summary>
    public string Phrase => Minutes == 60 ? "1-hour" : string.Create(CultureInfo.InvariantCulture, $"{Minutes}-minute");

    /// <summary>Says in a sentence why a slice cannot be so long; null when it can.</summary>
    public static string? RefusalFor(int minutes) => minutes is > 0 and <= 60 && 60 % minutes == 0 ? null
        : "A slice lasts 1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30 or 60 minutes, so that slices begin alike in every hour.";

    /// <summary>"5m".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Minutes}m");
}
