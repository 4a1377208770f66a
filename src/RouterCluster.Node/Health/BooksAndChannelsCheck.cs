using Akka.Actor;
using Akka.Cluster;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Telemetry;

namespace RouterCluster.Node.Health;

/// <summary>Asks in the background which books answer and which channels have an owner.</summary>
internal sealed class BooksAndChannelsCheck(
    ActorSystem system, IPayments payments, IChannels channels, Troubles troubles, NodeSettings settings,
    Platform.Cluster.ClusterSettings cluster, TimeProvider clock)
    : BackgroundService, IReadinessCheck
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile NodeStanding? _standing;

    /// <summary>Ends when the node is open for the first time.</summary>
    public Task Opened => _opened.Task;

    public string? Problem() => ProblemOf(_standing);

    public IEnumerable<(string Kind, int Count)> NotReady(string name)
    {
        var standing = _standing;
        return [("node", standing is { IsUp: true } ? 0 : 1), ("books", standing?.Books.Count ?? 0),
            ("channels", standing?.Channels.Count ?? 0)];
    }

    /// <summary>Names the silent books and channels in one line.</summary>
    internal static string? ProblemOf(NodeStanding? standing) => standing switch
    {
        null => "no book and no channel has answered yet",
        { IsOpen: true } => null,
        { IsUp: false } => "the node is not up in its cluster",
        { HasOwners: false } => $"no node of the cluster has the role {ClusterRoles.Channels}, so nobody owns books and channels",
        { ServesTheRest: true } => null,
        _ => string.Join("; ", new[] { Silent("book", standing.Books), Silent("channel", standing.Channels) }.OfType<string>()),
    };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            limit.CancelAfter(Patience);
            var standing = await AskAsync(limit.Token);
            _standing = standing;
            if (standing.IsOpen)
            {
                _opened.TrySetResult();
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<NodeStanding> AskAsync(CancellationToken cancellation)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, settings.Books)
            .Select(book => payments.GetAsync(NobodysIn(book), cancellation)));
        SilentPart[] books = [.. Enumerable.Range(0, settings.Books)
            .Where(book => answers[book] is not BookAnswer.NoSuchPayment)
            .Select(book => new SilentPart($"{book}", troubles.Of(PaymentBookEntity.SubjectOf(book))))];
        var all = channels.All();
        SilentPart[] silent = [.. all
            .Where(IsSilent)
            .Select(channel => new SilentPart($"{channel.Channel}", WhyNot(channel)))];
        var members = Cluster.Get(system);
        return new NodeStanding(members.SelfMember.Status == MemberStatus.Up, books, silent)
        {
            HasOwners = members.State.Members.Any(
                member => member.Status == MemberStatus.Up && member.HasRole(ClusterRoles.Channels)),
            ServesTheRest = !cluster.IsAlone && _opened.Task.IsCompleted
                && books.Length < settings.Books && silent.Length < all.Count,
        };
    }

    /// <summary>
    /// A node opens when its channels send. After that one channel that waits for its last owner's calls must not take the
    /// traffic from all nodes.
    /// </summary>
    private bool IsSilent(ChannelStatus channel) =>
        channel.WaitsForLastOwner ? !_opened.Task.IsCompleted : channel.Lifecycle == ChannelLifecycle.NoOwner;

    private string? WhyNot(ChannelStatus channel) =>
        troubles.Of(ChannelEntity.SubjectOf(channel.Channel))
        ?? (channel.WaitsForLastOwner ? "calls of its last owner may still run" : null);

    /// <summary>An id that no payment has, to ask a book whether it answers.</summary>
    private static PaymentId NobodysIn(int book) => PaymentId.Parse($"pay_{book:x3}{new string('0', 26)}")
        ?? throw new InvalidOperationException("the id's form has changed");

    private static string? Silent(string kind, IReadOnlyList<SilentPart> parts)
    {
        if (parts.Count == 0)
        {
            return null;
        }

        var why = parts.Select(part => part.Why).OfType<string>().FirstOrDefault();
        var names = string.Join(", ", parts.Select(part => part.Name));
        var verb = parts.Count == 1 ? $"{kind} {names} does not answer" : $"{kind}s {names} do not answer";
        return why is null ? verb : $"{verb}: {why}";
    }
}
