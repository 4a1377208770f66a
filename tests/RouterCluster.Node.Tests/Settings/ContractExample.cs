namespace RouterCluster.Node.Tests.Settings;

internal static class ContractExample
{
    /// <summary>The published example, with an address and a secret where it has an ellipsis for them.</summary>
    public const string Text = """
        router {
          mode = sandbox                       # sandbox | live; a sandbox key can never reach a live channel
          storage { provider = sqlite }        # sqlite | postgresql ; connection-string = "…"
          redis { mode = embedded }            # embedded | external ; connection-string = "…"
          operators = [ { name = "alice", token = "…", roles = ["admin"] } ]      # viewer | operator | approver | admin
          merchants.demo { keys = [ { token = "demo-key", mode = sandbox } ], allowed-ips = ["127.0.0.0/8"],
                           notify-url = "https://shop.example/hook",
                           notify-secret = "whsec_c2VjcmV0" }
          channels.alpha {
            protocol = "http-json", mode = sandbox, base-url = "http://127.0.0.1:9090/alpha", merchant-id = "M1", secret = "…"
            products = ["withhold", "payout"], banks = ["*"], min-amount = 1, max-amount = 5000000, currency = ["CNY"]
            fee { basis-points = 25, fixed = 0 }
            # rate: token bucket, burst = concurrency
            submit { concurrency = 16, rate-per-second = 200, queue = 256, timeout = 15s }
            query  { concurrency = 4,  rate-per-second = 50,  queue = 1024, timeout = 10s,
                     schedule = [1s, 2s, 5s, 15s, 30s, 1m, 5m, 15m, 1h],
                     not-found-is-final-after = 30m }
            breaker { failure-ratio = 0.5, minimum-calls = 20, window = 10s, open-for = 5s }
          }
        }
        """;
}
