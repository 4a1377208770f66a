using System.Diagnostics;
using System.Text.Json.Nodes;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Dashboards;

/// <summary>A real Prometheus with the shipped configuration, which scrapes one node every second.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private const string ShippedTarget = "router-1:8080";
    private const string ShippedInterval = ": 5s";

    // Ends with the test's process, however that ends.
    private const string GuardScript = """
        trap '' INT TERM HUP
        prometheus --config.file="$0/prometheus.yml" --storage.tsdb.path="$0/data" --web.listen-address="$1" \
          --log.level=error >"$0/log" 2>&1 &
        cat >/dev/null
        kill -KILL $!
        wait
        rm -rf "$0"
        """;

    private readonly HttpClient _client = new();
    private readonly Process _guard;

    private PrometheusServer(Process guard, string address)
    {
        _guard = guard;
        _client.BaseAddress = new Uri($"http://{address}");
    }

    public static string Shipped(string file) => Path.Combine(AppContext.BaseDirectory, "dashboards", "prometheus", file);

    public static PrometheusServer Start(Uri node)
    {
        var folder = Directory.CreateTempSubdirectory("router-prometheus-").FullName;
        var config = File.ReadAllText(Shipped("prometheus.yml"));
        Assert.Contains(ShippedTarget, config, StringComparison.Ordinal);
        File.WriteAllText(
            Path.Combine(folder, "prometheus.yml"),
            config.Replace(ShippedTarget, node.Authority, StringComparison.Ordinal)
                .Replace(ShippedInterval, ": 1s", StringComparison.Ordinal));
        File.Copy(Shipped("rules.yml"), Path.Combine(folder, "rules.yml"));
        var address = $"127.0.0.1:{FreePort.Next()}";
        var start = new ProcessStartInfo("/bin/sh", ["-c", GuardScript, folder, address])
        {
            RedirectStandardInput = true, WorkingDirectory = "/tmp",
        };
        return new PrometheusServer(Process.Start(start)!, address);
    }

    /// <summary>The series of the query's result now; null while Prometheus starts.</summary>
    public async Task<JsonArray?> QueryAsync(string query)
    {
        try
        {
            var body = await _client.GetStringAsync(
                new Uri($"/api/v1/query?query={Uri.EscapeDataString(query)}", UriKind.Relative));
            return JsonNode.Parse(body)!["data"]!["result"]!.AsArray();
        }
        catch (HttpRequestException fault) when (fault.StatusCode is null or System.Net.HttpStatusCode.ServiceUnavailable)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
    }
}
