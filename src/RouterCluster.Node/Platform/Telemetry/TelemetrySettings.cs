using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Platform.Telemetry;

/// <param name="OtlpEndpoint">Of a collector that takes traces; null: none are made.</param>
/// <param name="Sample">Share of payments of which all spans are exported.</param>
/// <param name="SlowAfter">Payments that take longer are exported besides.</param>
/// <param name="KeptPerSecond">Payments a second that are exported besides the sample.</param>
/// <param name="WaitingSpans">Spans in memory of payments that may still turn out worth exporting.</param>
public sealed record TelemetrySettings(
    Uri? OtlpEndpoint, double Sample, TimeSpan SlowAfter, int KeptPerSecond, int WaitingSpans)
{
    internal static TelemetrySettings Read(SettingReader telemetry) => new(
        telemetry.Optional<string>("otlp-endpoint", "an http(s) URL", SettingValues.Url) is { } url ? new Uri(url) : null,
        telemetry.UpTo("sample", 1),
        telemetry.Duration("slow-after", TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1)),
        telemetry.Int("kept-per-second", 0, 100_000),
        telemetry.Int("waiting-spans", 0, 10_000_000));
}
