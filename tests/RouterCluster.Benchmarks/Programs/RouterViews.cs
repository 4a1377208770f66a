using RouterCluster.Benchmarks.Views;

namespace RouterCluster.Benchmarks.Programs;

/// <param name="AreOn">False: no counters and no metrics.</param>
/// <param name="Collector">Null: no traces.</param>
internal sealed record RouterViews(bool AreOn, Uri? Collector)
{
    /// <summary>As a node has them that nobody configures.</summary>
    public static readonly RouterViews Usual = new(AreOn: true, Collector: null);

    public static readonly RouterViews None = new(AreOn: false, Collector: null);

    public string Settings =>
        Collector is null ? "" : $"telemetry.otlp-endpoint = \"{Collector.GetLeftPart(UriPartial.Authority)}\"";

    public IReadOnlyDictionary<string, string> Environment =>
        AreOn ? new Dictionary<string, string>() : new Dictionary<string, string> { [WithoutViews.Variable] = "1" };
}
