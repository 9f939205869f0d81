using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace SloPortal.Web.Common;

/// <summary>The description of the HTTP API at <c>/openapi/v1.json</c>, and the page to read and try it.</summary>
internal static class ApiDocument
{
    public const string Address = "/openapi/v1.json";

    private const string Bearer = "bearer";
    private const string ProblemSchema = "ProblemDetails";

    private const string Description =
        """
        Everything that the pages of SloPortal do, for programs.

        Send an API token as `Authorization: Bearer …`; tokens are made under Settings, API tokens. The scope *ingest* sends samples,
        pushes and deployments, *read* reads and *write* changes what the token's person may. Two things a token never does, since they are
        a person's own: make tokens, and sign or refuse a proposal.

        Instants are ISO 8601 in UTC. A refusal is problem details (RFC 9457) with a sentence in `detail`; a refused form names its
        fields under `errors`. While the database is away the answer is 503 with `Retry-After`.
        """;

    private static readonly (string Name, string Description)[] Areas =
    [
        ("Access", "People, teams, invitations and API tokens"),
        ("Audit", "The record of every change"),
        ("Catalog", "Services and who owns them"),
        ("Measurement", "Samples in, sources, and SLIs"),
        ("Objectives", "Objectives, proposals and signatures"),
        ("Budgets", "Error budgets, burn and alerts"),
        ("Changes", "Deployments"),
        ("Incidents", "Incidents, their proposals and severities"),
        ("Health", "For whoever runs the portal"),
    ];

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddOperationTransformer(NameEnumWordsAsync);
        options.AddDocumentTransformer(async (document, context, ct) =>
        {
            document.Info = new OpenApiInfo { Title = "SloPortal", Version = "v1", Description = Description };
            // The address of the request, which behind a proxy is not the one that people use.
            document.Servers = [new OpenApiServer { Url = "/" }];
            document.AddComponent(Bearer, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API token of the portal, which begins with \"slop_\"" });
            document.AddComponent(ProblemSchema, await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, ct));
            document.Tags = new HashSet<OpenApiTag>(Areas.Select(a => new OpenApiTag { Name = a.Name, Description = a.Description }));
            foreach (var (path, item) in document.Paths)
            {
                foreach (var (method, operation) in item.Operations ?? [])
                    Complete(operation, path, method, document);
            }
        });
    });

    /// <summary>A parameter that is an <see cref="EnumWord{T}"/> is described by the words of its enum.</summary>
    private static async Task NameEnumWordsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        foreach (var described in context.Description.ParameterDescriptions)
        {
            if (operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(p => p.Name == described.Name) is not { } parameter
                || described.ParameterDescriptor?.ParameterType is not { } type)
                continue;
            var single = type.GetElementType() ?? type;
            single = Nullable.GetUnderlyingType(single) ?? single;
            if (!single.IsGenericType || single.GetGenericTypeDefinition() != typeof(EnumWord<>))
                continue;
            var words = await context.GetOrCreateSchemaAsync(single.GetGenericArguments()[0], null, ct);
            parameter.Schema = type.IsArray ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = words } : words;
        }
    }

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        // Nothing comes from elsewhere: no fonts, no telemetry, no assistant. The page's own script carries a nonce (SecurityHeaders).
        app.MapScalarApiReference(Routes.ApiDocs, options => options
                .WithTitle("HTTP API · SloPortal")
                .WithOpenApiRoutePattern(Address)
                .WithNonce()
                .DisableDefaultFonts()
                .DisableTelemetry()
                .DisableAgent()
                .AddPreferredSecuritySchemes(Bearer))
            .AllowAnonymous();
    }

    private static void Complete(OpenApiOperation operation, string path, HttpMethod method, OpenApiDocument document)
    {
        if (!ApiPaths.Own(path))
            return;
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        operation.Responses ??= [];
        Add(StatusCodes.Status401Unauthorized, "No valid token or session");
        Add(StatusCodes.Status403Forbidden, "The token's scope, the role or the team does not allow it");
        Add(StatusCodes.Status503ServiceUnavailable, "The database is away; Retry-After says when to try again");
        if (path.Contains('{', StringComparison.Ordinal))
            Add(StatusCodes.Status404NotFound, "There is no such thing");
        if (method != HttpMethod.Get)
        {
            Add(StatusCodes.Status400BadRequest, "Refused; the sentence says why, and \"errors\" names the fields");
            Add(StatusCodes.Status409Conflict, "Somebody else was faster, or the state does not allow it");
        }

        void Add(int status, string words)
        {
            operation.Responses.TryAdd(status.ToString(System.Globalization.CultureInfo.InvariantCulture), new OpenApiResponse
            {
                Description = words,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(ProblemSchema, document) } },
            });
        }
    }
}
