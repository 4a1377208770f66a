using System.Collections.Immutable;
using CsCheck;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Routing.RoutingFixtures;

namespace RouterCluster.Domain.Tests.Routing;

public sealed class MaintenanceCalendarTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 1, 30, 0, TimeSpan.Zero);

    private static readonly MaintenanceWindow Night =
        new MaintenanceWindow.Weekly([.. Enum.GetValues<DayOfWeek>()], new(2, 0), new(3, 0), TimeZoneInfo.Utc);

    /// <summary>What a channel says at a moment: its seconds, or null for the word taken back.</summary>
    private static readonly Gen<(int Pause, ChannelId Channel, int? ClosedFor)> Word =
        Gen.Select(Gen.Int[0, 900], OneOf(Alpha, Bravo, Charlie), Gen.Int[0, 1800].Nullable());

    [Fact]
    public void A_channel_gets_payments_exactly_when_neither_its_word_nor_its_window_forbids_it() => Word.Array[1, 30].Sample(
        words =>
        {
            var calendar = new MaintenanceCalendar(
                new Dictionary<ChannelId, ImmutableArray<MaintenanceWindow>> { [Bravo] = [Night] });
            var table = Ready(Alpha, Bravo, Charlie);
            var closedUntil = new Dictionary<ChannelId, DateTimeOffset?>();
            var now = Start;
            var sequence = 1L;
            foreach (var (pause, channel, closedFor) in words)
            {
                now = now.AddSeconds(pause);
                closedUntil[channel] = closedFor is { } seconds ? now.AddSeconds(seconds) : null;
                calendar.Announce(channel, closedUntil[channel]);
                table.Maintain(calendar.At(now), now, now - Start);
                sequence++;
                foreach (var each in (ChannelId[])[Alpha, Bravo, Charlie])
                {
                    table.Fold(Report(each, sequence), At((now - Start).TotalSeconds));
                }

                var excluded = table.Choose(Request, 0.5, At((now - Start).TotalSeconds)).Excluded();

                var closed = new[] { Alpha, Bravo, Charlie }.Where(each =>
                    now < closedUntil.GetValueOrDefault(each) || (each == Bravo && now.Hour == 2));
                Assert.Equal(
                    closed.Select(each => (each, Exclusion.Maintenance)), excluded.Select(one => (one.Channel, one.Reason)));
                Assert.All(excluded, one => Assert.True(one.Until > now));
            }
        },
        iter: 500);

    [Fact]
    public void Only_a_word_that_differs_is_news()
    {
        var calendar = new MaintenanceCalendar(new Dictionary<ChannelId, ImmutableArray<MaintenanceWindow>>());

        Assert.False(calendar.Announce(Alpha, null));
        Assert.True(calendar.Announce(Alpha, Start));
        Assert.False(calendar.Announce(Alpha, Start));
        Assert.True(calendar.Announce(Alpha, Start.AddHours(1)));
        Assert.True(calendar.Announce(Alpha, null));
    }
}
