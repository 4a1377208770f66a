using System.Globalization;
using System.Text;

namespace RouterCluster.Cluster.Tests.Nodes;

/// <summary>
/// The configuration of a node under test. Times are short, so that what goes wrong is found out within seconds.
/// </summary>
internal sealed record NodePlan
{
    public const string MerchantKey = "shop-key";
    public const string OtherMerchantKey = "other-key";
    public const string OperatorToken = "operator-token";

    private const string Frame = """
        router {
          demo = off
          hold = 3s
          max-clock-skew = 500ms
          operators = [ { name = "tester", token = "operator-token", roles = ["admin"] } ]
          merchants.shop.keys = [ { token = "shop-key", mode = sandbox } ]
          merchants.other.keys = [ { token = "other-key", mode = sandbox } ]
          http.accept-timeout = 2s
          book { keep-closed-for = 5s, snapshot-every = 100 }
          channel-defaults {
            protocol = "http-json", merchant-id = "M1", secret = "sim-secret"
            products = ["withhold", "payout"]
            submit { concurrency = 16, rate-per-second = 2000, queue-deadline = 1s, timeout = 1s, linger = 300ms }
            query {
              concurrency = 8, rate-per-second = 1000, queue-deadline = 1s, timeout = 1s, linger = 300ms
              schedule = [200ms, 300ms, 500ms, 1s], not-found-is-final-after = 2s, not-found-agreeing = 2
            }
            breaker { open-for = 1s }
          }
        }
        """;

    private readonly StringBuilder _own = new();

    private NodePlan()
    {
    }

    /// <summary>HOCON after the frame: what comes later wins.</summary>
    public string Text => $"{Frame}\n{_own}";

    /// <summary>Read before the text.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public static NodePlan WithChannels(Psp psp, params IEnumerable<string> channels)
    {
        var plan = new NodePlan();
        foreach (var channel in channels)
        {
            plan.Set($"router.channels.{channel}.base-url = \"http://{psp.Address}:{psp.Port}/{channel}\"");
        }

        return plan;
    }

    public NodePlan Set(string hocon)
    {
        _own.AppendLine(CultureInfo.InvariantCulture, $"{hocon}");
        return this;
    }

    public NodePlan OnPostgres(string connectionString) =>
        Set($"router.storage {{ provider = postgresql, connection-string = \"{connectionString}\" }}");
}
