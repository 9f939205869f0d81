using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace SloPortal.Domain.Measurement;

/// <summary>
/// Reads the PromQL text of an instant selector: an optional metric name and conditions in braces. A quoted name in braces is a
/// metric name, as Prometheus 3 writes names outside the classic alphabet.
/// </summary>
internal sealed class SelectorParser
{
    private readonly string _text;
    private readonly List<LabelMatcher> _matchers = [];
    private string? _metricName;
    private string? _problem;
    private int _at;

    private SelectorParser(string text) => _text = text;

    private char Next => _at < _text.Length ? _text[_at] : '\0';

    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out SeriesSelector? selector,
        [NotNullWhen(false)] out string? problem)
    {
        var parser = new SelectorParser(text);
        if (!parser.ParseAll())
        {
            selector = null;
            problem = parser._problem!;
            return false;
        }

        return SeriesSelector.TryCreate(parser._metricName, parser._matchers, out selector, out problem);
    }

    private bool ParseAll()
    {
        SkipSpace();
        if (PromText.IsNameStart(Next))
        {
            _metricName = TakeName();
            SkipSpace();
        }

        if (Next == '{')
        {
            _at++;
            if (!ParseBraces())
            {
                return false;
            }

            SkipSpace();
        }
        else if (_metricName is null)
        {
            return Fail("a selector starts with a metric name or {, such as http_requests_total{job=\"api\"}");
        }

        return _at == _text.Length || Fail(Next switch
        {
            '[' => "give the selector without a range, the portal takes the increase itself",
            '(' => "give a plain selector, functions are not needed here",
            _ => $"unexpected {Shown()}, the selector should end here",
        });
    }

    private bool ParseBraces()
    {
        while (true)
        {
            SkipSpace();
            if (Next == '}')
            {
                _at++;
                return true;
            }

            if (!ParseMatcher())
            {
                return false;
            }

            SkipSpace();
            if (Next == ',')
            {
                _at++;
            }
            else if (Next != '}')
            {
                return Fail(_at == _text.Length ? "the closing } is missing" : $"expected a comma or }} instead of {Shown()}");
            }
        }
    }

    private bool ParseMatcher()
    {
        var start = _at;
        var quoted = Next is '"' or '\'' or '`';
        string? label;
        if (quoted)
        {
            if (!TryTakeString(out label))
            {
                return false;
            }
        }
        else if (char.IsAsciiLetter(Next) || Next == '_')
        {
            label = TakeName();
        }
        else
        {
            return Fail(_at == _text.Length ? "the closing } is missing" : $"expected the name of a label instead of {Shown()}");
        }

        SkipSpace();
        if (quoted && Next is ',' or '}')
        {
            return SetMetricName(label, start);
        }

        if (!TryTakeOperator(out var op))
        {
            return Fail($"expected =, !=, =~ or !~ after {label}");
        }

        SkipSpace();
        if (Next is not ('"' or '\'' or '`'))
        {
            return Fail($"the value of {label} must stand in quotes");
        }

        if (!TryTakeString(out var value))
        {
            return false;
        }

        if (label == LabelSet.MetricNameLabel && op == MatchOperator.Equal)
        {
            return SetMetricName(value, start);
        }

        if (!LabelMatcher.TryCreate(label, op, value, out var matcher, out _problem))
        {
            return false;
        }

        _matchers.Add(matcher);
        return true;
    }

    private bool SetMetricName(string name, int start)
    {
        if (_metricName is not null)
        {
            _at = start;
            return Fail("the name of the metric is given twice");
        }

        if (name.Length == 0)
        {
            _at = start;
            return Fail("the name of the metric is empty");
        }

        _metricName = name;
        return true;
    }

    private bool TryTakeOperator(out MatchOperator op)
    {
        var two = _at + 1 < _text.Length ? _text.AsSpan(_at, 2) : _text.AsSpan(_at);
        op = two switch
        {
            "=~" => MatchOperator.Matches,
            "!~" => MatchOperator.NotMatches,
            "!=" => MatchOperator.NotEqual,
            _ => MatchOperator.Equal,
        };
        if (op == MatchOperator.Equal && Next != '=')
        {
            return false;
        }

        _at += op == MatchOperator.Equal ? 1 : 2;
        return true;
    }

    private bool TryTakeString([NotNullWhen(true)] out string? value)
    {
        var start = _at;
        var quote = _text[_at++];
        var taken = new StringBuilder();
        while (_at < _text.Length && _text[_at] != quote)
        {
            if (_text[_at] == '\\' && quote != '`')
            {
                if (!TryTakeEscape(taken))
                {
                    value = null;
                    return Fail("this escape is not known in a quoted string; write \\\\ for a backslash");
                }
            }
            else
            {
                taken.Append(_text[_at++]);
            }
        }

        if (_at == _text.Length)
        {
            _at = start;
            value = null;
            return Fail("the closing quote is missing");
        }

        _at++;
        value = taken.ToString();
        return true;
    }

    private bool TryTakeEscape(StringBuilder taken)
    {
        var kind = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        var digits = kind switch { 'x' => 2, 'u' => 4, _ => 0 };
        if (digits > 0)
        {
            if (_at + 2 + digits > _text.Length
                || !int.TryParse(_text.AsSpan(_at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                return false;
            }

            taken.Append((char)code);
            _at += 2 + digits;
            return true;
        }

        var plain = kind switch
        {
            'n' => '\n', 'r' => '\r', 't' => '\t', 'a' => '\a', 'b' => '\b', 'f' => '\f', 'v' => '\v',
            '\\' or '"' or '\'' => kind,
            _ => '\0',
        };
        if (plain == '\0')
        {
            return false;
        }

        taken.Append(plain);
        _at += 2;
        return true;
    }

    private string TakeName()
    {
        var start = _at;
        while (PromText.IsNamePart(Next))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private void SkipSpace()
    {
        while (Next is ' ' or '\t' or '\n' or '\r')
        {
            _at++;
        }
    }

    private string Shown() => $"\"{Next}\"";

    private bool Fail(string what)
    {
        _problem = $"The selector does not parse at character {_at + 1}: {what}.";
        return false;
    }
}
