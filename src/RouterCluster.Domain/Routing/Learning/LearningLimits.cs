namespace RouterCluster.Domain.Routing.Learning;

/// <summary>The learner's constants: memories, doubts and patience. None depends on certain traffic.</summary>
public sealed record LearningLimits
{
    public static readonly LearningLimits Default = new();

    /// <summary>In seconds; busy segments forget by <see cref="MostOutcomes"/>.</summary>
    public double ShortestHalfLifeS { get; init; } = 900;

    public double LongestHalfLifeS { get; init; } = 30 * 86400;

    /// <summary>In the segment's own payments, so that slow traffic does not forget before it knows.</summary>
    public double SegmentHalfLife { get; init; } = 1000;

    /// <summary>In payments of all segments.</summary>
    public double ChannelHalfLife { get; init; } = 10_000;

    /// <summary>
    /// The most outcomes that a segment's knowledge rests on, so that a slow change is followed; in busy segments those of
    /// <see cref="OutcomesOfS"/> seconds, for one channel <see cref="MostOutcomes"/>: the segment's baseline must be the
    /// slower one, or a sinking channel would lower its own measure.
    /// </summary>
    public double FewestOutcomes { get; init; } = 500;

    public double OutcomesOfS { get; init; } = 300;

    public double MostOutcomes { get; init; } = 2000;

    /// <summary>A channel's ratio to the segment before anything is known, and its weight.</summary>
    public double Prior { get; init; } = 0.95;

    public double PriorOutcomes { get; init; } = 3;

    /// <summary>The weight in outcomes of the channel's whole for one product, and of the product for one segment.</summary>
    public double ProductPriorOutcomes { get; init; } = 10;

    public double SegmentPriorOutcomes { get; init; } = 30;

    /// <summary>The share of the doubt that chance may add or take: less than Thompson's 1, since probes explore too.</summary>
    public double Noise { get; init; } = 0.35;

    /// <summary>
    /// After so many customers' faults in a row over all its segments, a channel is taken to report its own faults as the
    /// customers'. The row must also have lasted as long as <see cref="SuccessesMissed"/> successes usually take.
    /// </summary>
    public int CustomerFaultsInARow { get; init; } = 40;

    public double SuccessesMissed { get; init; } = 20;

    /// <summary>How firmly a payer or merchant is taken for an average one before it has shown otherwise.</summary>
    public double SourcePriorOutcomes { get; init; } = 2;

    /// <summary>Failures count less where the square of a source's relative success is below the inverse of this.</summary>
    public double SourceTolerance { get; init; } = 1.5;

    /// <summary>At least this, and at least <see cref="SourceHalfLife"/> payments.</summary>
    public double SourceHalfLifeS { get; init; } = 600;

    public double SourceHalfLife { get; init; } = 2000;

    /// <summary>The ratio to its usual success that the alarm of an outage is tuned to.</summary>
    public double FallRatio { get; init; } = 0.7;

    /// <summary>The same for falls after which another channel is preferred, and no more.</summary>
    public double SmallFallRatio { get; init; } = 0.9;

    /// <summary>An alarm may be false once in so many seconds.</summary>
    public double FalseAlarmS { get; init; } = 50_000;

    /// <summary>In slow traffic <see cref="FalseAlarmS"/> would permit a false alarm every few payments.</summary>
    public double LeastAlarm { get; init; } = 10;

    public double MostAlarm { get; init; } = 17;

    /// <summary>The evidence, as a log likelihood ratio, that an outage has ended.</summary>
    public double Recovery { get; init; } = 3;

    /// <summary>The least share of a segment's payments for each candidate, to find out.</summary>
    public double Probes { get; init; } = 0.002;

    /// <summary>
    /// Below so many expected successes a channel gets more probes: one that begins with bad luck must not be judged by it
    /// for thousands of payments.
    /// </summary>
    public double KnownFrom { get; init; } = 10;

    /// <summary>The share of probes during an outage, when there is more to find out.</summary>
    public double OutageProbes { get; init; } = 0.015;

    /// <summary>The share of payments too large for probes that still try a channel in trouble.</summary>
    public double StandIns { get; init; } = 0.05;

    public double StandInAfterS { get; init; } = 60;

    /// <summary>A segment in which more than this share of the payments succeeds is the usual case.</summary>
    public double PlentifulSuccess { get; init; } = 0.8;

    public double MostScarcity { get; init; } = 8;

    /// <summary>The first size of the window of unanswered payments, also after an outage or a hang.</summary>
    public double FirstWindow { get; init; } = 8;
}
