using Microsoft.Extensions.Primitives;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Descriptions;

/// <summary>
/// The page to browse and try the API with. People type tokens into it, so it loads nothing from elsewhere, calls nothing
/// elsewhere and keeps no token.
/// </summary>
internal static class DocsPage
{
    public const string Path = "/docs";
    private const string Start = $"{Path}/start.js";
    private const string Script = "text/javascript; charset=utf-8";

    private static readonly byte[] Page = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>RouterCluster</title>
        <link rel="stylesheet" href="./swagger-ui.css"><link rel="icon" type="image/png" href="./favicon-32x32.png"></head>
        <body><div id="docs"></div><script src="./swagger-ui-bundle.js"></script><script src="./start.js"></script></body></html>
        """u8.ToArray();

    /// <summary>Replaces the package's own script, which adds a logo and a field for other documents' addresses.</summary>
    private static readonly byte[] StartScript = """
        window.onload = () => SwaggerUIBundle({
          url: "/openapi/v1.json", dom_id: "#docs", layout: "BaseLayout", presets: [SwaggerUIBundle.presets.apis],
          validatorUrl: null, persistAuthorization: false, displayRequestDuration: true, defaultModelsExpandDepth: 0
        });
        """u8.ToArray();

    /// <summary>The page's pictures are inline data of its style sheet.</summary>
    private static readonly StringValues Policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>A branch of its own: payments do not pass the page's middleware.</summary>
    public static void UseDocsPage(this WebApplication app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase),
        docs =>
        {
            docs.Use((context, next) =>
            {
                Guard(context.Response.Headers);
                return context.Request.Path == Start
                    ? Reply.WriteAsync(context, StatusCodes.Status200OK, Script, StartScript)
                    : next(context);
            });
            docs.UseSwaggerUI(page => (page.RoutePrefix, page.IndexStream) = (Path[1..], static () => new MemoryStream(Page)));
        });

    private static void Guard(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
