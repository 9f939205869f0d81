using System.Text.Json;
using CsCheck;
using SloPortal.Domain.Measurement;

namespace SloPortal.Domain.Tests.Measurement;

public class SeriesSelectorTests
{
    private static readonly LabelSet Series = LabelSet.Of("http_requests_total", ("code", "200"), ("job", "api"));

    [Theory]
    [InlineData("http_requests_total", true)]
    [InlineData("http_requests", false)]
    [InlineData("http_requests_total{}", true)]
    [InlineData("http_requests_total{code=\"200\"}", true)]
    [InlineData("http_requests_total{code=\"500\"}", false)]
    [InlineData("http_requests_total{code!=\"500\"}", true)]
    [InlineData("http_requests_total{code=~\"2..|3..\"}", true)]
    [InlineData("http_requests_total{code=~\"2\"}", false)]
    [InlineData("http_requests_total{code!~\"2\"}", true)]
    [InlineData("http_requests_total{code!~\"2..\"}", false)]
    [InlineData("{__name__=~\"http_.*\",job='api'}", true)]
    [InlineData("{\"http_requests_total\", job=`api`,}", true)]
    [InlineData("http_requests_total{instance=\"\"}", true)]
    [InlineData("http_requests_total{job=\"\"}", false)]
    [InlineData("http_requests_total{instance=~\"a|\"}", true)]
    [InlineData("http_requests_total{instance!~\".+\"}", true)]
    [InlineData("http_requests_total{instance!=\"\"}", false)]
    [InlineData("  http_requests_total { code = \"200\" , job = \"api\" } ", true)]
    public void Selects_PrometheusSemantics_AreKept(string selector, bool expected) =>
        Assert.Equal(expected, SeriesSelector.Parse(selector).Selects(Series));

    [Theory]
    [InlineData("", "at character 1: a selector starts with")]
    [InlineData("up{", "at character 4: the closing } is missing")]
    [InlineData("up{job=\"a\"", "at character 11: the closing } is missing")]
    [InlineData("up{job=api}", "at character 8: the value of job must stand in quotes")]
    [InlineData("up{job=\"api}", "at character 8: the closing quote is missing")]
    [InlineData("up{job\"api\"}", "at character 7: expected =, !=, =~ or !~ after job")]
    [InlineData("up{job=\"a\" env=\"b\"}", "at character 12: expected a comma or } instead of \"e\"")]
    [InlineData("up{job=\"a\\q\"}", "at character 10: this escape is not known")]
    [InlineData("up{__name__=\"down\"}", "at character 4: the name of the metric is given twice")]
    [InlineData("up[5m]", "at character 3: give the selector without a range")]
    [InlineData("rate(up[5m])", "at character 5: give a plain selector")]
    [InlineData("up offset 5m", "at character 4: unexpected \"o\"")]
    [InlineData("{job=~\".*\"}", "would take every series")]
    [InlineData("{}", "would take every series")]
    [InlineData("up{job=~\"a)|(b\"}", "does not parse near character 2: an opening parenthesis is missing")]
    [InlineData("up{job=~\"(a\"}", "a closing parenthesis is missing")]
    [InlineData("up{job=~\"(a)\\\\1\"}", "could run away")]
    [InlineData("up{job=~\"(?=a)b\"}", "could run away")]
    [InlineData("up{job=~\"[[:alpha:]]+\"}", "POSIX class")]
    [InlineData("up{job=~\"(?<!a)b\"}", "could run away")]
    [InlineData("up{job=~\"(?>a+)b\"}", "could run away")]
    [InlineData("up{job=~\"((a{100}){100}){100}\"}", "repeats too often")]
    [InlineData("up{job=~\"((a{1,1000}){1,1000})\"}", "repeats too often")]
    public void TryParse_WrongText_SaysWhereAndWhat(string text, string expected)
    {
        Assert.False(SeriesSelector.TryParse(text, out _, out var problem));
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_PatternOver500Characters_IsRefused()
    {
        Assert.False(SeriesSelector.TryParse($"up{{job=~\"{new string('a', 501)}\"}}", out _, out var problem));
        Assert.Equal("The regular expression has 501 characters; at most 500 are accepted.", problem);
    }

    [Theory]
    [InlineData("(a*)*b")]
    [InlineData("(a|a)*b")]
    [InlineData("(.*a.*b.*c.*){30}")]
    [InlineData("(([a-z0-9]+)[^x]*){31}(y|yy|yyy){32}")]
    public void Holds_PatternThatWouldRunAway_Ends(string pattern)
    {
        Assert.True(LabelMatcher.TryCreate("l", MatchOperator.Matches, pattern, out var matcher, out _));
        Assert.False(matcher.Holds(new string('a', 4096)));
    }

    /// <summary>A way back over each of the repeats would be 2 to the power of their number; without one each character is a step.</summary>
    [Theory]
    [InlineData("(a+)+")]
    [InlineData("(a+)+$")]
    [InlineData("(a|aa)+")]
    public void Holds_NestedRepeatsOnALongValue_ReadsEachCharacterOnce(string pattern)
    {
        Assert.True(LabelMatcher.TryCreate("l", MatchOperator.Matches, pattern, out var matcher, out _));
        var value = new string('a', 100_000);
        Assert.True(matcher.Holds(value));
        Assert.False(matcher.Holds(value + '!'));
    }

    [Fact]
    public void ToString_AnySelector_ParsesToAnEqualOne()
    {
        var text = Gen.String[Gen.Char["ab\"\\\n\t{}=~'`é:1 "], 0, 8];
        var matcher = Gen.Select(OneOf("a", "b_1", "with.dot", "c:d", "é"), Gen.Enum<MatchOperator>(), text);
        Gen.Select(OneOf("up", "a:b", "dotted.name", "1st"), matcher.Array[0, 4]).Sample((name, parts) =>
        {
            var matchers = new List<LabelMatcher>();
            foreach (var (label, op, value) in parts)
            {
                if (LabelMatcher.TryCreate(label, op, value, out var made, out _))
                {
                    matchers.Add(made);
                }
            }

            Assert.True(SeriesSelector.TryCreate(name, matchers, out var selector, out _));
            Assert.Equal(selector, SeriesSelector.Parse(selector.ToString()));
        });
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    [Fact]
    public void TryParse_AnyText_DoesNotThrow() =>
        Gen.String[Gen.Char["up{}=!~\"'`,\\xn( "], 0, 20].Sample(text =>
            Assert.NotEqual(SeriesSelector.TryParse(text, out _, out var problem), problem is not null));

    [Fact]
    public void Json_Definition_RoundTripsAsReadableText()
    {
        SliDefinition definition = new CounterRatio(SeriesSelector.Parse("a{code=~\"2..\"}"), null, SeriesSelector.Parse("a"));
        var json = JsonSerializer.Serialize(definition);
        Assert.Equal("""{"kind":"counter_ratio","Good":"a{code=~\u00222..\u0022}","Total":"a"}""", json);
        Assert.Equal(definition, JsonSerializer.Deserialize<SliDefinition>(json));
    }
}
