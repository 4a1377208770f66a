using System.Globalization;
using System.Net.Mime;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using RouterCluster.Api;

namespace RouterCluster.Node.Platform.Descriptions;

/// <summary>
/// Describes endpoints that read their requests themselves. The framework's own declaration of a body would refuse other
/// content types with a status and body of its own.
/// </summary>
internal static class RouteDescription
{
    public static RouteHandlerBuilder Gives<T>(this RouteHandlerBuilder route, int status, string description) =>
        route.Produces<T>(status, MediaTypeNames.Application.Json).Edit((operation, _) =>
        {
            if (ResponseOf(operation, status) is { } response)
            {
                response.Description = description;
            }
        });

    /// <summary>A header of answers with this status.</summary>
    public static RouteHandlerBuilder GivesHeader(this RouteHandlerBuilder route, int status, string name, string description) =>
        route.Edit((operation, _) => ResponseOf(operation, status)?.AddHeader(name, new OpenApiHeader
        {
            Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        }));

    public static void AddHeader(this OpenApiResponse response, string name, IOpenApiHeader header)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>();
        response.Headers[name] = header;
    }

    /// <summary>Answers with one form, or with a page of it, as the request says.</summary>
    public static RouteHandlerBuilder GivesOneOrList<T>(this RouteHandlerBuilder route, int status, string description) =>
        route.Gives<T>(status, description).Edit((operation, document) =>
        {
            var content = ResponseOf(operation, status)!.Content![MediaTypeNames.Application.Json];
            var list = new OpenApiSchemaReference($"ListBodyOf{typeof(T).Name}", document);
            content.Schema = new OpenApiSchema { AnyOf = [content.Schema!, list] };
        });

    /// <summary>Answers with another form where the request asks for that.</summary>
    public static RouteHandlerBuilder OrGives<T>(this RouteHandlerBuilder route, int status) =>
        route.AddOpenApiOperationTransformer(async (operation, context, cancellation) =>
        {
            var schema = await context.GetOrCreateSchemaAsync(typeof(T), cancellationToken: cancellation);
            context.Document!.AddComponent(typeof(T).Name, schema);
            var content = ResponseOf(operation, status)!.Content![MediaTypeNames.Application.Json];
            var other = new OpenApiSchemaReference(typeof(T).Name, context.Document);
            content.Schema = new OpenApiSchema { AnyOf = [content.Schema!, other] };
        });

    /// <summary>The answer may also be a stream of events.</summary>
    public static RouteHandlerBuilder GivesStream(this RouteHandlerBuilder route, int status) =>
        route.Edit((operation, _) => ResponseOf(operation, status)!.Content![MediaTypeNames.Text.EventStream] =
            new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } });

    /// <param name="codes">Of <see cref="Problems.ByCode"/>: all problems that the endpoint may answer with.</param>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params string[] codes)
    {
        foreach (var problems in codes.Distinct().Select(code => Problems.ByCode[code]).GroupBy(problem => problem.Status))
        {
            route.Produces<ProblemBody>(problems.Key, MediaTypeNames.Application.ProblemJson)
                .Edit((operation, document) => Narrow(operation, document, problems.Key, [.. problems]));
        }

        return route;
    }

    public static RouteHandlerBuilder TakesJson(this RouteHandlerBuilder route, RequestBody body) => route.TakesJson(() => body);

    /// <param name="describe">Asked for each description, as the body depends on the configuration in force.</param>
    public static RouteHandlerBuilder TakesJson(this RouteHandlerBuilder route, Func<RequestBody> describe) =>
        route.Edit((operation, document) =>
        {
            var body = describe();
            document.AddComponent(body.Name, body.Schema);
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = body.IsRequired,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [MediaTypeNames.Application.Json] = new()
                    {
                        Schema = new OpenApiSchemaReference(body.Name, document),
                        Example = body.Example.DeepClone(),
                    },
                },
            };
        });

    public static RouteHandlerBuilder TakesText(this RouteHandlerBuilder route, string description, string example) =>
        route.Edit((operation, _) => operation.RequestBody = new OpenApiRequestBody
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [MediaTypeNames.Text.Plain] = new()
                {
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                    Example = JsonValue.Create(example),
                },
            },
        });

    public static RouteHandlerBuilder TakesWaitPreference(this RouteHandlerBuilder route) =>
        route.Edit((operation, _) =>
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "Prefer",
                In = ParameterLocation.Header,
                Description = "`wait=N`: seconds to wait for the result, 0 to 30, 10 if absent.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^wait=[0-9]+$" },
                Example = JsonValue.Create("wait=10"),
            });
        });

    /// <summary>Describes a parameter of the path or the query that the endpoint reads as text.</summary>
    /// <param name="example">An example that works in the demo after the examples of the bodies; null: there is none.</param>
    public static RouteHandlerBuilder Takes(
        this RouteHandlerBuilder route, string name, OpenApiSchema schema, Func<IServiceProvider, string>? example = null,
        bool isRequired = false) =>
        route.AddOpenApiOperationTransformer((operation, context, _) =>
        {
            if (operation.Parameters?.FirstOrDefault(known => known.Name == name) is OpenApiParameter parameter)
            {
                parameter.Schema = schema;
                parameter.Required = isRequired || parameter.In == ParameterLocation.Path;
                parameter.Example = example is null ? null : JsonValue.Create(example(context.ApplicationServices));
            }

            return Task.CompletedTask;
        });

    private static RouteHandlerBuilder Edit(this RouteHandlerBuilder route, Action<OpenApiOperation, OpenApiDocument> edit) =>
        route.AddOpenApiOperationTransformer((operation, context, _) =>
        {
            edit(operation, context.Document!);
            return Task.CompletedTask;
        });

    private static OpenApiResponse? ResponseOf(OpenApiOperation operation, int status) =>
        operation.Responses?.GetValueOrDefault(status.ToString(CultureInfo.InvariantCulture)) as OpenApiResponse;

    private static void Narrow(OpenApiOperation operation, OpenApiDocument document, int status, Problem[] problems)
    {
        if (ResponseOf(operation, status) is not { } response)
        {
            return;
        }

        response.Description = string.Join("; ", problems.Select(problem => $"`{problem.Code}`: {problem.Says}")) + ".";
        var narrow = new OpenApiSchema
        {
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["code"] = Shapes.Words(problems.Select(problem => problem.Code)),
                ["status"] = Shapes.Whole(status, status),
            },
        };
        response.Content = new Dictionary<string, OpenApiMediaType>
        {
            [MediaTypeNames.Application.ProblemJson] = new()
            {
                Schema = new OpenApiSchema { AllOf = [new OpenApiSchemaReference(nameof(ProblemBody), document), narrow] },
            },
        };
        if (Problems.MayRetry(status))
        {
            response.AddHeader("Retry-After", new OpenApiHeader
            {
                Description = "Seconds after which it is worth asking again; not with every code.",
                Schema = Shapes.Whole(1, int.MaxValue),
            });
        }
    }
}
