using SloPortal.Domain.Incidents.Detection.Intake;

namespace SloPortal.Domain.Incidents.Escalation.Deciding;

/// <summary>What becomes of a signal, and why.</summary>
/// <param name="Reason">A sentence that names the rule.</param>
/// <param name="Page">The page that it joins, or that opens with it; null where it belongs to none.</param>
/// <param name="Opens">The page opens with it.</param>
/// <param name="CallsAgain">The page was taken or unanswered, and this is worse than all before.</param>
/// <param name="Hold">What it waits for; null where it does not wait.</param>
public sealed record Verdict(SignalOutcome Outcome, string Reason, DeskPage? Page = null, bool Opens = false, bool CallsAgain = false, Hold? Hold = null);

/// <summary>What a signal waits for.</summary>
/// <param name="Until">When it is decided anew at the latest; null where only the page that explains it ends the wait.</param>
/// <param name="Group">The group whose other signals it waits for.</param>
/// <param name="UnderPage">The page that explains it.</param>
public sealed record Hold(DateTimeOffset? Until, string? Group = null, Guid? UnderPage = null);
