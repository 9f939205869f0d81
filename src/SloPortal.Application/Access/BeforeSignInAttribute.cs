namespace SloPortal.Application.Access;

/// <summary>The operation is asked for by somebody who has no account or is not signed in yet, so it takes no actor.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BeforeSignInAttribute : Attribute;
