using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace RouterCluster.Simulator.Listening;

/// <summary>Kestrel's requests go straight to one function: there is no routing table and no middleware.</summary>
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
