using System.Net.Http.Headers;
using System.Net.Mime;
using System.Text;
using System.Text.Json.Nodes;
using Akka.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Checks;
using RouterCluster.Node.Configuration;
using RouterCluster.Node.Events;
using RouterCluster.Node.Gateways;
using RouterCluster.Node.Health;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Notices;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Secrets;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Tests.Descriptions;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Tests.Nodes;

internal sealed record Answer(int Status, JsonNode? Json, string Text, HttpResponseMessage Message)
{
    public string? Code => (string?)Json?["code"];

    public string[] Fields => [.. Json?["errors"]?.AsArray().Select(error => (string)error!["field"]!) ?? []];
}

/// <summary>The production pipeline on a real socket, in front of fakes of the ports.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private const string Defaults = """
        router {
          operators = [
            { name = alice, token = t-admin, roles = [admin] }, { name = victor, token = t-viewer, roles = [viewer] }
            { name = oscar, token = t-operator, roles = [operator] }, { name = anna, token = t-approver, roles = [approver] } ]
          merchants.shop { keys = [ { token = shop-key, mode = sandbox } ] }
          merchants.other { keys = [ { token = other-key, mode = sandbox } ] }
          channels.alpha { base-url = "http://127.0.0.1:1/a", merchant-id = M, secret = s, products = [withhold, payout] }
          channels.bravo { base-url = "http://127.0.0.1:1/b", merchant-id = M, secret = s, products = [withhold] }
        }
        """;

    private readonly WebApplication _app;

    private TestNode(RouterSettings settings, TimeProvider time, string[] urls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.WebHost.UseUrls(urls);
        builder.Services.AddNode(settings)
            .AddSingleton<IPayments>(Payments)
            .AddSingleton<IChannels>(Channels)
            .AddSingleton<IBulkProposals>(Bulk)
            .AddSingleton<IGatewayRankings>(Decisions)
            .AddSingleton<IWebhooks>(Notifications)
            .AddSingleton<IMerchantWebhooks>(MerchantWebhooks)
            .AddSingleton<IAccountVault, FakeVault>()
            .AddSingleton(EncryptionKeys.Load(Convert.ToBase64String(new byte[EncryptionKeys.KeyBytes]), "", liveMode: false))
            .AddSingleton<FakeAdmissions>()
            .AddSingleton<IMerchantAdmissions>(provider => provider.GetRequiredService<FakeAdmissions>())
            .AddSingleton<IStrayNotices>(Strays)
            .AddSingleton<Func<ChannelSettings, IChannelProtocol>>(channel => TestProtocols.Connect(channel, time))
            .AddSingleton(time)
            .AddSingleton<IClusterView>(Cluster)
            .AddSingleton<IClusterMembers>(Members)
            .AddSingleton<ICaseList>(Cluster)
            .AddSingleton<IAuditLog>(Cluster)
            .AddSingleton<IAlerts>(Alerts)
            .AddSingleton<IConfigurationControl>(Configuration)
            .AddSingleton<IConfigurationHistory>(Configuration)
            .AddSingleton<IEventLog>(Events)
            .AddSingleton<ICheckFigures>(Checks)
            .AddSingleton<RouterClock>()
            .AddSingleton<IPaymentHistory>(History)
            .AddSingleton<IPaymentJournal>(Journal)
            .AddHealthChecks().AddCheck("storage", Check);
        _app = builder.Build();
        _app.MapNode();
    }

    public FakePayments Payments { get; } = new();

    public FakeChannels Channels { get; } = new();

    public FakeBulk Bulk { get; } = new();

    public FakeDecisions Decisions { get; } = new();

    public FakeHistory History { get; } = new();

    public FakeJournal Journal { get; } = new();

    public FakeNotifications Notifications { get; } = new();

    public FakeMerchantWebhooks MerchantWebhooks { get; } = new();

    public FakeCluster Cluster { get; } = new();

    public FakeMembers Members { get; } = new();

    public FakeAlerts Alerts { get; } = new();

    public FakeEvents Events { get; } = new();

    public FakeChecks Checks { get; } = new();

    public FakeConfiguration Configuration { get; } = new();

    public FakeStrays Strays { get; } = new();

    public FakeCheck Check { get; } = new();

    public LogBook Log { get; } = new();

    public Uri Address => new(_app.Urls.First());

    public HttpClient Client { get; } = new();

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="hocon">Over the test's own configuration.</param>
    public static async Task<TestNode> StartAsync(string hocon = "", TimeProvider? time = null, params string[] urls)
    {
        var node = new TestNode(Settings(hocon), time ?? TimeProvider.System, urls.Length > 0 ? urls : ["http://127.0.0.1:0"]);
        await node._app.StartAsync();
        return node;
    }

    public static RouterSettings Settings(string hocon)
    {
        var config = ConfigurationFactory.ParseString($"{Defaults}\n{hocon}").WithFallback(SettingsSource.Reference);
        var reading = RouterSettings.Read(config, ["http-json"]);
        Assert.Empty(reading.Errors);
        return reading.Settings! with { Merchants = [.. reading.Settings.Merchants.Select(WithLiveKey)] };
    }

    /// <summary>A key of the other mode needs a whole live configuration; the pipeline needs just the key.</summary>
    private static MerchantSettings WithLiveKey(MerchantSettings merchant) => merchant with
    {
        Keys = merchant.Keys.Add(new MerchantKey(TokenHash.Of($"{merchant.Id}-live"), ChannelMode.Live, IsDemo: false)),
    };

    public Task<Answer> PostPaymentAsync(JsonNode body, string? key = "shop-key", string? prefer = null) =>
        SendAsync(HttpMethod.Post, "/v1/payments", key, body.ToJsonString(), prefer);

    public Task<Answer> PostTextAsync(string body) => SendAsync(HttpMethod.Post, "/v1/payments", "shop-key", body);

    public Task<Answer> GetAsync(string path, string? key) => SendAsync(HttpMethod.Get, path, key);

    public Task<Answer> SendAsync(HttpMethod method, string path, string? key, string? body = null, string? prefer = null) =>
        SendAsync(method, path, key, body is null ? null : Json(body), prefer);

    public static StringContent Json(string body) => new(body, Encoding.UTF8, MediaTypeNames.Application.Json);

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, string? key, HttpContent? content, string? prefer = null, string? forwardedFor = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path)) { Content = content };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        if (forwardedFor is not null)
        {
            request.Headers.Add("X-Forwarded-For", forwardedFor);
        }

        var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        var answer = new Answer((int)response.StatusCode, isJson ? JsonNode.Parse(text) : null, text, response);
        if (_app.Urls.Count == 1)
        {
            // On two listeners an endpoint may be on the other one.
            await ApiContract.HoldAsync(method, request.RequestUri!, answer);
        }

        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
