using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RouterCluster.Cli.Connection;

/// <summary>A call to the operators' API, with a relative and escaped path.</summary>
internal sealed record RouterRequest(HttpMethod Method, string Path, byte[]? Body)
{
    /// <summary>It may change something; a dry run does not.</summary>
    public bool IsChange => Method != HttpMethod.Get && !Path.Contains("dry_run=true", StringComparison.Ordinal);

    public string ContentType { get; init; } = "application/json";

    public static RouterRequest Get(string path) => new(HttpMethod.Get, path, null);

    public static RouterRequest Post(string path) => new(HttpMethod.Post, path, null);

    public static RouterRequest Post<T>(string path, T body, JsonTypeInfo<T> shape) =>
        new(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, shape));

    public static RouterRequest PostText(string path, byte[] text) =>
        new(HttpMethod.Post, path, text) { ContentType = "text/plain" };

    public static RouterRequest Delete<T>(string path, T body, JsonTypeInfo<T> shape) =>
        new(HttpMethod.Delete, path, JsonSerializer.SerializeToUtf8Bytes(body, shape));

    public static RouterRequest Patch<T>(string path, T body, JsonTypeInfo<T> shape) =>
        new(HttpMethod.Patch, path, JsonSerializer.SerializeToUtf8Bytes(body, shape));
}
