using System.Text.RegularExpressions;
using RouterCluster.Node.Platform.Settings;
using StackExchange.Redis;

namespace RouterCluster.Node.Counters;

internal static partial class RedisSection
{
    private const string ConnectionKey = "connection-string";

    public static RedisSettings Read(SettingReader redis)
    {
        var mode = redis.Choice("mode", ("embedded", RedisMode.Embedded), ("external", RedisMode.External));
        var connection = redis.Optional<Secret>(
            ConnectionKey, "a connection string of StackExchange.Redis, such as redis:6379,password=…", ConnectionString);
        if (mode == RedisMode.External && connection is null)
        {
            redis.Missing(ConnectionKey, "a connection string: mode external needs one");
        }

        return new RedisSettings(
            mode,
            connection,
            Prefix: redis.Value("prefix", "1-40 letters, digits, - and _", SettingValues.Matching(PrefixPattern())) ?? "",
            WriteEvery: redis.Duration("write-every", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
            Timeout: redis.Duration("timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30)),
            Pending: redis.Int("pending", 1000, 10_000_000),
            Banks: redis.Int("banks", 1, 10_000),
            Codes: redis.Int("codes", 1, 10_000));
    }

    private static bool ConnectionString(string text, out Secret value)
    {
        value = new Secret(text);
        try
        {
            return ConfigurationOptions.Parse(text).EndPoints.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,40}\z")]
    private static partial Regex PrefixPattern();
}
