using RouterCluster.Domain.Routing;

namespace RouterCluster.Domain.Forecasts;

/// <summary>
/// Memory that the choices of one forecast use one after the other, and the noise of each draw, which the groups share: every
/// group begins with the same draws.
/// </summary>
internal sealed class ForecastBuffers(int channels)
{
    private const int MostKept = 256;
    private const double MostDeviations = 2;

    private readonly Dictionary<double, double[]> _noise = [];
    private readonly double[] _last = new double[channels];

    public Candidate[] Candidates { get; } = new Candidate[channels];

    public double[] Scores { get; } = new double[channels];

    /// <summary>Places of the channels that take a payment.</summary>
    public int[] Able { get; } = new int[channels];

    /// <summary>Standard deviations by which each candidate's rate is off, in the order of the candidates.</summary>
    public double[] NoiseOf(double draw)
    {
        if (_noise.TryGetValue(draw, out var known))
        {
            return known;
        }

        var noise = _last;
        if (_noise.Count < MostKept)
        {
            _noise[draw] = noise = new double[channels];
        }

        var stream = new DrawStream(draw);
        for (var i = 0; i < noise.Length; i++)
        {
            noise[i] = Math.Clamp(stream.NextNormal(), -MostDeviations, MostDeviations);
        }

        return noise;
    }
}
