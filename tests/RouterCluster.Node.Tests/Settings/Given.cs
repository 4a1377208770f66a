using Akka.Configuration;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Settings;

namespace RouterCluster.Node.Tests.Settings;

internal static class Given
{
    public static readonly string Key = Convert.ToBase64String(Enumerable.Range(0, 32).Select(number => (byte)number).ToArray());

    public const string Channel = """
        router.channels.own { base-url = "http://127.0.0.1:9090/own", merchant-id = "M1", secret = "s", products = ["withhold"] }

        """;

    public static readonly string Live = $$"""
        router {
          mode = live, demo = off, admin-url = "http://127.0.0.1:8081", encryption-key = "{{Key}}"
          merchants.shop.keys = [ { token = "shop-live-0123456789", mode = live } ]
          channels.own { mode = live, base-url = "https://psp.example/own" }
          channels.own { merchant-id = "M1", secret = "s", products = ["withhold"] }
        }

        """;

    public static SettingsReading Reading(string hocon) =>
        RouterSettings.Read(ConfigurationFactory.ParseString(hocon), ["http-json"]);

    public static RouterSettings Settings(string hocon)
    {
        var reading = Reading(hocon);
        Assert.Empty(reading.Errors);
        return reading.Settings!;
    }

    /// <summary>The one error that the text leads to.</summary>
    public static SettingError TheError(string hocon)
    {
        var reading = Reading(hocon);
        Assert.Null(reading.Settings);
        return Assert.Single(reading.Errors);
    }
}
