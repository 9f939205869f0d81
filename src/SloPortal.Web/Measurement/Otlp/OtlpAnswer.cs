using System.Globalization;
using System.Text;
using System.Text.Json;
using SloPortal.Application.Measurement.Ingest;
using SloPortal.Application.Measurement.Ingest.Otlp;

namespace SloPortal.Web.Measurement.Otlp;

/// <summary>The bodies of OTLP's answers, in the encoding of the request: an <c>ExportMetricsServiceResponse</c>, or a <c>Status</c> with a sentence.</summary>
internal static class OtlpAnswer
{
    public const string Protobuf = "application/x-protobuf";
    public const string Json = "application/json";

    public static string TypeOf(OtlpEncoding encoding) => encoding == OtlpEncoding.Json ? Json : Protobuf;

    /// <summary>Success, which is partial when points were refused: how many, and why.</summary>
    public static byte[] Of(int rejected, SourceTally tally, OtlpEncoding encoding)
    {
        if (rejected == 0)
            return encoding == OtlpEncoding.Json ? "{}"u8.ToArray() : [];
        var why = tally.RefusalSentences();
        return encoding == OtlpEncoding.Json
            ? JsonSerializer.SerializeToUtf8Bytes(new { partialSuccess = new { rejectedDataPoints = rejected.ToString(CultureInfo.InvariantCulture), errorMessage = why } })
            : Message(1, [0x08, .. Varint(rejected), .. Message(2, Encoding.UTF8.GetBytes(why))]);
    }

    /// <summary>What went wrong: <c>google.rpc.Status</c>, whose code OTLP does not use.</summary>
    public static byte[] Status(string sentence, OtlpEncoding encoding) => encoding == OtlpEncoding.Json
        ? JsonSerializer.SerializeToUtf8Bytes(new { message = sentence })
        : Message(2, Encoding.UTF8.GetBytes(sentence));

    private static byte[] Message(int field, byte[] content) => [(byte)((field << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}

/// <summary>Whatever goes wrong under the addresses of OTLP, wherever in the program, is told in its own way.</summary>
internal sealed class OtlpProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => Common.ApiPaths.Otlp(context.HttpContext.Request.Path);

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var encoding = OtlpEndpoint.EncodingOf(context.HttpContext.Request) ?? OtlpEncoding.Protobuf;
        var response = context.HttpContext.Response;
        response.ContentType = OtlpAnswer.TypeOf(encoding);
        await response.Body.WriteAsync(OtlpAnswer.Status(context.ProblemDetails.Detail ?? context.ProblemDetails.Title ?? "", encoding), context.HttpContext.RequestAborted);
    }
}
