using System.Text;
using System.Xml;
using SloPortal.Application.Incidents.StatusPages;
using SloPortal.Application.Incidents.StatusPages.Serving;

namespace SloPortal.Web.Incidents.StatusPages;

/// <summary>The updates of a status page as an Atom feed (RFC 4287), the newest first.</summary>
internal static class StatusPageFeed
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    /// <param name="portal">The address of the portal, without a slash at the end.</param>
    /// <param name="key">The secret in the link; null where none is needed.</param>
    public static string Of(StatusPageView shown, string portal, string? key)
    {
        var query = StatusPageAddresses.Query(key);
        var updates = shown.Incidents.SelectMany(s => s.Updates.Select(u => (Story: s, Update: u))).OrderByDescending(u => u.Update.At).ToList();
        using var text = new Utf8Text();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { CheckCharacters = false }))
        {
            xml.WriteStartElement("feed", Atom);
            Element(xml, "id", portal + Routes.StatusPage(shown.Slug));
            Element(xml, "title", shown.Title);
            // As of the newest entry, so that nothing new is told by a feed that says nothing new.
            Element(xml, "updated", Shared.RelativeTime.Machine(updates.Count > 0 ? updates[0].Update.At : shown.AsOf));
            Link(xml, "self", portal + Routes.StatusFeed(shown.Slug) + query);
            Link(xml, "alternate", portal + Routes.StatusPage(shown.Slug) + query);
            xml.WriteStartElement("author", Atom);
            Element(xml, "name", shown.Title);
            xml.WriteEndElement();
            foreach (var (story, update) in updates)
            {
                xml.WriteStartElement("entry", Atom);
                Element(xml, "id", $"urn:uuid:{update.Id}");
                Element(xml, "title", $"{update.State}: {update.Title}");
                Element(xml, "updated", Shared.RelativeTime.Machine(update.At));
                Element(xml, "published", Shared.RelativeTime.Machine(update.At));
                Link(xml, "alternate", $"{portal}{Routes.StatusPage(shown.Slug)}{query}#{story.Id:N}");
                Element(xml, "content", update.NextUpdateAt is { } next ? $"{update.Body}\n\nNext update by {Shared.RelativeTime.Utc(next)}" : update.Body);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        return text.ToString();
    }

    private static void Element(XmlWriter xml, string name, string value) => xml.WriteElementString(name, Atom, Characters(value));

    private static void Link(XmlWriter xml, string relation, string address)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("href", address);
        xml.WriteEndElement();
    }

    /// <summary>Without the control characters that XML cannot hold.</summary>
    private static string Characters(string text) => new([.. text.Where(c => c is '\n' or '\t' || !char.IsControl(c))]);

    private sealed class Utf8Text : StringWriter
    {
        public Utf8Text() : base(System.Globalization.CultureInfo.InvariantCulture) { }

        public override Encoding Encoding => Encoding.UTF8;
    }
}
