using SloPortal.Domain.Common;

namespace SloPortal.Domain.Incidents.Runbooks;

public enum StepKind
{
    /// <summary>Looks something up and changes nothing; runs by itself.</summary>
    Reads,
    /// <summary>Changes something; runs once a second person has approved it.</summary>
    Changes,
}

/// <summary>One step of a runbook: a webhook that does it.</summary>
/// <param name="Id">Stays with the step when its runbook is written anew.</param>
/// <param name="Does">What it does, for whoever approves it.</param>
/// <param name="Address">Of the webhook; http or https.</param>
/// <param name="ProtectedSecret">Key of the signature, encrypted; null signs nothing.</param>
/// <param name="TimeoutSeconds">How long its answer is waited for.</param>
public sealed record RunbookStep(Guid Id, string Name, string Does, StepKind Kind, string Address, string? ProtectedSecret, int TimeoutSeconds)
{
    public const int LongestName = 100;
    public const int LongestDoes = 500;
    public const int ShortestTimeout = 1;
    public const int LongestTimeout = 60;

    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);
}

/// <summary>
/// What the owners of a service wrote down for when it fails, as it was from a moment on until its next version. What ran then ran by it. One without
/// steps is no runbook any more.
/// </summary>
public sealed class Runbook
{
    public const int LongestTitle = 200;

    /// <summary>More is a programme and no runbook. Product policy.</summary>
    public const int MostSteps = 20;

    private Runbook() { }

    /// <param name="number">Of the version, from 1.</param>
    public Runbook(Guid id, Guid serviceId, int number, string title, IReadOnlyList<RunbookStep> steps, DateTimeOffset from, string byName)
    {
        Id = id;
        ServiceId = serviceId;
        Number = number;
        Title = title;
        Steps = [.. steps];
        From = from;
        ByName = byName;
    }

    /// <summary>Of this version.</summary>
    public Guid Id { get; private set; }
    public Guid ServiceId { get; private set; }
    public int Number { get; private set; }
    public string Title { get; private set; } = "";

    /// <summary>In the order in which people go through them.</summary>
    public IReadOnlyList<RunbookStep> Steps { get; private set; } = [];
    public DateTimeOffset From { get; private set; }

    /// <summary>Who wrote it, as they were called then.</summary>
    public string ByName { get; private set; } = "";

    public RunbookStep? StepOf(Guid id) => Steps.FirstOrDefault(s => s.Id == id);

    /// <summary>Whether a step is here as it was asked for or queued; whoever approved it approved that one.</summary>
    public Refusal? MustStillHave(RunbookStep asked) => StepOf(asked.Id) == asked ? null
        : Refusal.Conflict($"The runbook was changed since: \"{asked.Name}\" is not there any more as it was asked for. Decline it, and ask again for the step as it is now.");
}
