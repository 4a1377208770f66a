namespace RouterCluster.Domain.Routing.Learning;

/// <summary>Cheap normal numbers: a fixed table, entered at a place that the draw gives.</summary>
internal struct NormalTable(double draw)
{
    private const int Length = 4096;
    private const double Widest = 2;
    private static readonly double[] Values = Make();
    private int _next = (int)(draw * Length);

    public double Next() => Values[_next++ & (Length - 1)];

    private static double[] Make()
    {
        var draws = new DrawStream(0.5);
        var values = new double[Length];
        foreach (ref var value in values.AsSpan())
        {
            value = Math.Clamp(draws.NextNormal(), -Widest, Widest);
        }

        return values;
    }
}
