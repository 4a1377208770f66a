using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Routing;

internal sealed class LastMinute
{
    private readonly Dictionary<Product, Counts> _byProduct = [];
    private double? _lastRate;

    public void Choice(Product product, TimeSpan now) => Of(product).Choices.Add(now);

    public void Success(Product product, TimeSpan now)
    {
        Of(product).Successes.Add(now);
        RememberRates(product, now);
    }

    public void Fault(Product product, TimeSpan now)
    {
        Of(product).Faults.Add(now);
        RememberRates(product, now);
    }

    public void TakeBackFault(Product product, TimeSpan countedAt, TimeSpan now)
    {
        Of(product).Faults.TakeBack(countedAt, now);
        RememberRates(product, now);
    }

    public int Choices(Product? product, TimeSpan now)
    {
        var sum = 0;
        foreach (var (one, counts) in _byProduct)
        {
            sum += product is null || one == product ? counts.Choices.Sum(now) : 0;
        }

        return sum;
    }

    /// <summary>The last known rate when no attempt ended; null before the first end.</summary>
    public double? SuccessRate(Product? product, TimeSpan now) =>
        RateNow(product, now) ?? (product is { } one ? _byProduct.GetValueOrDefault(one)?.LastRate : _lastRate);

    /// <summary>Not at each look: while the minute empties, its last few ends would pass for the whole.</summary>
    private void RememberRates(Product product, TimeSpan now)
    {
        var counts = Of(product);
        counts.LastRate = RateNow(product, now) ?? counts.LastRate;
        _lastRate = RateNow(null, now) ?? _lastRate;
    }

    private double? RateNow(Product? product, TimeSpan now)
    {
        var (successes, faults) = (0, 0);
        foreach (var (one, counts) in _byProduct)
        {
            if (product is null || one == product)
            {
                successes += counts.Successes.Sum(now);
                faults += counts.Faults.Sum(now);
            }
        }

        return successes + faults == 0 ? null : successes / (double)(successes + faults);
    }

    private Counts Of(Product product)
    {
        if (!_byProduct.TryGetValue(product, out var counts))
        {
            counts = new Counts();
            _byProduct.Add(product, counts);
        }

        return counts;
    }

    private sealed class Counts
    {
        public SlidingCount Choices { get; } = NewMinute();

        public SlidingCount Successes { get; } = NewMinute();

        public SlidingCount Faults { get; } = NewMinute();

        public double? LastRate { get; set; }

        private static SlidingCount NewMinute() => new(TimeSpan.FromSeconds(1), 60);
    }
}
