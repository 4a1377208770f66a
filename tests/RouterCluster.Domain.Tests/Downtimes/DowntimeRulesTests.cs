using System.Collections.Immutable;
using CsCheck;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Downtimes;

namespace RouterCluster.Domain.Tests.Downtimes;

public sealed class DowntimeRulesTests
{
    private const int Hours = 12;
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string?[] Banks = ["ICBC", "CCB", "ABC", null];

    private static readonly Gen<ClosedTime> Closed = Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, Hours - 1], Gen.Int[1, Hours], Gen.Bool,
        (bank, from, lasts, isMaintenance) => At(from, from + lasts, Banks[bank], isMaintenance));

    private static readonly Gen<ServingChannel> AnyChannel = Gen.Select(
        Gen.OneOf<string[]>(Gen.Const<string[]>(["*"]), Gen.Const<string[]>(["*", "ICBC"]), Gen.Const<string[]>(["ICBC", "CCB"])),
        Closed.Array[0, 4],
        (banks, closed) => new ServingChannel([.. banks], [.. closed]));

    [Fact]
    public void What_another_channel_takes_meanwhile_is_no_downtime()
    {
        Assert.Empty(DowntimeRules.Of([Channel("*", At(1, 3)), Channel("*")]));
        Assert.Empty(DowntimeRules.Of([Channel("*", At(1, 3)), Channel("*", At(3, 5))]));
        Assert.Equal([All(2, 3)], DowntimeRules.Of([Channel("*", At(1, 3)), Channel("*", At(2, 5))]), Same);
    }

    [Fact]
    public void A_channel_that_is_switched_off_does_not_serve_and_makes_no_downtime_by_itself()
    {
        var off = At(0, 12, isMaintenance: false);

        Assert.Empty(DowntimeRules.Of([Channel("*", off)]));
        Assert.Equal([All(1, 3)], DowntimeRules.Of([Channel("*", At(1, 3)), Channel("*", off)]), Same);
    }

    [Fact]
    public void A_bank_that_no_channel_ever_takes_has_no_downtime()
    {
        Assert.Empty(DowntimeRules.Of([]));
        Assert.Equal(
            [new Downtime("ICBC", [], Time(1, 3))], DowntimeRules.Of([Channel("ICBC", At(1, 3), At(1, 5, "CCB"))]), Same);
    }

    [Fact]
    public void A_banks_own_downtime_is_told_of_the_bank() => Assert.Equal(
        [new Downtime("ICBC", [], Time(1, 3))],
        DowntimeRules.Of([Channel("*", At(1, 3, "ICBC")), Channel("*", At(0, 4, "ICBC"))]), Same);

    [Fact]
    public void Banks_that_another_channel_takes_are_excepted_and_those_that_are_down_longer_are_told_apart() => Assert.Equal(
        [
            new Downtime(null, ["ICBC"], Time(1, 2)), new Downtime(null, [], Time(2, 4)),
            new Downtime(null, ["ICBC"], Time(4, 6)), new Downtime("CCB", [], Time(6, 7)),
        ],
        DowntimeRules.Of([Channel("*", At(1, 6), At(5, 7, "CCB")), Channel("ICBC", At(2, 4))]), Same);

    [Fact]
    public void In_every_hour_exactly_the_banks_are_told_that_no_channel_takes_because_of_maintenance() =>
        AnyChannel.Array[0, 4].Sample(
            channels =>
            {
                var told = DowntimeRules.Of(channels);
                for (var hour = 0; hour < 2 * Hours; hour++)
                {
                    var at = Start.AddHours(hour).AddMinutes(30);
                    foreach (var bank in Banks)
                    {
                        var able = channels.Where(channel => channel.Takes(bank)).ToArray();
                        var closed = able.Select(channel => channel.Closed
                            .Where(one => one.Bank is null || one.Bank == bank)
                            .Where(one => one.Time.EndIfOpen(at) is not null).ToArray());
                        var isDown = able.Length > 0 && closed.All(one => one.Length > 0)
                            && closed.Any(one => one.Any(time => time.IsMaintenance));
                        var rows = told.Where(row => row.Time.EndIfOpen(at) is not null
                            && (row.Bank is null ? bank is null || !row.Except.Contains(bank) : row.Bank == bank)).ToArray();

                        // Rows of all other banks say nothing of one that is never taken.
                        Assert.True(isDown == rows.Length > 0 || able.Length == 0, $"{bank} at {at}");
                        Assert.InRange(rows.Length, 0, 1);
                    }
                }
            },
            iter: 3000);

    private static bool Same(Downtime one, Downtime two) =>
        (one.Bank, one.Time) == (two.Bank, two.Time) && one.Except.SequenceEqual(two.Except);

    private static Downtime All(int from, int until) => new(null, [], Time(from, until));

    private static ServingChannel Channel(string bank, params ImmutableArray<ClosedTime> closed) => new([bank], closed);

    private static ClosedTime At(int from, int until, string? bank = null, bool isMaintenance = true) =>
        new(bank, Time(from, until), isMaintenance);

    private static MaintenanceTime Time(int from, int until) => new(Start.AddHours(from), Start.AddHours(until));
}
