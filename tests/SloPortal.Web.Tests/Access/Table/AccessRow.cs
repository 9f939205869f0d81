using System.Net;

namespace SloPortal.Web.Tests.Access.Table;

/// <summary>Who asks. Tokens of an administrator with one scope each show what the scope decides; those of others, with every scope, what the person does.</summary>
[Flags]
internal enum Who
{
    None = 0,
    Nobody = 1,
    Viewer = 2,
    /// <summary>A service owner in the team shop, to which everything in <see cref="AccessWorld"/> belongs.</summary>
    Owner = 4,
    /// <summary>A service owner of another team.</summary>
    OtherOwner = 8,
    Commander = 16,
    Auditor = 32,
    Administrator = 64,
    IngestToken = 128,
    ReadToken = 256,
    WriteToken = 512,
    ViewersToken = 1024,
    OwnersToken = 2048,

    People = Viewer | Owner | OtherOwner | Commander | Auditor | Administrator,
    SignedIn = People | IngestToken | ReadToken | WriteToken | ViewersToken | OwnersToken,
    Everybody = Nobody | SignedIn,
    Readers = People | ReadToken | ViewersToken | OwnersToken,
    AuditReaders = Auditor | Administrator | ReadToken,
    Administrators = Administrator | WriteToken,
    Team = Owner | OwnersToken | Administrators,
    /// <summary>Tokens that may send, whoever made them.</summary>
    Senders = IngestToken | ViewersToken | OwnersToken,
    /// <summary>Of those the ones of the team's members and of administrators.</summary>
    TeamSenders = IngestToken | OwnersToken,
    /// <summary>The same and the people behind them, who bring files in the browser.</summary>
    TeamFeeders = TeamSenders | Owner | Administrator,
}

/// <summary>A request that would succeed for somebody who may.</summary>
internal sealed record Ask(string Path, object? Body = null, Action<HttpRequestMessage>? Also = null);

/// <summary>An endpoint of the HTTP API, and who is answered. Everybody else gets 403, and nobody in particular 401.</summary>
/// <param name="Endpoint">Method and route, as the program maps them.</param>
/// <param name="Answered">Who gets what the endpoint is for.</param>
/// <param name="Ask">Prepares what the request needs, anew for each who asks.</param>
internal sealed record AccessRow(string Endpoint, Who Answered, Func<AccessWorld, Task<Ask>> Ask)
{
    public AccessRow(string endpoint, Who answered, string path, object? body = null)
        : this(endpoint, answered, _ => Task.FromResult(new Ask(path, body)))
    {
    }

    public HttpMethod Method => new(Endpoint.Split(' ')[0]);

    /// <summary>To these it does not exist: 404 in place of 403.</summary>
    public Who HiddenFrom { get; init; }

    /// <summary>What the answered get; any 2xx unless given.</summary>
    public HttpStatusCode? Answer { get; init; }
}
