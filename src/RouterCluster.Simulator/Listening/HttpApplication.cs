using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace RouterCluster.Simulator.Listening;

/// <summary>Passes Kestrel's requests to one function, without routing table and middleware.</summary>
internal sealed class HttpApplication(Func<HttpContext, PortConnection, Task> handle) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var connection = context.Features.GetRequiredFeature<PortConnection>();
        connection.RequestBegins();
        try
        {
            await handle(context, connection);
        }
        finally
        {
            connection.RequestEnds();
        }
    }

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }
}
