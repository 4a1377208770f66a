using System.Collections.Concurrent;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Node.Payments;

/// <summary>The names of a row's events as one text. Payments share texts: few sequences occur, and each is made once.</summary>
internal sealed class EventNames
{
    public static readonly EventNames None = new("");

    /// <summary>Sequences beyond them are made anew each time.</summary>
    private const int MostKept = 1_000;

    private static int _kept;

    private readonly ConcurrentDictionary<Type, EventNames> _longer = new(concurrencyLevel: 1, capacity: 1);

    private EventNames(string text) => Text = text;

    /// <summary>Separated by commas.</summary>
    public string Text { get; }

    public EventNames And(PaymentEvent happened)
    {
        var type = happened.GetType();
        if (_longer.TryGetValue(type, out var known))
        {
            return known;
        }

        var longer = new EventNames(Text.Length == 0 ? type.Name : $"{Text},{type.Name}");
        return Interlocked.Increment(ref _kept) <= MostKept ? _longer.GetOrAdd(type, longer) : longer;
    }
}
