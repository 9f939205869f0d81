namespace SloPortal.Domain.Access;

/// <summary>How a signed-in person showed once more, for a signature, that it is them.</summary>
public enum Confirmation
{
    /// <summary>They entered their password again.</summary>
    Password,
    /// <summary>They signed in anew at their provider for this very signature.</summary>
    FreshSignIn,
}
