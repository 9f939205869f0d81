using SloPortal.Domain.Measurement.Probes;

namespace SloPortal.Domain.Tests.Measurement.Probes;

public sealed class ProbeCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly ProbeCheck Page = new() { Kind = ProbeKind.Http, Url = "https://shop.example.com/health" };

    [Theory]
    [InlineData("ftp://shop.example.com", "Url")]
    [InlineData("https://user:secret@shop.example.com", "Url")]
    [InlineData("shop", "Url")]
    public void Problems_AddressThatIsNone_NamesTheField(string url, string field) => Assert.Contains(field, (Page with { Url = url }).Problems().Select(p => p.Field));

    [Theory]
    [InlineData("Authorization")]
    [InlineData("Cookie")]
    [InlineData("X-Api-Key")]
    [InlineData("X-Auth-Token")]
    public void Problems_HeaderThatMayHoldASecret_IsRefused(string name) =>
        Assert.Contains("Headers", (Page with { Headers = [new ProbeHeader(name, "x")] }).Problems().Select(p => p.Field));

    [Theory]
    [InlineData("Accept", "text/html", true)]
    [InlineData("X-Line", "a\r\nHost: other", false)]
    [InlineData("X Line", "a", false)]
    [InlineData("", "a", false)]
    public void Problems_Header_IsOneLine(string name, string value, bool isGood) =>
        Assert.Equal(isGood, !(Page with { Headers = [new ProbeHeader(name, value)] }).Problems().Any());

    [Theory]
    [InlineData(ProbeKind.Tcp, "Host,Port")]
    [InlineData(ProbeKind.Dns, "DnsName,Record")]
    [InlineData(ProbeKind.Tls, "Host,DaysLeft")]
    [InlineData((ProbeKind)9, "Kind")]
    public void Problems_NothingGiven_NamesWhatIsMissing(ProbeKind kind, string fields) =>
        Assert.Equal(fields.Split(','), new ProbeCheck { Kind = kind }.Problems().Select(p => p.Field));

    [Theory]
    [InlineData(null, 204, true)]
    [InlineData(null, 302, false)]
    [InlineData("200-299, 404", 404, true)]
    [InlineData("301", 200, false)]
    public void Problem_Status_MustBeExpected(string? statuses, int status, bool isGood) =>
        Assert.Equal(isGood, new ProbeFacts { Status = status }.Problem(Page with { Statuses = statuses }, 1, Now) is null);

    [Theory]
    [InlineData("2xx")]
    [InlineData("299-200")]
    [InlineData("99")]
    [InlineData("200-300-400")]
    public void TryParse_NoStatuses_IsRefused(string text) => Assert.False(StatusSet.TryParse(text, out _));

    [Theory]
    [InlineData("ready", null, null, true)]
    [InlineData("Ready", null, null, false)]
    [InlineData(null, "\"queue\": ?[0-9]\\b", null, true)]
    [InlineData(null, "\"queue\": ?[0-9]{2}", null, false)]
    [InlineData(null, null, 119, false)]
    [InlineData(null, null, 120, true)]
    public void Problem_Answer_MustHoldMatchAndBeFast(string? contains, string? pattern, int? withinMs, bool isGood)
    {
        var facts = new ProbeFacts { Status = 200, Text = "{\n \"state\": \"ready\",\n \"queue\": 7\n}" };

        Assert.Equal(isGood, facts.Problem(Page with { Contains = contains, Pattern = pattern, WithinMs = withinMs }, 120, Now) is null);
    }

    [Theory]
    [InlineData(21.5, null, true)]
    [InlineData(20.9, null, false)]
    [InlineData(-1, null, false)]
    [InlineData(90, "The certificate is for another name.", false)]
    public void Problem_Certificate_MustBeValidLongEnoughAndTrusted(double days, string? problem, bool isGood)
    {
        var facts = new ProbeFacts { CertificateEnds = Now.AddDays(days), CertificateProblem = problem };

        Assert.Equal(isGood, facts.Problem(new ProbeCheck { Kind = ProbeKind.Tls, Host = "a", DaysLeft = 21 }, 1, Now) is null);
    }

    [Theory]
    [InlineData("192.0.2.7", true)]
    [InlineData("192.0.2.8", false)]
    [InlineData(null, true)]
    public void Problem_DnsAnswer_MustBeAmongThem(string? expected, bool isGood)
    {
        var facts = new ProbeFacts { Answers = ["192.0.2.6", "192.0.2.7"] };

        Assert.Equal(isGood, facts.Problem(new ProbeCheck { Kind = ProbeKind.Dns, DnsName = "a", Record = DnsKind.A, Answer = expected }, 1, Now) is null);
    }

    [Fact]
    public void Next_ManyProbes_AreSpreadAndKeepTheirBeat()
    {
        var every = TimeSpan.FromMinutes(1);
        var firsts = Enumerable.Range(1, 120).Select(id => ProbeSchedule.Next(id, Probe.Portal, every, Now)).ToArray();

        Assert.All(firsts, at => Assert.InRange(at, Now.AddTicks(1), Now.Add(every)));
        Assert.All(firsts.Select((at, i) => (at, i)), f => Assert.Equal(f.at.Add(every), ProbeSchedule.Next(f.i + 1, Probe.Portal, every, f.at)));
        // A quarter of a minute holds about a quarter of them.
        Assert.All(firsts.GroupBy(at => at.Second / 15), quarter => Assert.InRange(quarter.Count(), 10, 60));
        Assert.Equal(4, firsts.GroupBy(at => at.Second / 15).Count());
    }

    [Theory]
    [InlineData("10.2.3.4", "10.2.3.4")]
    [InlineData("10.2.0.0/16", "10.2.0.0/16")]
    [InlineData(" Shop.Internal. ", "shop.internal")]
    [InlineData("::1", "::1")]
    [InlineData("fd00::/8", "fd00::/8")]
    [InlineData("10.2.3.4/16", "10.2.0.0/16")]
    [InlineData("http://shop", null)]
    [InlineData("a b", null)]
    [InlineData("", null)]
    public void Normal_Address_IsAHostOrANetwork(string text, string? normal) => Assert.Equal(normal, AllowedAddress.Normal(text));

    [Fact]
    public void Result_ReasonThatCannotBeStored_IsMadePrintable()
    {
        var result = new ProbeResult(1, Probe.Portal, Now, Now, Now, new ProbeRun(ProbeOutcome.Failed, "a\0b\ud800" + new string('x', 600), new ProbeParts(), Address: "not one"));

        Assert.StartsWith("a b\ufffdx", result.Reason, StringComparison.Ordinal);
        Assert.InRange(result.Reason.Length, 490, ProbeResult.ReasonLength);
        Assert.Null(result.Address);
    }
}
