namespace SloPortal.Web.Common;

/// <summary>A file that is written row by row as the database gives them.</summary>
internal sealed class RowsDownload<T>(IAsyncEnumerable<T> rows, string type, string name, Func<IAsyncEnumerable<T>, Stream, CancellationToken, Task> write) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = type;
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        return write(rows, httpContext.Response.Body, httpContext.RequestAborted);
    }
}
