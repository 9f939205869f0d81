using Microsoft.AspNetCore.Components;
using SloPortal.Application.Access;
using SloPortal.Domain.Common;

namespace SloPortal.Web.Access.Session;

public partial class ProfilePage : ComponentBase
{
    private Refusal? profileRefusal;
    private Refusal? passwordRefusal;
    private bool saved;
    private Me? me;

    /// <summary>IANA ids of places; the rest of the database are old names of them.</summary>
    private static readonly string[] Zones = [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id)
        .Where(id => id == "UTC" || id.Split('/')[0] is "Africa" or "America" or "Antarctica" or "Asia" or "Atlantic" or "Australia" or "Europe" or "Indian" or "Pacific").Order(StringComparer.Ordinal)];

    [Inject] private ReadMe.Handler Reader { get; set; } = default!;
    [Inject] private ChangeProfile.Handler ProfileChanger { get; set; } = default!;
    [Inject] private ChangePassword.Handler PasswordChanger { get; set; } = default!;
    [Inject] private CurrentActor Current { get; set; } = default!;

    [CascadingParameter] private HttpContext Http { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "profile")] private ProfileForm? Profile { get; set; }
    [SupplyParameterFromForm(FormName = "password")] private PasswordForm? Password { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var wasSent = Profile is not null;
        Profile ??= new ProfileForm();
        Password ??= new PasswordForm();
        me = (await Reader.HandleAsync(await Current.GetAsync(), Http.RequestAborted)).Value;
        if (!wasSent)
            Profile = new ProfileForm { DisplayName = me?.Name, TimeZone = me?.TimeZone };
    }

    private async Task SaveProfileAsync()
    {
        var outcome = await ProfileChanger.HandleAsync(new ChangeProfile(Profile!.DisplayName ?? "", Profile.TimeZone), await Current.GetAsync(), Http.RequestAborted);
        profileRefusal = outcome.Refusal;
        saved = outcome.Succeeded;
    }

    private async Task ChangePasswordAsync()
    {
        var outcome = await PasswordChanger.HandleAsync(new ChangePassword(Password!.Current ?? "", Password.New ?? ""), await Current.GetAsync(), Http.RequestAborted);
        passwordRefusal = outcome.Refusal;
        saved = outcome.Succeeded;
        if (outcome.Succeeded)
            await SessionCookie.BeginAsync(Http, outcome.Value);
    }

    internal sealed class ProfileForm
    {
        public string? DisplayName { get; set; }
        public string? TimeZone { get; set; }
    }

    internal sealed class PasswordForm
    {
        public string? Current { get; set; }
        public string? New { get; set; }
    }
}
