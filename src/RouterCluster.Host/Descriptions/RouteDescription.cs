using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using RouterCluster.Api;

namespace RouterCluster.Host.Descriptions;

/// <summary>
/// Describes endpoints that read their requests by hand. The framework's own declaration of a body is not used: it
/// would refuse other content types itself, with a status and a body that are not ours.
/// </summary>
internal static class RouteDescription
{
    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, int status, string description) =>
        route.Produces<T>(status, MediaTypeNames.Application.Json).Describe(status, description);

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<ProblemBody>(status, MediaTypeNames.Application.ProblemJson).Describe(status, Texts.OfRefusal(status));
        }

        return route;
    }

    public static RouteHandlerBuilder TakesJson<T>(this RouteHandlerBuilder route, bool isRequired) =>
        route.AddOpenApiOperationTransformer(async (operation, context, cancellation) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(T), parameterDescription: null, cancellation);
            context.Document?.AddComponent(typeof(T).Name, schema);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = isRequired,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [MediaTypeNames.Application.Json] = new()
                    {
                        Schema = new OpenApiSchemaReference(typeof(T).Name, context.Document),
                    },
                },
            };
        });

    public static RouteHandlerBuilder TakesWaitPreference(this RouteHandlerBuilder route) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "Prefer",
                In = ParameterLocation.Header,
                Description = "`wait=N`: seconds to wait for the result, 0 to 30, 10 if absent.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                Example = JsonValue.Create("wait=10"),
            });
            return Task.CompletedTask;
        });

    private static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, int status, string description) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.Responses?.TryGetValue($"{status}", out var response) == true)
            {
                response.Description = description;
            }

            return Task.CompletedTask;
        });
}
