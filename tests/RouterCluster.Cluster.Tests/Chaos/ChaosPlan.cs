namespace RouterCluster.Cluster.Tests.Chaos;

internal static class ChaosPlan
{
    /// <summary>What the limited merchant may pay in a day, in payments of <see cref="Merchants.Merchant"/>.</summary>
    public const int PaymentsADay = 60;

    public const string LimitedKey = "limited-key";
    public const string CarefulKey = "careful-key";

    private const int Amount = 12_000;

    /// <summary>Weighted, so that every channel has traffic all the time and its silence shows.</summary>
    public static readonly string Text = $$"""
        router {
          channel-defaults {
            submit { concurrency = {{ThreeNodes.Budget}}, timeout = 2s }
            query { concurrency = {{ThreeNodes.Budget}}, timeout = 2s }
          }
          merchants {
            shop.routing."*".policy = weighted
            limited {
              keys = [ { token = "{{LimitedKey}}", mode = sandbox } ]
              limits.amount-per-day = {{PaymentsADay * Amount}}
            }
            careful {
              keys = [ { token = "{{CarefulKey}}", mode = sandbox } ]
              duplicates = suspend
            }
          }
        }
        """;
}
