using OpenTelemetry.Metrics;

namespace RouterCluster.Node.Platform.Telemetry;

internal static class TelemetryHosting
{
    /// <summary>The framework's lines per request are off: they would cost more than the request.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(RouterMetrics.MeterName)
            .AddPrometheusExporter(exporter =>
            {
                exporter.ScopeInfoEnabled = false;
                exporter.TargetInfoEnabled = false;
            }));
        return services.AddSingleton<RouterMetrics>().AddSingleton<Troubles>().AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
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
