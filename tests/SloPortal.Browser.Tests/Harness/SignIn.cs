using Microsoft.Playwright;

namespace SloPortal.Browser.Tests.Harness;

internal static class SignIn
{
    /// <summary>Signs in through the form and waits for the home page.</summary>
    public static async Task SignInAsync(this Visitor visitor, string email, string password = RunningPortal.Password)
    {
        await visitor.GoToAsync("/sign-in");
        await visitor.Page.GetByLabel("E-mail address").FillAsync(email);
        await visitor.Page.GetByLabel("Password").FillAsync(password);
        await visitor.LoadsAfterAsync(() => visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync(), $"{visitor.Address}/");
    }

    /// <summary>Follows an invitation link and makes the account.</summary>
    public static async Task AcceptInvitationAsync(this Visitor visitor, string link, string name)
    {
        await visitor.GoToAsync(link);
        await visitor.Page.GetByLabel("Your name").FillAsync(name);
        await visitor.Page.GetByLabel("Password").FillAsync(RunningPortal.Password);
        await visitor.LoadsAfterAsync(() => visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Make my account" }).ClickAsync(), $"{visitor.Address}/");
    }
}
