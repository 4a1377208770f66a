namespace RouterCluster.Domain.Routing.Learning;

internal sealed class LearnerMemory(LearningLimits limits)
{
    /// <summary>Where most payments succeed, a channel whose success falls below this part of the usual is down.</summary>
    public const double DownBelowWhenPlentiful = 0.6;

    private readonly PerCell<SegmentMemory> _segments = new();
    private ChannelMemory[] _channels = [];

    public ArrivalGap Gap = new(0.01);

    public PerCell<CellMemory> Cells { get; } = new();

    public ReadOnlySpan<ChannelMemory> Channels => _channels;

    public ChannelMemory Channel(int index)
    {
        while (index >= _channels.Length)
        {
            Array.Resize(ref _channels, _channels.Length + 1);
            _channels[^1] = new ChannelMemory(limits);
        }

        return _channels[index];
    }

    public SegmentMemory Segment(int index)
    {
        if (_segments.Find(index, 0) is { } known)
        {
            return known;
        }

        var added = new SegmentMemory();
        _segments.Set(index, 0, added);
        return added;
    }

    public CellMemory Cell(int segment, int channel)
    {
        if (Cells.Find(segment, channel) is { } known)
        {
            return known;
        }

        var added = new CellMemory();
        Cells.Set(segment, channel, added);
        return added;
    }

    public double SegmentHalfLifeS(SegmentMemory segment) => Math.Clamp(
        limits.SegmentHalfLife / Scarcity(segment) * segment.Gap.MeanS,
        limits.ShortestHalfLifeS, limits.LongestHalfLifeS);

    public double ChannelHalfLifeS() =>
        Math.Clamp(limits.ChannelHalfLife * Gap.MeanS, limits.ShortestHalfLifeS, limits.LongestHalfLifeS);

    public double SourceHalfLifeS() => Math.Max(limits.SourceHalfLifeS, limits.SourceHalfLife * Gap.MeanS);

    public double MostOutcomes(SegmentMemory segment) =>
        Math.Max(limits.OutcomesOfS / segment.Gap.MeanS, limits.FewestOutcomes / Scarcity(segment));

    public static double OutageMemoryS(SegmentMemory segment) => Math.Max(60, 20 * segment.Gap.MeanS);

    /// <summary>
    /// 1 where most payments succeed, more where few do. There channels differ by more and one failure proves less:
    /// memories are shorter, alarms later and chance is larger.
    /// </summary>
    public double Scarcity(SegmentMemory segment) => Math.Min(limits.MostScarcity, segment.Rarity * segment.Rarity);

    public double DownBelow(SegmentMemory segment) => DownBelowWhenPlentiful / Scarcity(segment);

    public SegmentTerms Terms(SegmentMemory segment) => new(
        segment.Success,
        DownBelow(segment),
        limits.PriorOutcomes / segment.Rarity,
        limits.ProductPriorOutcomes / segment.Rarity,
        limits.SegmentPriorOutcomes / segment.Rarity);

    /// <summary>Success relative to the segment, and the number of expected successes that it rests on.</summary>
    public (double Ratio, double Expected) Ratio(ChannelMemory channel, CellMemory cell, in SegmentTerms terms, int product)
    {
        var whole = channel.Tally.Ratio(limits.Prior, terms.Prior);
        var ofProduct = channel.Product(product).Ratio(whole, terms.ProductPrior);
        return (cell.Tally.Ratio(ofProduct, terms.SegmentPrior), cell.Tally.Expected + terms.SegmentPrior);
    }

    /// <summary>The share of the segment's payments that the channel is expected to succeed with, 0.01–0.985.</summary>
    public double UsualSuccess(ChannelMemory channel, CellMemory cell, in SegmentTerms terms, int product) =>
        Math.Clamp(terms.Success * Ratio(channel, cell, terms, product).Ratio, 0.01, 0.985);
}

/// <param name="Prior">In outcomes: where less succeeds, an outcome brings fewer expected successes.</param>
internal readonly record struct SegmentTerms(
    double Success, double DownBelow, double Prior, double ProductPrior, double SegmentPrior);
