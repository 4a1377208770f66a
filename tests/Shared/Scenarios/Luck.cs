namespace RouterCluster.Testing.Scenarios;

/// <summary>All that is chance about one payment; every payment takes the same numbers, whoever decides.</summary>
internal readonly struct Luck(Random random)
{
    public readonly double Segment = random.NextDouble();
    public readonly double Draw = random.NextDouble();
    public readonly double Customer = random.NextDouble();
    public readonly double Success = random.NextDouble();
    public readonly double Label = random.NextDouble();
    public readonly double Which = random.NextDouble();
    public readonly double Even = random.NextDouble();
    public readonly double Normal =
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
