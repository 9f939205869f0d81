using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace SloPortal.Web.Incidents.Timeline;

/// <summary>Plain text, in which an address is a link.</summary>
public sealed partial class EntryText
{
    [Parameter, EditorRequired] public string Text { get; set; } = "";

    private IEnumerable<(string Part, bool IsLink)> Parts
    {
        get
        {
            var at = 0;
            foreach (Match match in Address().Matches(Text))
            {
                yield return (Text[at..match.Index], false);
                yield return (match.Value, true);
                at = match.Index + match.Length;
            }
            yield return (Text[at..], false);
        }
    }

    [GeneratedRegex(@"https?://[^\s<>""]*[^\s<>"".,;:!?)\]]", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
