using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Routing.Messages;

namespace RouterCluster.Node.Routing;

/// <summary>
/// One per node, for its books: carries a <see cref="RoutingTable"/> that it keeps up to date from the channels' reports,
/// so that a route costs no call to another node.
/// </summary>
public sealed class RouterActor : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan SubscribeEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PublishEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LookAtCalendarEvery = TimeSpan.FromSeconds(1);

    // Sums over a month are costly; between two readings the router adds its own choices.
    private static readonly TimeSpan ReadVolumesEvery = TimeSpan.FromMinutes(5);

    private readonly RoutingTable _table;
    private readonly RouterClock _clock;
    private readonly Random _random;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly SampledLines _lines = new();
    private RouterInputs _inputs;
    private IActorRef _region = ActorRefs.Nobody;

    /// <param name="seed">Of random draws, so that a run can be repeated.</param>
    public RouterActor(RoutingTable table, RouterInputs inputs, RouterClock clock, int seed)
    {
        _table = table;
        _inputs = inputs;
        _clock = clock;
        _random = new Random(seed);
        Receive<AskRoute>(ask => Sender.Tell(
            new RouteAnswered(ask.RouteId, _table.Choose(ask.Request, _random.NextDouble(), _clock.Monotonic))));
        Receive<SettleRoute>(settle => _table.Settle(settle.Channel, settle.Merchant, _clock.Monotonic));
        Receive<ChannelReported>(OnReported);
        Receive<ChannelHistory>(_inputs.Channels.Write);
        Receive<UseChannels>(use =>
        {
            _region = use.Region;
            Subscribe();
        });
        Receive<ConfigurationTaken>(_ =>
        {
            Configure();
            Subscribe();
        });
        Receive<SubscribeAgain>(_ => Subscribe());
        Receive<Publish>(_ => PublishStandings());
        Receive<LookAtCalendar>(_ => Maintain());
        Receive<ReadVolumes>(_ => _inputs.ReadVolumes(_clock.Utc).PipeTo(Self));
        Receive<VolumesRead>(read => _inputs.Tell(read));
        Receive<Status.Failure>(failed => Context.GetLogger().Warning(failed.Cause, "The channels' volumes could not be read"));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(RoutingTable table, RouterInputs inputs, RouterClock clock, int seed) =>
        Akka.Actor.Props.Create(() => new RouterActor(table, inputs, clock, seed));

    protected override void PreStart()
    {
        Timers.StartPeriodicTimer(nameof(SubscribeAgain), SubscribeAgain.Instance, SubscribeEvery);
        Timers.StartPeriodicTimer(nameof(Publish), Publish.Instance, PublishEvery);
        Timers.StartPeriodicTimer(nameof(LookAtCalendar), LookAtCalendar.Instance, TimeSpan.Zero, LookAtCalendarEvery);
        Configure();
        Context.System.EventStream.Subscribe(Self, typeof(ConfigurationTaken));
    }

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);

    /// <summary>
    /// Waiting messages outlive the actor: the restarted one is told the channels' region before later messages, and
    /// subscribes again.
    /// </summary>
    protected override void PreRestart(Exception reason, object message)
    {
        Self.Tell(new UseChannels(_region));
        base.PreRestart(reason, message);
    }

    /// <summary>
    /// The owner that says that it leaves is left for its successor at once: the region keeps the subscription until the
    /// channel has moved.
    /// </summary>
    private void OnReported(ChannelReported told)
    {
        var channel = told.Report.Channel;
        var isLeft = told.Report.NoOwnerSince is not null
            && _inputs.Channels.ReportOf(channel) is { Report.NoOwnerSince: null };
        _inputs.Channels.Write(told);
        _table.Fold(told.Report, _clock.Monotonic);
        if (_inputs.Calendar.Hear(told.Report))
        {
            Maintain();
        }

        if (isLeft)
        {
            Subscribe(channel);
        }
    }

    /// <summary>Also when the actor starts: a restarted one was made with the configuration of the node's start.</summary>
    private void Configure()
    {
        if (_inputs.Configured?.Invoke() is { } now)
        {
            _table.Configure(now.Channels, now.Rules);
            _inputs.Calendar.Configure(now.Windows);
            _inputs = _inputs with { Commitments = PolicyCatalog.Commitments(now.Rules) };
            Maintain();
        }

        if (!_inputs.Commitments.IsEmpty)
        {
            Timers.StartPeriodicTimer(nameof(ReadVolumes), ReadVolumes.Instance, TimeSpan.Zero, ReadVolumesEvery);
        }
    }

    private void PublishStandings()
    {
        foreach (var change in _table.LookForOutages(_clock.Monotonic, _clock.Utc))
        {
            LogOutage(change);
        }

        _inputs.Channels.Write(_table.Channels.ToImmutableDictionary(id => id, id => _table.Standing(id, _clock.Monotonic)));
        _inputs.Policies.Write(_table.PolicyStandings());
    }

    private void LogOutage(OutageChange change)
    {
        if (_lines.Allows($"{change.Channel} {change.Now}", _clock.Monotonic, out var leftOut))
        {
            _log.Warning(
                "Channel {Channel}: its outage is {Outage} now, {Before} before ({LeftOut} such lines left out)",
                change.Channel, change.Now.Name(), change.Before.Name(), leftOut);
        }
    }

    private void Maintain()
    {
        var (utc, monotonic) = (_clock.Utc, _clock.Monotonic);
        _table.Maintain(_inputs.Calendar.At(utc), utc, monotonic);
    }

    /// <summary>Also wakes channels that no node has started, and finds channels that moved.</summary>
    private void Subscribe()
    {
        foreach (var channel in _table.Channels)
        {
            Subscribe(channel);
        }
    }

    private void Subscribe(ChannelId channel) =>
        _region.Tell(new SubscribeToReports(channel, _inputs.Channels.HistoryOf(channel)?.Last?.At));

    public sealed record UseChannels(IActorRef Region) : INoSerializationVerificationNeeded;

    private sealed record SubscribeAgain : INoSerializationVerificationNeeded
    {
        public static readonly SubscribeAgain Instance = new();
    }

    private sealed record LookAtCalendar : INoSerializationVerificationNeeded
    {
        public static readonly LookAtCalendar Instance = new();
    }

    private sealed record ReadVolumes : INoSerializationVerificationNeeded
    {
        public static readonly ReadVolumes Instance = new();
    }

    private sealed record Publish : INoSerializationVerificationNeeded
    {
        public static readonly Publish Instance = new();
    }
}
