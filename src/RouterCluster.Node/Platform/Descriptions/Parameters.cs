using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Platform.Descriptions;

internal static class Parameters
{
    public static RouteHandlerBuilder TakesPages(this RouteHandlerBuilder route) => route
        .Takes("limit", WithDefault(Shapes.Whole(1, Paging.LongestPage, "How many a page has."), Paging.UsualPage), _ => "20")
        .Takes("cursor", new OpenApiSchema { Type = JsonSchemaType.String, Description = "`next` of the page before." });

    /// <summary>The change can be tried: other changes refuse a dry run.</summary>
    public static RouteHandlerBuilder TakesDryRun(
        this RouteHandlerBuilder route, string? says = null, Func<IServiceProvider, string>? example = null) => route
        .WithMetadata(new DryRunMark())
        .Takes(DryRunMark.Parameter, Shapes.Words(["true", "false"], says), example);

    public static OpenApiSchema WithDefault(OpenApiSchema schema, int value)
    {
        schema.Default = JsonValue.Create(value);
        return schema;
    }
}
