using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Configuration;

namespace RouterCluster.Benchmarks.Peers;

/// <summary>Passes each request to the payment company and stores nothing: what no router can be faster than.</summary>
internal static class YarpProgram
{
    public const string Name = "yarp";

    /// <param name="company">One channel of the payment company.</param>
    public static async Task RunAsync(string url, string company)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = Name, ClusterId = Name, Match = new RouteMatch { Path = "{**all}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = Name,
                    Destinations = new Dictionary<string, DestinationConfig> { [Name] = new() { Address = company } },
                },
            ]);
        var app = builder.Build();
        app.MapGet(PeerPrograms.Ready, () => "ready");
        app.MapReverseProxy();
        await app.RunAsync(url);
    }
}
