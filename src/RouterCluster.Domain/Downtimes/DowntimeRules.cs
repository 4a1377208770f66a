using System.Collections.Immutable;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Domain.Downtimes;

/// <summary>
/// A downtime is when none of the channels takes payments of a bank, and at least one of them because of maintenance. A bank
/// that no channel ever takes has none.
/// </summary>
public static class DowntimeRules
{
    public static IReadOnlyList<Downtime> Of(IReadOnlyCollection<ServingChannel> channels)
    {
        var named = channels.SelectMany(channel => channel.Banks.Concat(channel.Closed.Select(one => one.Bank).OfType<string>()))
            .Where(bank => bank != ChannelTerms.AnyBank && channels.Any(channel => channel.Takes(bank)))
            .Distinct().Order(StringComparer.Ordinal)
            .ToDictionary(bank => bank, bank => TimesOf(bank, channels));
        var others = TimesOf(null, channels);
        return
        [
            .. OfMany(others, named),
            .. from bank in named
               from time in bank.Value.Without(others).All
               select new Downtime(bank.Key, [], time),
        ];
    }

    private static Times TimesOf(string? bank, IReadOnlyCollection<ServingChannel> channels)
    {
        var able = channels.Where(channel => channel.Takes(bank)).ToArray();
        var down = able.Length == 0 ? Times.Never : Times.Always;
        foreach (var channel in able)
        {
            down = down.And(channel.ClosedFor(bank));
            if (down.IsEmpty)
            {
                return down;
            }
        }

        return down.And(Times.Of(able.SelectMany(channel => channel.MaintainedFor(bank).All)));
    }

    /// <summary>Cut where one of the named banks comes back or goes down too.</summary>
    private static IEnumerable<Downtime> OfMany(Times others, Dictionary<string, Times> named)
    {
        foreach (var time in others.All)
        {
            var cuts = named.Values.SelectMany(bank => bank.All).SelectMany(one => new[] { one.From, one.Until })
                .Where(at => at > time.From && at < time.Until)
                .Append(time.Until).Distinct().Order();
            Downtime? last = null;
            foreach (var until in cuts)
            {
                var from = last?.Time.Until ?? time.From;
                ImmutableArray<string> except = [.. named.Where(bank => !bank.Value.Has(from)).Select(bank => bank.Key)];
                if (last is not null && last.Except.SequenceEqual(except))
                {
                    last = last with { Time = last.Time with { Until = until } };
                    continue;
                }

                if (last is not null)
                {
                    yield return last;
                }

                last = new Downtime(null, except, new MaintenanceTime(from, until));
            }

            if (last is not null)
            {
                yield return last;
            }
        }
    }
}
