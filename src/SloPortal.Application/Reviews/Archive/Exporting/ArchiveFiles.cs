using System.Globalization;
using System.Text;
using SloPortal.Domain.Incidents;
using SloPortal.Domain.Reviews.Archive;

namespace SloPortal.Application.Reviews.Archive.Exporting;

/// <summary>The files of an archive as text. All times are UTC and say so.</summary>
internal static class ArchiveFiles
{
    /// <summary>A postmortem's folder: "postmortems/PM-7".</summary>
    public static string FolderOf(string code) => "postmortems/" + code;

    /// <summary>Numbered, since two attachments may have one name; only plain characters, so that every system unpacks it.</summary>
    public static string AttachmentPath(int number, string fileName)
    {
        var plain = string.Concat(fileName.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')).TrimStart('.');
        return string.Create(CultureInfo.InvariantCulture, $"attachments/{number:00}-{(plain.Length > 100 ? plain[^100..] : plain)}");
    }

    /// <summary>The postmortem with a YAML header that the portal's own import reads again.</summary>
    public static string MarkdownOf(ArchivedPostmortem document)
    {
        var text = new StringBuilder("---\n");
        Field("title", document.Title);
        Field("code", document.Code);
        Field("incident", document.Incident);
        Field("severity", document.Severity is { } severity ? SeverityLevel.Code(severity) : null);
        Field("started", Moment(document.StartedAt));
        Field("ended", Moment(document.EndedAt));
        Field("published", Moment(document.PublishedAt));
        Field("company", document.Origin);
        List("services", document.Services);
        List("categories", document.Factors.Select(f => f.Factor));
        Field("summary", document.Summary);
        return text.Append("---\n\n").Append(document.Body.TrimEnd()).Append('\n').ToString();

        void Field(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                text.Append(CultureInfo.InvariantCulture, $"{name}: {Quoted(value)}\n");
        }

        void List(string name, IEnumerable<string> values)
        {
            var items = values.ToList();
            if (items.Count == 0)
                return;
            text.Append(CultureInfo.InvariantCulture, $"{name}:\n");
            foreach (var item in items)
                text.Append(CultureInfo.InvariantCulture, $"  - {Quoted(item)}\n");
        }
    }

    /// <summary>Double-quoted YAML takes the escapes of JSON.</summary>
    private static string Quoted(string value) => System.Text.Json.JsonSerializer.Serialize(value);

    /// <summary>"2026-11-26 10:42 UTC"; null where there is none.</summary>
    public static string? Moment(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>What the archive says of itself, and how to verify it without this portal.</summary>
    public static string ReadMe(string createdBy, DateTimeOffset createdAt, string selection, int count, string fingerprint) =>
        $$"""
        SloPortal archive
        =================

        {{count.ToString("N0", CultureInfo.InvariantCulture)}} published postmortems ({{selection}}), exported by {{createdBy}} on {{Moment(createdAt)}}.
        Open index.html to read them. Each stands in a folder of its own as Markdown, JSON and PDF, with its attachments.

        To verify that nothing was altered, removed or added
        ----------------------------------------------------

        With the portal's program, on the zip as it is, on any machine:

            sloportal verify ARCHIVE.zip --key KEY.pem

        With openssl and sha256sum, in the unpacked folder:

            openssl dgst -sha256 -verify KEY.pem -signature {{ArchiveManifest.SignatureName}} {{ArchiveManifest.FileName}}
            sha256sum --quiet --check {{ArchiveManifest.SumsName}}
            grep -o '"sha256": "[0-9a-f]*"' {{ArchiveManifest.FileName}} | tail -n 1; sha256sum {{ArchiveManifest.SumsName}}
            diff <(cut -c 67- {{ArchiveManifest.SumsName}} | sort) <(find . -type f -printf '%P\n' | grep -vxE '{{ArchiveManifest.SumsName}}|manifest\.json(\.sig)?|public-key\.pem' | sort)

        The first says that the manifest is as it was signed. The second names each file that was altered, or cannot be read because it
        was removed. The third prints one hash twice: the list of sums is the one in the manifest. The fourth names each file that was
        removed (<) or added (>).

        KEY.pem is the portal's public key. Get it from the portal itself (Reviews, Exports) or from somebody you trust; the
        copy in this archive, public-key.pem, shows only that the archive holds together. Its fingerprint (SHA-256 of the DER form) is

            {{fingerprint}}

        which this prints again:

            openssl pkey -pubin -in public-key.pem -outform DER | sha256sum

        """;
}
