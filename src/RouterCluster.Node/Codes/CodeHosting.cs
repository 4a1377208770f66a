using Microsoft.OpenApi;
using RouterCluster.Api;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Descriptions;

namespace RouterCluster.Node.Codes;

internal static class CodeHosting
{
    private const string Reading = """
        By the counters in Redis: with an external server those of all nodes, with the embedded one this node's since its start.
        New codes, which the day before does not have, come first, then those that the protocol's table does not know or
        knows as unknown. `other` is the sum of codes that have no counter of their own (`router.redis.codes`). `sample` is
        sought among the channel's newest payments. `banks` are attempts by bank; codes are not counted by bank.
        """;

    public static IServiceCollection AddCodes(this IServiceCollection services) => services
        .AddSingleton<CodeSamples>().AddSingleton<CodeEndpoints>();

    public static void MapCodes(this IEndpointRouteBuilder operators)
    {
        var codes = operators.ServiceProvider.GetRequiredService<CodeEndpoints>();
        operators.MapGet("/channels/{id}/codes", (Delegate)codes.GetAsync)
            .WithSummary("A channel's response codes with count, share and class").WithDescription(Reading)
            .TakesChannelId()
            .Takes(
                "since",
                new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Description = $"{PaymentFilterReader.Moment.Says}; at most a day ago, an hour if absent.",
                },
                _ => "1h")
            .Gives<CodesBody>(200, "The codes.").Refuses([.. Problems.Lookups, "not_found"]);
    }
}
