using Microsoft.Net.Http.Headers;

namespace SloPortal.Web.Measurement;

/// <summary>Which bodies can be remote write 1.0, by their headers. A header that is missing is taken as the usual one, as Prometheus does.</summary>
internal static class RemoteWriteHeaders
{
    private const string Protobuf = "application/x-protobuf";
    private const string Version1 = "prometheus.WriteRequest";

    /// <summary>Why the request is answered 415, in one sentence; null when it is not.</summary>
    public static string? Problem(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding is not "" && !encoding.Equals("snappy", StringComparison.OrdinalIgnoreCase))
            return $"The content encoding is \"{encoding}\"; remote write uses \"snappy\".";
        if (string.IsNullOrEmpty(request.ContentType))
            return null;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(Protobuf, StringComparison.OrdinalIgnoreCase))
            return $"The content type is \"{request.ContentType}\"; remote write uses \"{Protobuf}\".";
        var proto = type.Parameters.FirstOrDefault(p => p.Name.Equals("proto", StringComparison.OrdinalIgnoreCase))?.GetUnescapedValue().Value;
        return proto is null or Version1 ? null
            : $"The body is \"{proto}\"; this portal reads remote write 1.0. Leave out protobuf_message, or set it to \"{Version1}\".";
    }
}
