namespace SloPortal.Domain.Reviews.Writing;

/// <summary>A kind of thing that contributes to incidents. None of them is a person.</summary>
/// <param name="Word">As it is stored: "time pressure".</param>
/// <param name="Question">What to ask oneself to find one.</param>
public sealed record FactorKind(string Word, string Question)
{
    /// <summary>The taxonomy. Product policy.</summary>
    public static IReadOnlyList<FactorKind> All { get; } =
    [
        new("tooling", "Which tool made the wrong thing easy, or the right thing hard?"),
        new("training", "What would one have had to know, and where could it have been learnt?"),
        new("time pressure", "What was in a hurry, and what was left out for it?"),
        new("process", "Which step was missing, unclear or skipped by habit?"),
        new("communication", "Who needed to know something, and why did it not reach them?"),
        new("architecture", "Which property of the system let the failure spread or stay hidden?"),
        new("external", "What came from outside: a provider, a dependency, an event?"),
    ];

    public static bool Knows(string word) => All.Any(k => k.Word == word);
}
