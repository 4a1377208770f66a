using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using RouterCluster.Api;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Descriptions;

internal static class ApiDescription
{
    private const string Scheme = "bearer";

    public static void AddApiDescription(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default);
        });
        services.AddOpenApi("v1", options => options.AddSchemaTransformer(AnswerWords.AddAsync).AddDocumentTransformer(async (
            document, context, cancellation) =>
        {
            Describe(document);
            document.AddComponent(
                nameof(WebhookBody),
                await context.GetOrCreateSchemaAsync(typeof(WebhookBody), parameterDescription: null, cancellation));
            document.Webhooks = new Dictionary<string, IOpenApiPathItem> { ["payment"] = Webhook(document) };
        }));
    }

    /// <summary>Probes are public, and a channel's notice is verified by its signature.</summary>
    private static bool NeedsKey(string path) =>
        !path.StartsWith("/health", StringComparison.Ordinal) && !path.EndsWith("/notify", StringComparison.Ordinal);

    private static OpenApiPathItem Webhook(OpenApiDocument document)
    {
        var schema = new OpenApiSchemaReference(nameof(WebhookBody), document);
        var post = new OpenApiOperation
        {
            Summary = "A merchant is told of a payment",
            Description = Texts.Webhook,
            RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema } },
            },
            Responses = new OpenApiResponses { ["2XX"] = new OpenApiResponse { Description = "Taken; the body is not read." } },
        };
        return new OpenApiPathItem { Operations = new Dictionary<HttpMethod, OpenApiOperation> { [HttpMethod.Post] = post } };
    }

    /// <summary>Every answer names its request.</summary>
    private static void NameRequests(OpenApiDocument document)
    {
        document.Components!.Headers ??= new Dictionary<string, IOpenApiHeader>();
        document.Components.Headers[RequestId.Header] = new OpenApiHeader
        {
            Description = Texts.RequestId, Required = true, Schema = Shapes.Text(TextRule.Id),
        };
        foreach (var response in document.Paths.Values
            .SelectMany(path => path.Operations?.Values.AsEnumerable() ?? [])
            .SelectMany(operation => operation.Responses?.Values.OfType<OpenApiResponse>() ?? []))
        {
            response.AddHeader(RequestId.Header, new OpenApiHeaderReference(RequestId.Header, document));
        }
    }

    /// <summary>Answers to merchants that have a rate say what is left of it.</summary>
    private static void TellRates(OpenApiDocument document)
    {
        foreach (var (name, says) in Texts.Rates)
        {
            document.Components!.Headers![name] = new OpenApiHeader
            {
                Description = says, Schema = Shapes.Whole(0, int.MaxValue),
            };
        }

        foreach (var response in document.Paths.Where(path => IsMerchants(path.Key))
            .SelectMany(path => path.Value.Operations?.Values.AsEnumerable() ?? [])
            .SelectMany(operation => operation.Responses?.Values.OfType<OpenApiResponse>() ?? []))
        {
            foreach (var (name, _) in Texts.Rates)
            {
                response.AddHeader(name, new OpenApiHeaderReference(name, document));
            }
        }
    }

    private static bool IsMerchants(string path) => path.StartsWith("/v1/", StringComparison.Ordinal) && NeedsKey(path);

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "RouterCluster", Version = "v1", Description = Texts.Api };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Scheme,
            Description = "A merchant's key for /v1, an operator's token for /admin. Neither works for the other.",
        };
        var needsKey = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] };
        NameRequests(document);
        TellRates(document);
        foreach (var (_, item) in document.Paths.Where(path => NeedsKey(path.Key)))
        {
            foreach (var operation in item.Operations?.Values.ToArray() ?? [])
            {
                operation.Security = [needsKey];
            }
        }
    }
}
