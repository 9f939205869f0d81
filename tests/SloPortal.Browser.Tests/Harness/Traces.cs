namespace SloPortal.Browser.Tests.Harness;

/// <summary>A trace holds the whole document after every step, which few runs need; so it is taken when it is asked for.</summary>
internal static class Traces
{
    public static bool AreKept { get; } = Environment.GetEnvironmentVariable("SLOPORTAL_TRACES") == "1";
}
