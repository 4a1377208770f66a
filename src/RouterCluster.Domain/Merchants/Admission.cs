namespace RouterCluster.Domain.Merchants;

/// <summary>The answer to an <see cref="AdmissionRequest"/>.</summary>
public abstract record Admission
{
    private Admission()
    {
    }

    /// <param name="At">The payment must be stored within <see cref="AdmissionRules.StoreWithin"/> from here.</param>
    /// <param name="Day">The day that the amount counts in.</param>
    /// <param name="Others">Other numbers with the same content that were admitted not long ago, the oldest first.</param>
    public sealed record Granted(DateTimeOffset At, long Day, IReadOnlyList<Sighting> Others) : Admission
    {
        /// <summary>When all tokens of the rate are back.</summary>
        public DateTimeOffset FullAt { get; init; }
    }

    public sealed record TooFast(TimeSpan Wait) : Admission;

    public sealed record DayIsFull(TimeSpan UntilTomorrow) : Admission;
}
