namespace SloPortal.Domain.Objectives.Evidence;

/// <summary>Something that both sides should know before they sign, in one or two sentences.</summary>
public sealed record FeasibilityFinding(FeasibilityRule Rule, string Sentence);
