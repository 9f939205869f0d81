using SloPortal.Domain.Incidents.OnCall;

namespace SloPortal.Domain.Incidents.Escalation.Deciding;

/// <summary>By what the signals of a team are decided.</summary>
/// <param name="Hours">Null where the team has none: it is taken to be always at work.</param>
public sealed record TeamTerms(string Name, IReadOnlyList<PagingRule> Rules, BusinessHours? Hours);

/// <summary>What the decision needs of a policy.</summary>
/// <param name="Reaches">Whom its first level reaches at a moment; empty where nobody is on call.</param>
public sealed record PolicyTerms(string Name, Func<DateTimeOffset, IReadOnlyList<Guid>> Reaches);
