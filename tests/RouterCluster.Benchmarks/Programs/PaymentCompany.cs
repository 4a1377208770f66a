using System.Text;
using RouterCluster.Testing;

namespace RouterCluster.Benchmarks.Programs;

/// <summary>The simulator as a process of its own, which answers at once, so that it is not the limit.</summary>
internal sealed class PaymentCompany : IAsyncDisposable
{
    public const string Secret = "sim-secret";
    public const string Merchant = "M1";
    public static readonly IReadOnlyList<string> Channels = ["alpha", "bravo", "charlie"];

    private readonly ProgramUnderTest _program;

    private PaymentCompany(ProgramUnderTest program, Uri address) => (_program, Address) = (program, address);

    public Uri Address { get; }

    public Watched Watched => new("simulator", _program.ProcessId);

    public static async Task<PaymentCompany> StartAsync()
    {
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var program = await ProgramUnderTest.StartAsync(
            "Simulator", new Uri(address, "/_control"), "--port", $"{address.Port}", "--channels", string.Join(',', Channels));
        var company = new PaymentCompany(program, address);
        foreach (var channel in Channels)
        {
            await company.ControlAsync(channel, """{ "latency_ms": 0, "latency_p99_ms": 0 }""");
        }

        return company;
    }

    /// <param name="settings">As the simulator's control takes them.</param>
    public async Task ControlAsync(string channel, string settings)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var content = new StringContent(settings, Encoding.UTF8, "application/json");
        using var answer = await http.PutAsync($"/_control/{channel}", content);
        answer.EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
