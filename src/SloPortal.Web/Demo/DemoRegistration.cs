using Microsoft.AspNetCore.Mvc;
using SloPortal.Application.Common;
using SloPortal.Web.Access;
using SloPortal.Web.Access.Signing;

namespace SloPortal.Web.Demo;

/// <summary>The database holds something that the demo did not make; the message says what to do.</summary>
internal sealed class DemoRefusedException(string message) : Exception(message);

internal static class DemoRegistration
{
    /// <param name="wanted">Whether the program was started with <c>--demo</c>.</param>
    public static void AddDemo(this WebApplicationBuilder builder, bool wanted)
    {
        builder.Services.AddSingleton(new DemoState { IsPlaying = wanted });
        builder.Services.AddSingleton<DemoMark>();
        builder.Services.AddTransient<SignInAsDemoPerson>();
        if (!wanted)
            return;
        builder.Services.AddSingleton<DemoPassword>();
        builder.Services.AddSingleton(provider => new PasswordHint(() => $"Of everybody in this demo it is {provider.GetRequiredService<DemoPassword>().Text}"));
        builder.Services.AddSingleton(provider => new DemoStage(provider));
        builder.Services.AddHostedService<DemoPlay>();
    }

    /// <summary>Before the first request: whether this is a demo database; with <c>--demo</c> makes an empty one such, with its people.</summary>
    /// <exception cref="DemoRefusedException">The database holds real data.</exception>
    public static async Task PrepareDemoAsync(this WebApplication app)
    {
        var ct = app.Lifetime.ApplicationStopping;
        var state = app.Services.GetRequiredService<DemoState>();
        var mark = app.Services.GetRequiredService<DemoMark>();
        if (state.IsPlaying)
            await mark.ClaimAsync(app.Services.GetRequiredService<TimeProvider>().GetUtcNowInMicroseconds(), ct);
        state.IsDemoDatabase = await mark.ReadAsync(ct) is not null;
        if (!state.IsPlaying)
            return;
        await app.Services.GetRequiredService<DemoPassword>().LearnAsync(ct);
        await app.Services.GetRequiredService<DemoStage>().MeetPeopleAsync(ct);
    }

    /// <summary>Signing in with one click exists only while the demo plays.</summary>
    public static void MapDemo(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<DemoState>().IsPlaying)
            return;
        // Bound from a form, so the antiforgery token is asked for.
        app.MapPost(DemoState.SignInAddress, async ([FromForm] string person, [FromForm] string? returnUrl, SignInAsDemoPerson signIn, HttpContext http, CancellationToken ct) =>
            {
                if (await signIn.HandleAsync(person, ct) is not { } signedIn)
                    return Results.NotFound();
                await SessionCookie.BeginAsync(http, signedIn);
                return Results.LocalRedirect(LocalAddress.OrHome(returnUrl));
            })
            .AllowAnonymous().RequireRateLimiting(RateLimitPolicies.SignIn).ExcludeFromDescription();
    }
}
