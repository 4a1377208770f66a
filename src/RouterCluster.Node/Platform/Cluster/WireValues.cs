namespace RouterCluster.Node.Platform.Cluster;

internal static class WireValues
{
    /// <summary>In ticks of 100 ns. Durations only: a moment on one node's monotonic clock means nothing on another.</summary>
    public static long ToWire(this TimeSpan duration) => duration.Ticks;

    public static TimeSpan ToDuration(this long wire) => TimeSpan.FromTicks(wire);

    /// <exception cref="InvalidDataException">The message is cut off: every version has written this part.</exception>
    public static TPart Required<TPart>(this TPart? part)
        where TPart : class => part ?? throw new InvalidDataException($"{typeof(TPart).Name} is missing.");
}
