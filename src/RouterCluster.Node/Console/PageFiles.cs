using System.Collections.Frozen;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Console;

/// <summary>
/// The console's page: files in this assembly, served as they are. The browser is told to load, run and call nothing else, and
/// to make no markup from texts.
/// </summary>
internal sealed class PageFiles
{
    private const string Prefix = "console/";
    private const string First = "index.html";

    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, byte[]> _files = Read().ToFrozenDictionary(StringComparer.Ordinal);

    public Task FirstAsync(HttpContext context) => ShowAsync(context, First);

    public Task GetAsync(HttpContext context, string file) => ShowAsync(context, file);

    private Task ShowAsync(HttpContext context, string name)
    {
        if (!_files.TryGetValue(name, out var bytes))
        {
            return context.RefuseAsync(Refusals.NotFound);
        }

        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Reply.WriteAsync(context, StatusCodes.Status200OK, Types[Path.GetExtension(name)], bytes);
    }

    private static IEnumerable<KeyValuePair<string, byte[]>> Read()
    {
        var assembly = typeof(PageFiles).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            yield return KeyValuePair.Create(name[Prefix.Length..], bytes);
        }
    }
}
