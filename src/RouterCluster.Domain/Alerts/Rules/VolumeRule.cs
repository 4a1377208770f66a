namespace RouterCluster.Domain.Alerts.Rules;

/// <summary>
/// Far fewer or far more payments of one product come than in earlier weeks at the same time, and chance does not explain it.
/// </summary>
/// <param name="deviation">Of the usual number, 0–1.</param>
/// <param name="fewest">Payments in a quarter of an hour that came or are usual; below it nothing is told.</param>
internal sealed class VolumeRule(double deviation, int fewest) : IAlertRule
{
    private const int FewestWeeks = 2;

    /// <summary>In nats: e^-12 is one in 160,000, which at 96 quarters a day is once in four years and a half.</summary>
    private const double Improbable = 12;

    /// <summary>What is more probable than this, one in 20, ends an alert.</summary>
    private const double Ordinary = 3;

    public AlertRule Rule => AlertRule.Volume;

    /// <summary>A quarter of an hour is confirmation enough.</summary>
    public TimeSpan Lasting => TimeSpan.Zero;

    public IEnumerable<Finding> Look(AlertFigures figures) =>
        from volume in figures.Volumes
        where volume.Weeks >= FewestWeeks
        let finding = Look(new AlertSubject { Product = volume.Product }, volume)
        where finding is not null
        select finding;

    /// <summary>
    /// Between the usual numbers of two neighbouring quarters everything is usual: the step from one to the other may come at
    /// any minute.
    /// </summary>
    private Finding? Look(AlertSubject subject, VolumeFigures volume)
    {
        if (volume.Taken is not { } taken)
        {
            return Finding.Unclear(Rule, subject);
        }

        var usual = Math.Clamp(taken, volume.UsualLeast, volume.UsualMost);
        var away = Math.Abs(taken - usual) / Math.Max(usual, 1);
        var surprise = Surprise(taken, Math.Max(usual, 1)) / (1 + (1.0 / volume.Weeks));
        if (away > deviation && surprise >= Improbable && Math.Max(taken, usual) >= fewest)
        {
            var threshold = usual * (taken < usual ? 1 - deviation : 1 + deviation);
            return Finding.Bad(
                Rule, subject, taken, threshold,
                $"{taken} payments came in 15 min, usually {usual:0.#} at this time ({volume.Weeks} earlier weeks)");
        }

        return away <= deviation / 2 || surprise < Ordinary ? null : Finding.Unclear(Rule, subject);
    }

    /// <summary>
    /// Chernoff's bound of a Poisson variable: so few or so many have at most the probability e^-n. The usual number is itself
    /// the middle of a few such variables, which the caller allows for.
    /// </summary>
    private static double Surprise(int taken, double usual) =>
        taken == 0 ? usual : (taken * Math.Log(taken / usual)) - taken + usual;
}
