using System.Globalization;

namespace RouterCluster.Benchmarks.Operator;

/// <summary>How much the suite <c>operator</c> stores before it asks.</summary>
internal sealed class OperatorOptions
{
    public const int LeastChannels = 50;

    private const int LeastPayments = 1_000;

    public static string Usage => $"""
        of the suite operator:
          --payments N         stored ones, at least {LeastPayments} (default 1000000)
          --channels N         of the node, from {LeastChannels} to {OperatorWorld.MostChannels} (default 1000)
        """;

    public int Payments { get; private set; } = 1_000_000;

    public int Channels { get; private set; } = 1_000;

    /// <summary>False: no such option, or a value that it cannot have.</summary>
    public bool Take(string name, string value)
    {
        var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        switch (name)
        {
            case "--payments" when number >= LeastPayments:
                Payments = number;
                return true;
            case "--channels" when number is >= LeastChannels and <= OperatorWorld.MostChannels:
                Channels = number;
                return true;
            default:
                return false;
        }
    }
}
