using Microsoft.Net.Http.Headers;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.RemoteWrite;

namespace SloPortal.Web.Measurement;

/// <summary>Which bodies can be remote write, by their headers, and what 2.0 answers in headers. A header that is missing is taken as that of 1.0, as Prometheus does.</summary>
internal static class RemoteWriteHeaders
{
    private const string Protobuf = "application/x-protobuf";
    private const string Version1 = "prometheus.WriteRequest";
    private const string Version2 = "io.prometheus.write.v2.Request";

    /// <summary>Why the request is answered 415, in one sentence; null when it is not.</summary>
    public static string? Problem(HttpRequest request, out RemoteWriteVersion version)
    {
        version = RemoteWriteVersion.One;
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding is not "" && !encoding.Equals("snappy", StringComparison.OrdinalIgnoreCase))
            return $"The content encoding is \"{encoding}\"; remote write uses \"snappy\".";
        if (string.IsNullOrEmpty(request.ContentType))
            return null;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals(Protobuf, StringComparison.OrdinalIgnoreCase))
            return $"The content type is \"{request.ContentType}\"; remote write uses \"{Protobuf}\".";
        var proto = type.Parameters.FirstOrDefault(p => p.Name.Equals("proto", StringComparison.OrdinalIgnoreCase))?.GetUnescapedValue().Value;
        if (proto is not (null or Version1 or Version2))
            return $"The body is \"{proto}\"; remote write of this portal is \"{Version1}\" or \"{Version2}\".";
        version = proto == Version2 ? RemoteWriteVersion.Two : RemoteWriteVersion.One;
        return null;
    }

    /// <summary>Says how much was written. Histograms and exemplars never are.</summary>
    public static void AddWritten(HttpResponse response, long samples)
    {
        response.Headers["X-Prometheus-Remote-Write-Samples-Written"] = samples.ToString(System.Globalization.CultureInfo.InvariantCulture);
        response.Headers["X-Prometheus-Remote-Write-Histograms-Written"] = "0";
        response.Headers["X-Prometheus-Remote-Write-Exemplars-Written"] = "0";
    }
}
