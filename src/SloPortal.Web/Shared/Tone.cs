namespace SloPortal.Web.Shared;

/// <summary>What a state means to the reader; it picks the colour, never the word.</summary>
public enum Tone
{
    Neutral,
    Good,
    Warn,
    Bad,
    Info,

    /// <summary>Nothing was measured: hatched grey, never zero and never green.</summary>
    NoData,
}

/// <summary>The stylesheet's name of a tone, the value of <c>data-tone</c>.</summary>
public static class ToneName
{
    public static string Of(Tone tone) => tone switch
    {
        Tone.Neutral => "neutral",
        Tone.Good => "good",
        Tone.Warn => "warn",
        Tone.Bad => "bad",
        Tone.Info => "info",
        Tone.NoData => "nodata",
        _ => throw new ArgumentOutOfRangeException(nameof(tone), tone, "Unknown tone."),
    };
}
