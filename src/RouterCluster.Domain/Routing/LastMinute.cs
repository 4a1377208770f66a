using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Routing;

/// <summary>Choices, successes and channel faults of the last 60 seconds, by product: what operators are shown.</summary>
internal sealed class LastMinute
{
    private readonly Dictionary<Product, Counts> _byProduct = [];

    public void Choice(Product product, TimeSpan now) => Of(product).Choices.Add(now);

    /// <summary>Unlike for routing, what is unknown is no fault here.</summary>
    public void Ended(SubmitSignal signal, TimeSpan now)
    {
        if (signal.Kind == SignalKind.Dispatched)
        {
            return;
        }

        if (signal.Verdict is CallVerdict.Success)
        {
            Of(signal.Product).Successes.Add(now);
        }
        else if (signal.Verdict is CallVerdict.Fault && signal.Class != OutcomeClass.Unknown)
        {
            Of(signal.Product).Faults.Add(now);
        }
    }

    public int Choices(Product? product, TimeSpan now) => Sum(product, counts => counts.Choices.Sum(now));

    /// <summary>Null when nothing ended that says anything.</summary>
    public double? SuccessRate(Product? product, TimeSpan now)
    {
        var successes = Sum(product, counts => counts.Successes.Sum(now));
        var faults = Sum(product, counts => counts.Faults.Sum(now));
        return successes + faults == 0 ? null : successes / (double)(successes + faults);
    }

    private int Sum(Product? product, Func<Counts, int> count) =>
        _byProduct.Where(entry => product is null || entry.Key == product).Sum(entry => count(entry.Value));

    private Counts Of(Product product)
    {
        if (!_byProduct.TryGetValue(product, out var counts))
        {
            counts = new Counts(NewMinute(), NewMinute(), NewMinute());
            _byProduct.Add(product, counts);
        }

        return counts;
    }

    private static SlidingCount NewMinute() => new(TimeSpan.FromSeconds(1), 60);

    private sealed record Counts(SlidingCount Choices, SlidingCount Successes, SlidingCount Faults);
}
