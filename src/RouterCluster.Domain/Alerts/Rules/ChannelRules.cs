using RouterCluster.Domain.Routing;

namespace RouterCluster.Domain.Alerts.Rules;

/// <summary>
/// The router sends it no payments but probes: it is down, its breaker is open, or nobody owns it. Or it answers nothing, which
/// shows by its queries where hardly any payments go to it.
/// </summary>
internal sealed class ChannelOutageRule : IAlertRule
{
    /// <summary>One payment without an answer and three questions about it.</summary>
    private const int FewestUnanswered = 4;

    private static readonly TimeSpan ShortestSilence = TimeSpan.FromSeconds(30);

    public AlertRule Rule => AlertRule.ChannelOutage;

    public TimeSpan Lasting => TimeSpan.FromSeconds(2);

    public IEnumerable<Finding> Look(AlertFigures figures)
    {
        foreach (var channel in figures.Channels.Where(channel => channel.IsInService))
        {
            var subject = new AlertSubject { Channel = channel.Channel };
            var down = channel.Outages.Where(outage => outage.Value.Level == OutageLevel.Down)
                .Select(outage => outage.Key).ToList();
            if (channel.IsSubmitBreakerOpen)
            {
                yield return Finding.Bad(Rule, subject, 1, 1, $"its breaker is open: {Waits(channel)}");
            }
            else if (channel.NoOwnerFor > ChannelFigures.LongestMove)
            {
                yield return Finding.Bad(
                    Rule, subject, channel.NoOwnerFor.TotalSeconds, ChannelFigures.LongestMove.TotalSeconds,
                    $"no node has owned it for {channel.NoOwnerFor.TotalSeconds:F0} s: {Waits(channel)}");
            }
            else if (down.Count > 0)
            {
                var products = string.Join(", ", down.Select(product => Vocabulary.ProductNames.Name(product)));
                yield return Finding.Bad(Rule, subject, 1, 1, $"it is down for {products}: {Waits(channel)}");
            }
            else if (channel.Silence is { Calls: >= FewestUnanswered } silence && silence.Lasts >= ShortestSilence)
            {
                yield return Finding.Bad(
                    Rule, subject, silence.Calls, FewestUnanswered,
                    $"no proper answer to {silence.Calls} calls for {silence.Lasts.TotalSeconds:F0} s: {Waits(channel)}");
            }
        }
    }

    private static string Waits(ChannelFigures channel) => channel.Unknown.Count == 0
        ? "the result of each of its payments is known"
        : FormattableString.Invariant(
            $"{channel.Unknown.Count} payments of {channel.Unknown.Amount} minor units have no known result");
}

/// <summary>Connections fail or calls time out.</summary>
internal sealed class NetworkRule : IAlertRule
{
    private const int Fewest = 5;
    private const double Share = 0.05;

    public AlertRule Rule => AlertRule.Network;

    public TimeSpan Lasting => TimeSpan.FromSeconds(2);

    public IEnumerable<Finding> Look(AlertFigures figures) =>
        from channel in figures.Channels
        where channel.NetworkFaultsInMinute >= Fewest && channel.NetworkFaultsInMinute > channel.EndedInMinute * Share
        select Finding.Bad(
            Rule, new AlertSubject { Channel = channel.Channel }, channel.NetworkFaultsInMinute, Fewest,
            $"{channel.NetworkFaultsInMinute} of {channel.EndedInMinute} calls in the last minute had no answer");
}

/// <summary>Money is neither here nor there: attempts have been without a result for too long.</summary>
internal sealed class OrderOverdueRule(TimeSpan longest) : IAlertRule
{
    public AlertRule Rule => AlertRule.OrderOverdue;

    public TimeSpan Lasting => TimeSpan.Zero;

    public IEnumerable<Finding> Look(AlertFigures figures) =>
        from channel in figures.Channels
        let unknown = channel.Unknown
        let minutes = unknown.Oldest.TotalMinutes
        where unknown.Oldest > longest
        select Finding.Bad(
            Rule, new AlertSubject { Channel = channel.Channel }, unknown.Oldest.TotalSeconds, longest.TotalSeconds,
            $"{unknown.Count} payments ({unknown.Amount} minor units) have no known result, the oldest for {minutes:F0} min");
}

/// <summary>More wants to go out than the channel allows at once, and for so long that it is no burst.</summary>
internal sealed class BudgetFullRule : IAlertRule
{
    public AlertRule Rule => AlertRule.BudgetFull;

    public TimeSpan Lasting => TimeSpan.FromSeconds(30);

    public IEnumerable<Finding> Look(AlertFigures figures) =>
        from channel in figures.Channels
        where channel.Budget > 0 && channel.InFlight >= channel.Budget && channel.Waiting > 0
        select Finding.Bad(
            Rule, new AlertSubject { Channel = channel.Channel }, channel.InFlight, channel.Budget,
            $"all {channel.Budget} calls that it allows are out, and {channel.Waiting} orders wait");
}

/// <summary>More money than is usual went through one channel today.</summary>
/// <param name="most">Minor units by day.</param>
internal sealed class AmountRule(long most) : IAlertRule
{
    public AlertRule Rule => AlertRule.Amount;

    public TimeSpan Lasting => TimeSpan.Zero;

    public IEnumerable<Finding> Look(AlertFigures figures) =>
        from channel in figures.Channels
        where channel.AmountToday > most
        select Finding.Bad(
            Rule, new AlertSubject { Channel = channel.Channel }, channel.AmountToday, most,
            $"{channel.AmountToday} minor units succeeded today, expected at most {most}");
}
