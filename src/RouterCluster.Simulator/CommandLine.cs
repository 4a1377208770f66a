using System.Globalization;
using System.Net;
using RouterCluster.Simulator.Channels;

namespace RouterCluster.Simulator;

internal static class CommandLine
{
    public const string Usage = """
        PSP simulator. Options:
          --port N            the shared port, 0 = any free one (default 9090)
          --channels a,b,…    channels to open at start (default alpha to foxtrot; others open when first called)
          --secret S          of the signatures (default sim-secret)
          --merchant-id M     (default M1)
          --bind ADDRESS      (default 127.0.0.1)
        """;

    /// <summary>Options, or one line that names the error.</summary>
    public static (SimulatorOptions Options, string? Error) Parse(IReadOnlyList<string> arguments)
    {
        var options = new SimulatorOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            var (name, value) = Split(arguments[index]);
            value ??= ++index < arguments.Count ? arguments[index] : null;
            if (string.IsNullOrEmpty(value))
            {
                return (options, $"{name}: a value is expected");
            }

            (options, var error) = Apply(options, name, value);
            if (error is not null)
            {
                return (options, error);
            }
        }

        return (options, null);
    }

    private static (string Name, string? Value) Split(string argument)
    {
        var equals = argument.IndexOf('=');
        return equals < 0 ? (argument, null) : (argument[..equals], argument[(equals + 1)..]);
    }

    private static (SimulatorOptions Options, string? Error) Apply(SimulatorOptions options, string name, string value)
    {
        switch (name)
        {
            case "--port":
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535
                    ? (options with { Port = port }, null)
                    : (options, $"--port {value}: a number from 0 to 65535 is expected");
            case "--channels":
                var names = value.Split(',', StringSplitOptions.TrimEntries);
                return names.All(channel => ChannelDirectory.IsName(channel))
                    ? (options with { Channels = names }, null)
                    : (options, $"--channels {value}: names of letters, digits and '-' are expected, by commas");
            case "--secret":
                return (options with { Secret = value }, null);
            case "--merchant-id":
                return (options with { MerchantId = value }, null);
            case "--bind":
                return IPAddress.TryParse(value == "localhost" ? "127.0.0.1" : value, out var address)
                    ? (options with { Bind = address }, null)
                    : (options, $"--bind {value}: an IP address is expected");
            default:
                return (options, $"{name}: unknown; --port, --channels, --secret, --merchant-id and --bind are known");
        }
    }
}
