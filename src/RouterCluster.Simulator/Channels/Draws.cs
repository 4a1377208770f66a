namespace RouterCluster.Simulator.Channels;

/// <summary>One order's four independent random numbers in [0, 1).</summary>
internal readonly record struct OrderDraw(double Customer, double Channel, double Code, double Coin);

/// <summary>
/// Random numbers that depend only on seed, channel and the number of earlier draws. Orders and latencies have separate
/// streams, so that queries do not change the fate of orders.
/// </summary>
internal sealed class Draws(long seed, string channel)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private readonly ulong _orderStream = Mix((ulong)seed ^ Hash(channel));
    private readonly ulong _latencyStream = Mix((ulong)seed ^ Hash(channel) ^ 0x5851F42D4C957F2D);
    private long _orders;
    private long _latencies;

    public OrderDraw NextOrder()
    {
        var first = (ulong)(Interlocked.Increment(ref _orders) - 1) * 4;
        return new OrderDraw(
            Unit(_orderStream, first),
            Unit(_orderStream, first + 1),
            Unit(_orderStream, first + 2),
            Unit(_orderStream, first + 3));
    }

    /// <summary>Standard normal (Box-Muller).</summary>
    public double NextNormal()
    {
        var first = (ulong)(Interlocked.Increment(ref _latencies) - 1) * 2;
        var radius = Math.Sqrt(-2 * Math.Log(1 - Unit(_latencyStream, first)));
        return radius * Math.Cos(2 * Math.PI * Unit(_latencyStream, first + 1));
    }

    private static double Unit(ulong stream, ulong index) =>
        (Mix(stream + (index * Step)) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong value)
    {
        value += Step;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        return hash;
    }
}
