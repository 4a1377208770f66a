using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Checks;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Telemetry;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Alerts;

/// <summary>This node's sources of figures.</summary>
internal sealed record NodeFiguresContext(
    IReadOnlyList<ChannelSettings> Channels, int Books, AttemptTally Tally, ChannelReports Reports, CommitTimes Commits,
    Troubles Troubles, IWebhooks Webhooks, ChannelSilences Silences, ImmutableArray<CertificateFigures> Certificates,
    ForeignAddresses Foreign, RouterClock Clock);

/// <summary>Sends this node's figures to whichever node evaluates the alerts.</summary>
internal sealed class NodeFiguresActor : ReceiveActor, IWithTimers
{
    public static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private readonly IActorRef _alerts;
    private readonly NodeFiguresContext _context;
    private readonly string _address = Cluster.Get(Context.System).SelfAddress.ToString();

    public NodeFiguresActor(IActorRef alerts, NodeFiguresContext context)
    {
        (_alerts, _context) = (alerts, context);
        Receive<Send>(_ => _alerts.Tell(Figures()));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(IActorRef alerts, NodeFiguresContext context) =>
        Akka.Actor.Props.Create(() => new NodeFiguresActor(alerts, context));

    protected override void PreStart() => Timers.StartPeriodicTimer(nameof(Send), Send.Instance, Every);

    private ReportNodeFigures Figures() => new(
        _address,
        [.. _context.Tally.Take()],
        [.. _context.Channels.Select(channel => _context.Reports.Unknown(channel.Id))
            .Where(unknown => unknown.Count > 0).Select(unknown => new ChannelUnknowns(
                unknown.Channel, new UnknownFigures(unknown.Count, unknown.Amount, unknown.Oldest)))],
        _context.Commits.NextP99(),
        StorageProblem(),
        [.. _context.Webhooks.Backlogs.Where(backlog => backlog.Value.MostTries > 0).Select(backlog =>
            new WebhookFigures(backlog.Key, (int)Math.Min(backlog.Value.Pending, int.MaxValue), backlog.Value.MostTries))])
    {
        Silent = [.. Silent(_context.Clock.Monotonic)],
        Certificates = _context.Certificates,
        Foreign = [.. _context.Foreign.Take()],
        Taken = [.. _context.Tally.TakePayments()],
    };

    private IEnumerable<SilentChannel> Silent(TimeSpan now) => _context.Silences.All().Select(silent =>
        new SilentChannel(silent.Channel, new SilenceFigures(silent.Calls.Count, now - silent.Calls.Since)));

    private string? StorageProblem() => Enumerable.Range(0, _context.Books)
        .Select(PaymentBookEntity.SubjectOf)
        .Select(book => _context.Troubles.Of(book) is { } problem ? $"{book} takes no payments: {problem}" : null)
        .FirstOrDefault(problem => problem is not null);

    private sealed record Send : INoSerializationVerificationNeeded
    {
        public static readonly Send Instance = new();
    }
}
