using System.Text.RegularExpressions;
using Serilog.Core;
using Serilog.Events;

namespace SloPortal.Web.Common;

/// <summary>
/// Takes keys out of what is logged. Signal sources have theirs in the address, since many senders can be told nothing but an address, and so
/// have the links with which pages are taken, status pages read, and mails of theirs confirmed and ended; addresses are logged in many places, the framework's own among them.
/// </summary>
internal sealed partial class KeyRedaction : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        foreach (var (name, value) in logEvent.Properties.ToList())
        {
            if (Redacted(value) is { } clean)
                logEvent.AddOrUpdateProperty(new LogEventProperty(name, clean));
        }
    }

    /// <summary>The text without the keys in it, of which the hint stays.</summary>
    internal static string Redact(string text)
    {
        if (text.Contains("sig_", StringComparison.OrdinalIgnoreCase))
            text = Key().Replace(text, "$1…");
        if (text.Contains("key=", StringComparison.OrdinalIgnoreCase))
            text = StatusLink().Replace(text, "$1…");
        return text.Contains("/answer/", StringComparison.OrdinalIgnoreCase) || text.Contains("/status/", StringComparison.OrdinalIgnoreCase) ? Link().Replace(text, "$1…") : text;
    }

    /// <summary>Null where there is nothing to take out.</summary>
    private static LogEventPropertyValue? Redacted(LogEventPropertyValue value)
    {
        switch (value)
        {
            case ScalarValue { Value: string or PathString or Uri } scalar when scalar.Value.ToString() is { } text && Redact(text) is var clean && !string.Equals(clean, text, StringComparison.Ordinal):
                return new ScalarValue(clean);
            case SequenceValue sequence when sequence.Elements.Any(e => Redacted(e) is not null):
                return new SequenceValue(sequence.Elements.Select(e => Redacted(e) ?? e));
            case StructureValue structure when structure.Properties.Any(p => Redacted(p.Value) is not null):
                return new StructureValue(structure.Properties.Select(p => new LogEventProperty(p.Name, Redacted(p.Value) ?? p.Value)), structure.TypeTag);
            case DictionaryValue dictionary when dictionary.Elements.Any(e => Redacted(e.Value) is not null):
                return new DictionaryValue(dictionary.Elements.Select(e => KeyValuePair.Create(e.Key, Redacted(e.Value) ?? e.Value)));
            default:
                return null;
        }
    }

    [GeneratedRegex("(sig_[a-z2-7]{4})[a-z2-7]{8,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex("([?&]key=)[a-z0-9_-]{20,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StatusLink();

    [GeneratedRegex("(/answer/|/status/[a-z0-9-]+/(?:confirm|unsubscribe)/)[a-z0-9_-]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
