using System.Globalization;
using Akka.Configuration;
using RouterCluster.Benchmarks.Programs;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Settings;

namespace RouterCluster.Benchmarks.Operator;

/// <summary>
/// Names and settings of the node that is asked: one channel that nearly all payments of the last hour went to, one whose company
/// does not answer, some whose company cannot be reached, and all others, which have little to do.
/// </summary>
internal sealed class OperatorWorld(
    StorageAddress storage, PaymentCompany company, Uri dark, string redis, Uri address, int channels)
{
    public const int MostChannels = 9_999;
    public const string Token = "operator-token";

    /// <summary>Taken by the one channel alone whose company does not answer.</summary>
    public const string WaitingBank = "WAIT";

    /// <summary>One payment in two thousand.</summary>
    public const string RareBank = "RURAL";

    public static readonly string Busy = ChannelName(1);
    public static readonly string Waiting = ChannelName(2);
    public static readonly IReadOnlyList<string> Banks =
        ["ICBC", "ABC", "BOC", "CCB", "COMM", "CMB", "SPDB", "CIB", "CEB", "PSBC", "HXB", "CMBC"];

    public static readonly IReadOnlyList<string> Merchants =
        [.. Enumerable.Range(1, 20).Select(number => string.Create(CultureInfo.InvariantCulture, $"m{number:D2}"))];

    private const int DarkOnes = 10;
    private static readonly string Hanging = PaymentCompany.Channels[^1];

    public StorageAddress Storage => storage;

    public Uri Address => address;

    public string Redis => redis;

    /// <summary>Besides the busy and the waiting one.</summary>
    public IReadOnlyList<ChannelId> Usual { get; } =
        [.. Enumerable.Range(3, channels - 2 - DarkOnes).Select(number => new ChannelId(ChannelName(number)))];

    public IReadOnlyList<ChannelId> Dark { get; } =
        [.. Enumerable.Range(channels - DarkOnes + 1, DarkOnes).Select(number => new ChannelId(ChannelName(number)))];

    public static string KeyOf(string merchant) => $"key-{merchant}";

    public static Task HangAsync(PaymentCompany company) => company.ControlAsync(Hanging, """{ "mode": "hang" }""");

    /// <summary>As the node reads them.</summary>
    public RouterSettings Settings()
    {
        var config = ConfigurationFactory.ParseString(Hocon()).WithFallback(SettingsSource.Reference);
        var reading = RouterSettings.Read(config, ["http-json"]);
        return reading.Settings ?? throw new BenchmarkException(string.Join('\n', reading.Errors));
    }

    public string Hocon() => $$"""
        akka.loglevel = WARNING
        router {
          environment = benchmark, demo = off, books = 4
          data-dir = "{{storage.DataDir}}"
          hold = 5m
          http.url = "{{address.GetLeftPart(UriPartial.Authority)}}"
          storage { {{(storage.Provider == StorageProvider.Sqlite
              ? "provider = sqlite"
              : $"provider = postgresql, connection-string = \"{storage.ConnectionString}\"")}} }
          redis { mode = external, connection-string = "{{redis}}" }
          operators = [ { name = alice, token = "{{Token}}", roles = [admin] } ]
          merchants {
            {{string.Join("\n    ", Merchants.Select(name => $"{name}.keys = [ {{ token = {KeyOf(name)}, mode = sandbox }} ]"))}}
          }
          channels {
            {{string.Join("\n    ", Enumerable.Range(1, channels).Select(Channel))}}
          }
        }
        """;

    private static string ChannelName(int number) => string.Create(CultureInfo.InvariantCulture, $"c{number:D4}");

    private string Channel(int number)
    {
        var name = ChannelName(number);
        var root = number > channels - DarkOnes ? dark : company.Address;
        var (path, more) = name == Waiting
            ? (Hanging, $"banks = [{WaitingBank}], submit {{ concurrency = 1, timeout = 2m, queue-deadline = 2m }}")
            : (PaymentCompany.Channels[number % 2], $"banks = [{string.Join(", ", Banks)}, {RareBank}]");
        return $$"""
            {{name}} {
              base-url = "{{new Uri(root, path)}}"
              merchant-id = "{{PaymentCompany.Merchant}}", secret = "{{PaymentCompany.Secret}}"
              products = [withhold, payout], {{more}}
            }
            """;
    }
}
