using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Alerts;

/// <summary>A real Alertmanager on a loopback port, with the configuration that the repository ships.</summary>
internal sealed class AlertmanagerProcess : IAsyncDisposable
{
    private const string Binary = "prometheus-alertmanager";

    private readonly string _folder = Directory.CreateTempSubdirectory("router-alertmanager-").FullName;
    private readonly HttpClient _client = new();
    private readonly Process _process;

    private AlertmanagerProcess(string configuration)
    {
        Url = $"http://127.0.0.1:{FreePort.Next()}";
        var start = new ProcessStartInfo(
            Binary,
            [
                $"--config.file={configuration}", $"--storage.path={_folder}", $"--web.listen-address={Url["http://".Length..]}",
                "--cluster.listen-address=", "--log.level=error",
            ])
        {
            RedirectStandardError = true,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{Binary} does not start: run tests/run.sh.");
        _client.BaseAddress = new Uri(Url);
    }

    public string Url { get; }

    public static async Task<AlertmanagerProcess> StartAsync()
    {
        var server = new AlertmanagerProcess(Path.Combine(Root(), "src/dashboards/alertmanager.yml"));
        await AlertingNode.UntilAsync(async () =>
        {
            try
            {
                using var ready = await server._client.GetAsync(new Uri("/-/ready", UriKind.Relative));
                return ready.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return server;
    }

    /// <summary>Active alerts; inhibited ones only where asked for.</summary>
    public async Task<IReadOnlyList<FiringAlert>> FiringAsync(bool inhibited = false)
    {
        var alerts = await _client.GetFromJsonAsync<JsonArray>(new Uri(
            $"/api/v2/alerts?active=true&inhibited={(inhibited ? "true" : "false")}", UriKind.Relative));
        return [.. alerts!.Select(alert => new FiringAlert(
            (string)alert!["labels"]!["alertname"]!, (string?)alert["labels"]!["channel"], (string?)alert["labels"]!["severity"],
            (string?)alert["labels"]!["environment"], (string?)alert["annotations"]!["runbook_url"]))];
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "RouterCluster.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}

internal sealed record FiringAlert(string Rule, string? Channel, string? Severity, string? Environment, string? Runbook);
