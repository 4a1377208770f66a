using System.Collections.Concurrent;
using System.Net;
using RouterCluster.Simulator.Listening;

namespace RouterCluster.Simulator.Channels;

/// <summary>Channels by name, created when they are first called.</summary>
internal sealed class ChannelDirectory(SimulatorOptions options, Ports ports)
{
    private const int MostChannels = 1000;
    private const int LongestName = 32;

    private readonly Lock _creating = new();
    private readonly ConcurrentDictionary<string, SimulatedChannel> _channels = new(StringComparer.Ordinal);

    public IEnumerable<SimulatedChannel> All =>
        _channels.Select(pair => pair.Value).OrderBy(channel => channel.Name, StringComparer.Ordinal);

    public static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                return false;
            }
        }

        return name.Length is >= 1 and <= LongestName && name[0] != '_';
    }

    /// <summary>Null if the name is not allowed or there are too many channels.</summary>
    public SimulatedChannel? Find(ReadOnlySpan<char> name)
    {
        return _channels.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var channel)
            ? channel
            : Create(name.ToString());
    }

    private SimulatedChannel? Create(string name)
    {
        lock (_creating)
        {
            if (_channels.TryGetValue(name, out var existing))
            {
                return existing;
            }

            if (!IsName(name) || _channels.Count >= MostChannels)
            {
                return null;
            }

            var port = ports.Reserve(new IPEndPoint(options.Bind, 0), name);
            return _channels[name] = new SimulatedChannel(name, options.Settings, port, options.LogCapacity);
        }
    }
}
