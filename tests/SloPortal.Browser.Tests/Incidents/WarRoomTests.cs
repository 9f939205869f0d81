using Microsoft.Playwright;
using SloPortal.Browser.Tests.Harness;
using SloPortal.Browser.Tests.Pages;

namespace SloPortal.Browser.Tests.Incidents;

/// <summary>A commander opens a war room on a phone; a second responder comes, is seen, and does what is asked.</summary>
public sealed class WarRoomTests() : OwnPortalTest("war-room")
{
    [Fact]
    public async Task WarRoom_TwoPeople_SeeEachOtherAndWhatIsToDo()
    {
        var incident = (await Api.PostAsync("/incidents", new { title = "Orders fail after release 7.42", severity = "sev1", services = Array.Empty<string>(), startedAt = TimeProvider.System.GetUtcNow().AddMinutes(-20) }, Ct)).GetInt32();
        var people = new People(Portal.Address, Api);
        var rosa = await people.InviteAsync("Rosa Responder", ["viewer"], [], Ct);
        var commander = await ComeAsync(Portal.Address);
        await commander.SignInAsync(RunningPortal.AdminEmail);
        var page = commander.Page;

        await commander.GoToAsync("/settings/war-room");
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit the plan" }).ClickAsync();
        await page.GetByLabel("Address of the call").FillAsync("http://meet.example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the plan" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("beginning with https://");
        await page.GetByLabel("Address of the call").FillAsync("https://meet.example.com/{code}");
        await page.GetByLabel("Checklist: Scribe").FillAsync("Write down who decides what\nPin what everybody must know");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the plan" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Write down who decides what");

        await page.SetViewportSizeAsync(390, 844);
        await commander.GoToAsync($"/incidents/{incident}");
        await page.Locator(".menu > summary").Filter(new() { HasText = "More" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open a war room" }).ClickAsync();
        var room = page.Locator(".room");
        await Assertions.Expect(room.GetByRole(AriaRole.Link, new() { Name = "Join the call" })).ToHaveAttributeAsync("href", $"https://meet.example.com/INC-{incident}");
        await Assertions.Expect(room).ToContainTextAsync("Only you here");
        await Assertions.Expect(room).ToContainTextAsync("Update due in");
        await Api.PutAsync($"/incidents/{incident}/roles/scribe", new { person = rosa.Id }, Ct);

        var responder = await ComeAsync(Portal.Address, rosa.Session);
        await responder.GoToAsync($"/incidents/{incident}");
        await Assertions.Expect(responder.Page.Locator(".room")).ToContainTextAsync("Next for you: Write down who decides what (and 1 more)");
        await Assertions.Expect(room).ToContainTextAsync("2 here: you, Rosa Responder", new() { Timeout = 30_000 });

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a task" }).ClickAsync();
        await page.GetByLabel("What is to be done", new() { Exact = true }).FillAsync("Look whether the queue of payments drains");
        await page.GetByLabel("By whom", new() { Exact = true }).SelectOptionAsync("Rosa Responder");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the task" }).ClickAsync();
        var task = responder.Page.GetByLabel("Look whether the queue of payments drains", new() { Exact = true });
        await task.CheckAsync();
        await responder.Page.GetByLabel("Write down who decides what", new() { Exact = true }).CheckAsync();

        await Assertions.Expect(page.Locator("#tasks")).ToContainTextAsync("done, Rosa Responder");
        await Assertions.Expect(page.Locator("#tasks .checklist").Filter(new() { HasText = "Scribe" })).ToContainTextAsync("1 of 2 done");
        await Assertions.Expect(page.Locator(".timeline")).ToContainTextAsync("Task done: Look whether the queue of payments drains");
        await room.Locator("summary").ClickAsync();
        await Pictures.LookAsync(page, "war-room");

        await page.Locator(".menu > summary").Filter(new() { HasText = "More" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the war room" }).ClickAsync();
        await Assertions.Expect(room).ToHaveCountAsync(0);
        await Assertions.Expect(responder.Page.Locator(".room")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#tasks")).ToContainTextAsync("1 of 2 done");
    }
}
