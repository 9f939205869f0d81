namespace SloPortal.Web.Access.Signing;

/// <summary>What stands beside the password that confirms a signature; null says nothing. The demo tells the password of its people.</summary>
internal sealed record PasswordHint(Func<string?> Text);
