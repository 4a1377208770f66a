using RouterCluster.Node.Channels.Messages;

namespace RouterCluster.Node.Console;

/// <summary>The success rates of the last ten minutes, so that a console shows a line as soon as it is opened.</summary>
internal sealed class SuccessHistory
{
    public const int Points = 60;
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private const int Digits = 3;

    private readonly Dictionary<string, Queue<double?>> _rates = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public void Add(IEnumerable<ChannelStatus> channels)
    {
        lock (_lock)
        {
            foreach (var channel in channels)
            {
                if (!_rates.TryGetValue(channel.Channel.Value, out var rates))
                {
                    _rates[channel.Channel.Value] = rates = new Queue<double?>(Points);
                }

                if (rates.Count == Points)
                {
                    rates.Dequeue();
                }

                rates.Enqueue(channel.SuccessRate is { } rate ? Math.Round(rate, Digits) : null);
            }
        }
    }

    public HistoryBody ToBody()
    {
        lock (_lock)
        {
            return new HistoryBody(
                (int)Every.TotalSeconds, Points,
                _rates.ToDictionary(known => known.Key, known => (IReadOnlyList<double?>)[.. known.Value]));
        }
    }
}
