using SloPortal.Application.Measurement.Classifying;
using SloPortal.Application.Tests.Measurement.Slis;
using SloPortal.Domain.Common;
using SloPortal.Domain.Measurement;
using SloPortal.Domain.Measurement.Coverage;

namespace SloPortal.Application.Tests.Measurement.Classifying;

public sealed class FailureRulesTests : IAsyncLifetime
{
    private static readonly RulesDraft Draft = new("requests_total{job=\"shop\"}",
    [
        new("{code=\"503\",path=\"/health\"}", FailureClass.Unavailable, false, "Only the balancer asks."),
        new("{code=~\"5..\"}", FailureClass.Error, true, "The page says that it failed."),
    ]);

    private MeasuringPortal _portal = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _portal = await MeasuringPortal.OpenAsync(Ct);

    public async ValueTask DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task TryFailureRules_SamplesOfTheLastHour_GoToTheFirstRuleThatSelectsThem()
    {
        var writer = new LogWriter(_portal.Database);
        foreach (var (minutesAgo, value) in new[] { (90, 1000.0), (50, 1000.0), (10, 1100.0) })
        {
            var at = MeasuringPortal.Now.AddMinutes(-minutesAgo);
            (LabelSet, long, double) Sample(string job, string code, string path, double rise) =>
                (LabelSet.Of("requests_total", ("job", job), ("code", code), ("path", path)), at.ToUnixTimeMilliseconds(), value * rise);
            await writer.WriteAsync(_portal.SourceId, at, Ct,
                Sample("shop", "200", "/pay", 9), Sample("shop", "500", "/pay", 0.5), Sample("shop", "503", "/health", 0.4), Sample("shop", "503", "/pay", 0.1), Sample("other", "500", "/pay", 5));
        }

        var tried = (await _portal.Get<TryFailureRules.Handler>().HandleAsync(new TryFailureRules(Draft), _portal.Owner, Ct)).Require();
        Assert.Equal([(0, 1, 40), (1, 2, 60), (null, 1, 900)], tried.Matches.Select(m => (m.Rule, m.Series, (int)Math.Round(m.Events))));
        Assert.Equal(0.06, tried.TouchingShare, 9);
        Assert.Contains("code=\"500\"", tried.Matches[1].Examples[0].Series, StringComparison.Ordinal);
        // The first rule asks two things at once, which cannot be left out by one condition.
        Assert.Null(tried.Proposed);
        var simple = (await _portal.Get<TryFailureRules.Handler>().HandleAsync(new TryFailureRules(Draft with { Rules = [Draft.Rules[1]] }), _portal.Owner, Ct)).Require();
        Assert.Equal("requests_total{job=\"shop\",code=~\"5..\"}", simple.Proposed?.Bad);
    }

    [Fact]
    public async Task SaveFailureRules_ByTheTeam_AreReadBackAndAStaleVersionIsRefused()
    {
        var (save, get) = (_portal.Get<SaveFailureRules.Handler>(), _portal.Get<GetFailureRules.Handler>());
        Assert.Equal(RefusalKind.Denied, (await save.HandleAsync(new SaveFailureRules("shop", Draft, 0), MeasuringPortal.Stranger, Ct)).Refusal?.Kind);
        var wrong = (await save.HandleAsync(new SaveFailureRules("shop", Draft with { Rules = [Draft.Rules[0] with { Selector = "{code=" }] }, 0), _portal.Owner, Ct)).Refusal;
        Assert.Contains("Rules[0]", wrong!.Fields!.Keys);
        var silent = (await save.HandleAsync(new SaveFailureRules("shop", Draft with { Rules = [Draft.Rules[0], Draft.Rules[1] with { Reason = " " }] }, 0), _portal.Owner, Ct)).Refusal;
        Assert.Equal(["Rules[1].Reason"], silent!.Fields!.Keys);

        (await save.HandleAsync(new SaveFailureRules("shop", Draft, 0), _portal.Owner, Ct)).Require();
        var read = (await get.HandleAsync(new GetFailureRules("shop"), _portal.Owner, Ct)).Require();
        Assert.Equal((Draft.Events, true), (read.Draft!.Events, read.MayChange));
        Assert.Equal(Draft.Rules.Select(r => (r.Failure, r.TouchesUsers, r.Reason)), read.Draft.Rules.Select(r => (r.Failure, r.TouchesUsers, r.Reason)));
        (await save.HandleAsync(new SaveFailureRules("shop", Draft with { Rules = [Draft.Rules[1]] }, read.Version), _portal.Owner, Ct)).Require();
        Assert.Equal(RefusalKind.Conflict, (await save.HandleAsync(new SaveFailureRules("shop", Draft, read.Version), _portal.Owner, Ct)).Refusal?.Kind);
    }
}
