using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using RouterCluster.Node.Platform.Telemetry.Spans;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Platform.Telemetry;

internal static class TelemetryHosting
{
    private const string TracesPath = "/v1/traces";

    private static int _nodes;

    /// <summary>The framework's lines per request are off: they would cost more than the request.</summary>
    public static IServiceCollection AddTelemetry(
        this IServiceCollection services, TelemetrySettings settings, string environment)
    {
        var meter = FormattableString.Invariant($"{RouterMetrics.MeterName}.{Interlocked.Increment(ref _nodes)}");
        services.AddSpans(settings, environment);
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(meter)
            .AddPrometheusExporter(exporter =>
            {
                exporter.ScopeInfoEnabled = false;
                exporter.TargetInfoEnabled = false;
            }));
        return services.AddSingleton(_ => new RouterMetrics(meter)).AddSingleton<Troubles>().AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
    }

    /// <summary>Without a collector nothing listens to spans, and none are made.</summary>
    private static void AddSpans(this IServiceCollection services, TelemetrySettings settings, string environment)
    {
        if (settings.OtlpEndpoint is not { } endpoint)
        {
            services.AddSingleton(PaymentSpans.Off);
            return;
        }

        services.AddSingleton(provider => new PaymentSpans(
            new SpanRules(settings.Sample, settings.KeptPerSecond, settings.WaitingSpans), settings.SlowAfter,
            provider.GetRequiredService<RouterClock>()));
        services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.SetExemplarFilter(ExemplarFilterType.TraceBased))
            .ConfigureResource(resource => resource
                .AddService("router", autoGenerateServiceInstanceId: true)
                .AddAttributes([new("deployment.environment.name", environment)]))
            .WithTracing(tracing => tracing
                .SetSampler(new AlwaysOnSampler())
                .AddSource(SpanWriter.Sources)
                .AddOtlpExporter(exporter =>
                {
                    exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
                    exporter.Endpoint = endpoint.AbsolutePath == "/" ? new Uri(endpoint, TracesPath) : endpoint;
                }));
    }

    public static void LogToConsole(this ILoggingBuilder logging, TimeProvider machine)
    {
        logging.ClearProviders();
        if (System.Console.IsOutputRedirected)
        {
            logging.AddJsonConsole(options => (options.UseUtcTimestamp, options.TimestampFormat) = (true, "O"));
        }
        else
        {
            logging.AddSimpleConsole(options => (options.SingleLine, options.TimestampFormat) = (true, "HH:mm:ss.fff "));
        }

        logging.Limit(machine);
    }
}
