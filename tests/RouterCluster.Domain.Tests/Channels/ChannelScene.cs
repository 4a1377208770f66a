using System.Collections.Immutable;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Tests.Lanes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Tests.Channels;

/// <summary>A channel with a clock, lanes that report as told, and a record of its effects.</summary>
internal sealed class ChannelScene
{
    public static readonly DateTimeOffset Start = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    public static readonly ChannelConfiguration Usual = new(new ChannelId("alpha"), 1, LaneScene.Usual, LaneScene.Usual)
    {
        LongestMaintenance = TimeSpan.FromHours(1),
    };

    public ChannelScene(ChannelConfiguration? configuration = null)
    {
        Channel = new Channel(configuration ?? Usual, Start.ToUnixTimeMilliseconds());
        Channel.Open();
        Take();
    }

    public Channel Channel { get; }

    public DateTimeOffset Now { get; set; } = Start;

    public static LaneReport Report { get; } = new(BreakerState.Closed, 0, 4, 0, 8, 100, 0, 0, 4);

    /// <summary>Both lanes work by this version.</summary>
    public static ChannelScene Reporting(ChannelConfiguration? configuration = null)
    {
        var scene = new ChannelScene(configuration);
        scene.Reports(ChannelLane.Query, 1);
        scene.Reports(ChannelLane.Submit, 1);
        scene.Take();
        return scene;
    }

    public IReadOnlyList<ChannelEffect> Take() => [.. Channel.TakeEffects()];

    public void Reports(ChannelLane lane, long version, LaneReport? report = null, params ImmutableArray<LaneSignal> signals) =>
        Tells(lane, new LaneNews.Reported(version, report ?? Report, signals));

    public void Tells(ChannelLane lane, LaneNews news) => Channel.FromLane(lane, news, Now);

    /// <summary>The change as it is written first.</summary>
    public ChannelEffect.StoreFirst Change(ChannelChange change, object? asker = null)
    {
        Channel.Change(change, asker ?? "nobody", Now);
        return Take().OfType<ChannelEffect.StoreFirst>().Single();
    }

    public IReadOnlyList<ChannelEffect> ChangeAndStore(ChannelChange change, object? asker = null)
    {
        Channel.Stored(Change(change, asker));
        return Take();
    }

    /// <summary>The report that routers get now.</summary>
    public ChannelReport ToRouters()
    {
        Channel.RouterJoined();
        return Take().OfType<ChannelEffect.ReportToRouters>().Single().Report;
    }
}
