using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using RouterCluster.Node.Alerts;
using RouterCluster.Node.Commits;
using RouterCluster.Node.Console;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Benchmarks.Views;

/// <summary>
/// Takes counters and metrics out of a node before it is built, as test hosts replace services: a node has no setting for that.
/// What alerts and the console hear stays.
/// </summary>
internal sealed class WithoutViews : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    public const string Variable = "ROUTERCLUSTER_WITHOUT_VIEWS";

    private const string Hosting = "Microsoft.Extensions.Hosting";
    private const string Building = "HostBuilding";

    public static void Begin() => DiagnosticListener.AllListeners.Subscribe(new WithoutViews());

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Hosting)
        {
            value.Subscribe(this);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key == Building)
        {
            ((IHostBuilder)value.Value!).ConfigureServices(TakeOut);
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static void TakeOut(IServiceCollection services)
    {
        // The meter has a name that nobody listens to: its instruments do nothing.
        services.RemoveAll<RouterMetrics>().AddSingleton(_ => new RouterMetrics("unheard"));
        services.RemoveAll<ICommitSubscriber>()
            .AddSingleton<ICommitSubscriber>(node => node.GetRequiredService<AttemptTally>())
            .AddSingleton<ICommitSubscriber>(node => node.GetRequiredService<LiveOutcomes>());
    }
}
