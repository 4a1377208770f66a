using System.Collections.Immutable;

namespace RouterCluster.Domain.Alerts;

/// <summary>Successes and channel's faults of one window; customers' failures are neither.</summary>
public readonly record struct Trials(int Successes, int Faults)
{
    public int All => Successes + Faults;

    public double FaultRate => All == 0 ? 0 : Faults / (double)All;
}

/// <summary>One channel's results of one product in windows of different lengths, and its own usual.</summary>
/// <param name="Usual">Its usual share of faults, 0–1, with an allowance for how little is known of it.</param>
/// <param name="Dispersion">How much more its minutes vary than independent attempts would, at least 1.</param>
public sealed record RateFigures(ImmutableArray<(TimeSpan Window, Trials Trials)> Windows, double Usual, double Dispersion);
