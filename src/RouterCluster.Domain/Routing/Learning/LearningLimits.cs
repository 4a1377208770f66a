namespace RouterCluster.Domain.Routing.Learning;

/// <summary>The numbers of the learner. Each is a memory, a doubt or a patience; none is about a certain traffic.</summary>
public sealed record LearningLimits
{
    public static readonly LearningLimits Default = new();

    /// <summary>Shortest half-life of anything learned, in seconds; busy segments forget by <see cref="MostOutcomes"/>.</summary>
    public double ShortestHalfLifeS { get; init; } = 900;

    public double LongestHalfLifeS { get; init; } = 30 * 86400;

    /// <summary>Half-life of a segment's knowledge, in its own payments: slow traffic must not forget before it knows.</summary>
    public double SegmentHalfLife { get; init; } = 1000;

    /// <summary>The same for a channel as a whole, in payments of all segments.</summary>
    public double ChannelHalfLife { get; init; } = 10_000;

    /// <summary>
    /// A segment's knowledge rests on no more outcomes than this, so that a slow change is followed in any traffic, and
    /// in busy segments on those of so many seconds. Of one channel that is up to <see cref="MostOutcomes"/>; the
    /// segment's baseline must be the slower of the two, or a channel that sinks takes the measure down with it.
    /// </summary>
    public double FewestOutcomes { get; init; } = 500;

    public double OutcomesOfS { get; init; } = 300;

    public double MostOutcomes { get; init; } = 2000;

    /// <summary>What a channel is worth relative to the segment before anything is known, and how firmly.</summary>
    public double Prior { get; init; } = 0.95;

    public double PriorOutcomes { get; init; } = 3;

    /// <summary>How many outcomes the channel's whole is worth for one product, and that for one segment.</summary>
    public double ProductPriorOutcomes { get; init; } = 10;

    public double SegmentPriorOutcomes { get; init; } = 30;

    /// <summary>Share of the doubt that chance may add or take: less than Thompson's 1, since probes explore too.</summary>
    public double Noise { get; init; } = 0.35;

    /// <summary>
    /// Customers' faults say nothing of a channel, however many; but after so many of them without one success between,
    /// over all its segments, the channel is taken to call its own faults the customers'. The row must also have lasted
    /// as long as so many successes take: a storm of declines goes on beside the successes of others.
    /// </summary>
    public int CustomerFaultsInARow { get; init; } = 40;

    public double SuccessesMissed { get; init; } = 20;

    /// <summary>How firmly a payer or merchant is taken for one like the others before it has shown what it is.</summary>
    public double SourcePriorOutcomes { get; init; } = 2;

    /// <summary>
    /// Failures count less where the square of a source's success, relative to others', is below the inverse of this.
    /// </summary>
    public double SourceTolerance { get; init; } = 1.5;

    /// <summary>Half-life of what is known of sources: no less than this, and no less than so many payments.</summary>
    public double SourceHalfLifeS { get; init; } = 600;

    public double SourceHalfLife { get; init; } = 2000;

    /// <summary>Ratio to its usual success that the alarm of an outage is tuned to.</summary>
    public double FallRatio { get; init; } = 0.7;

    /// <summary>The same for falls that are worth a change of the channel and no more.</summary>
    public double SmallFallRatio { get; init; } = 0.9;

    /// <summary>An alarm may be false once in so many seconds.</summary>
    public double FalseAlarmS { get; init; } = 50_000;

    /// <summary>Least evidence for an alarm: in slow traffic one in so many seconds would be one in few payments.</summary>
    public double LeastAlarm { get; init; } = 10;

    public double MostAlarm { get; init; } = 17;

    /// <summary>Evidence, as a log likelihood ratio, that an outage has ended.</summary>
    public double Recovery { get; init; } = 3;

    /// <summary>Share of a segment's payments that each candidate gets at least, to find out.</summary>
    public double Probes { get; init; } = 0.002;

    /// <summary>
    /// A channel of which fewer successes than these were expected so far gets as many times more probes as are missing:
    /// one that has begun with bad luck must not be judged by it for thousands of payments.
    /// </summary>
    public double KnownFrom { get; init; } = 10;

    /// <summary>The share of probes during an outage, when there is more to find out.</summary>
    public double OutageProbes { get; init; } = 0.015;

    /// <summary>
    /// Share of the payments too large to find out with that try a channel in trouble all the same, once so many
    /// seconds have passed without a smaller one that could.
    /// </summary>
    public double StandIns { get; init; } = 0.05;

    public double StandInAfterS { get; init; } = 60;

    /// <summary>A segment in which more than this share of the payments succeeds is the usual case.</summary>
    public double PlentifulSuccess { get; init; } = 0.8;

    public double MostScarcity { get; init; } = 8;

    /// <summary>First size of the window of unanswered payments, also after an outage or a hang.</summary>
    public double FirstWindow { get; init; } = 8;
}
