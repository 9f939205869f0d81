using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using SloPortal.Application.Access;
using SloPortal.Application.Common;
using SloPortal.Data;
using SloPortal.Domain.Access;
using SloPortal.Web.Access;
using SloPortal.Web.Shared;
using SloPortal.Web.Tests.Common;

namespace SloPortal.Web.Tests.Shared;

public sealed class LivePageTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly BunitContext context = new();
    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));

    public LivePageTests()
    {
        context.AddAuthorization();
        context.Services.AddSingleton<TimeProvider>(clock);
        context.Services.AddSingleton(NpgsqlDataSource.Create("Host=nowhere"));
        context.Services.AddSingleton<PortalEvents>();
        context.Services.AddPooledDbContextFactory<PortalDbContext>(o => o.UseNpgsql("Host=nowhere"));
        context.Services.AddMemoryCache();
        context.Services.AddHttpContextAccessor();
        context.Services.AddSingleton<ActorDirectory>();
        context.Services.AddScoped<CurrentActor>();
    }

    private PortalEvents Events => context.Services.GetRequiredService<PortalEvents>();

    public void Dispose() => context.Dispose();

    [Fact]
    public void Notice_ManyAtOnce_AreAnsweredByOneReading()
    {
        var page = context.Render<PageOfTopic>();

        Events.Deliver(["thing/1", "thing/1", "other"]);
        clock.Advance(Pause);

        page.WaitForAssertion(() => Assert.Equal("thing/1 read 1", page.Markup));
    }

    [Fact]
    public void Notice_BeforeItListens_IsAnsweredOnceItDoes()
    {
        var page = context.Render<PageOfTopic>(p => p.Add(s => s.AtFirst, () => Events.Deliver(["thing/1"])));

        clock.Advance(Pause);

        page.WaitForAssertion(() => Assert.Equal("thing/1 read 1", page.Markup));
    }

    [Fact]
    public async Task Notice_WhileItReads_IsAnsweredOnceTheReadingIsDone()
    {
        var page = context.Render<PageOfTopic>();
        page.Instance.Gate = new TaskCompletionSource();
        Events.Deliver(["thing/1"]);
        clock.Advance(Pause);

        Events.Deliver(["thing/1"]);
        clock.Advance(Pause);
        Assert.Equal(1, page.Instance.Reading);
        page.Instance.Gate.SetResult();

        await Eventually.HoldsAsync(() =>
        {
            clock.Advance(Pause);
            return Task.FromResult(page.Markup == "thing/1 read 2");
        });
    }

    [Fact]
    public void Topics_AnotherIsShown_FollowIt()
    {
        var page = context.Render<PageOfTopic>();
        page.Render(p => p.Add(s => s.Id, 2));

        Events.Deliver(["thing/1"]);
        clock.Advance(Pause);
        Assert.Equal("thing/2 read 0", page.Markup);
        Events.Deliver(["thing/2"]);
        clock.Advance(Pause);

        page.WaitForAssertion(() => Assert.Equal("thing/2 read 1", page.Markup));
    }

    [Fact]
    public void AtLeastEvery_NoNotice_ReadsAgain()
    {
        var page = context.Render<PageOfTopic>();

        clock.Advance(PageOfTopic.Often);
        clock.Advance(Pause);

        page.WaitForAssertion(() => Assert.Equal("thing/1 read 1", page.Markup));
    }

    [Fact]
    public void Reading_Fails_KeepsWhatIsShownAndTriesAgain()
    {
        var page = context.Render<PageOfTopic>();
        page.Instance.Trouble = new NpgsqlException("away");
        Events.Deliver(["thing/1"]);
        clock.Advance(Pause);
        Assert.Equal("thing/1 read 0", page.Markup);

        page.Instance.Trouble = null;
        Events.Deliver(["thing/1"]);
        clock.Advance(Pause);

        page.WaitForAssertion(() => Assert.Equal("thing/1 read 1", page.Markup));
    }

    [Fact]
    public async Task Dispose_WhileItReads_EndsTheReadingAndListensNoMore()
    {
        var page = context.Render<PageOfTopic>().Instance;
        page.Gate = new TaskCompletionSource();
        Events.Deliver(["thing/1"]);
        clock.Advance(Pause);

        await context.DisposeComponentsAsync();
        Events.Deliver(["thing/1"]);
        clock.Advance(Pause);

        Assert.Equal(1, page.Reading);
        Assert.True(page.WasLeft);
    }

    private sealed class PageOfTopic : LivePage
    {
        public static readonly TimeSpan Often = TimeSpan.FromMinutes(1);

        [Parameter] public int Id { get; set; } = 1;

        [Parameter] public Action AtFirst { get; set; } = () => { };

        public TaskCompletionSource? Gate { get; set; }

        public Exception? Trouble { get; set; }

        /// <summary>How many readings began.</summary>
        public int Reading { get; private set; }

        public bool WasLeft => Left.IsCancellationRequested;

        private int Read { get; set; }

        protected override IReadOnlyList<string> Topics => [$"thing/{Id}"];

        protected override TimeSpan AtMostEvery => LivePageTests.Pause;

        protected override TimeSpan? AtLeastEvery => Often;

        protected override void OnInitialized()
        {
            base.OnInitialized();
            AtFirst();
        }

        protected override async Task ReadAsync(Actor actor)
        {
            Reading++;
            if (Trouble is not null)
                throw Trouble;
            if (Gate is not null)
                await Gate.Task.WaitAsync(Left);
            Read++;
        }

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, $"thing/{Id} read {Read}");
    }
}
