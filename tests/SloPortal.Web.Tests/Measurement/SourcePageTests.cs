using System.Net.Http.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Application.Measurement.Cost;
using SloPortal.Application.Measurement.Sources;
using SloPortal.Web.Access;
using SloPortal.Web.Measurement;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Measurement;

public sealed class SourcePageTests
{
    [Fact]
    public async Task Hours_BackToTheUsualOnes_ShowsNoOlderHour()
    {
        await using var portal = await PortalHost.StartAsync();
        (await portal.WithToken().PostAsJsonAsync("/api/v1/sources", new { name = "prometheus", url = "http://127.0.0.1:1", everySeconds = 3600 }, Xunit.TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await portal.ScalarAsync(
            """
            INSERT INTO source_counts (source_id, hour, outcome, samples, last_at)
            SELECT 1, date_trunc('hour', now() - make_interval(hours => back)), 'Matched', 7, now() FROM unnest(ARRAY[2, 30]) AS back
            """);
        var administrator = (Guid)(await portal.ScalarAsync("SELECT id FROM people"))!;
        await using var context = new BunitContext();
        context.AddAuthorization().SetAuthorized("ada").SetClaims(new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.NameIdentifier, administrator.ToString()));
        context.AddBunitPersistentComponentState();
        foreach (var type in (Type[])[typeof(GetSource.Handler), typeof(PausePullSource.Handler), typeof(ResumePullSource.Handler), typeof(SetSourceBudget.Handler), typeof(PortalEvents), typeof(ActorDirectory)])
            context.Services.AddSingleton(type, portal.Services.GetRequiredService(type));
        // It stands still, so that no refresh mends what the address should have.
        context.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(DateTimeOffset.UtcNow));
        context.Services.AddHttpContextAccessor();
        context.Services.AddScoped<CurrentActor>();
        var navigation = context.Services.GetRequiredService<NavigationManager>();

        navigation.NavigateTo("/sources/1?hours=48");
        var page = context.Render<SourcePage>(p => p.Add(s => s.Id, 1));
        page.WaitForAssertion(() => Assert.True(page.FindAll("tbody tr th").Count >= 30), TimeSpan.FromSeconds(30));
        navigation.NavigateTo("/sources/1");

        page.WaitForAssertion(() => Assert.InRange(page.FindAll("tbody tr th").Count, 1, 24), TimeSpan.FromSeconds(10));
    }
}
