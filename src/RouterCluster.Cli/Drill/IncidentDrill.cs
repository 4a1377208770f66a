using System.Text.Json.Nodes;
using RouterCluster.Api;

namespace RouterCluster.Cli.Drill;

/// <param name="StepLimit">How long the drill waits for the effect of a step.</param>
internal sealed record DrillPlan(double PerSecond, TimeSpan Healthy, TimeSpan StepLimit, TimeSpan RecoveryLimit);

/// <summary>
/// The script: a channel degrades, another one hangs and money is unknown, a company contradicts itself and people decide, then
/// all is set right. Where it is interrupted the simulator and the channels are set right too.
/// </summary>
internal sealed class IncidentDrill(
    DemoNode node, DemoSimulator simulator, DrillPlan plan, DrillTimeLine line, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LimitOfSettingRight = TimeSpan.FromSeconds(10);

    private readonly DrillWatch _watch = new(line);
    private readonly DrillTraffic _traffic = new(node, plan.PerSecond, time);
    private readonly List<string> _missed = [];
    private readonly List<string> _disabled = [];

    public async Task<DrillReport> RunAsync(CancellationToken cancellation)
    {
        await CheckAsync(cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var traffic = _traffic.RunAsync(stop.Token);
        try
        {
            await PlayAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            line.Add(DrillTimeLine.Drill, null, "interrupted");
        }
        finally
        {
            await stop.CancelAsync();
            await SetRightAsync();
            await traffic;
        }

        return new DrillReport(
            line.StartedAt, line.Seconds, cancellation.IsCancellationRequested, _traffic.Sums, _watch.MostUnknown, _missed,
            line.Entries);
    }

    /// <summary>Nothing that is not simulated is touched: one payment must arrive in the simulator's books.</summary>
    private async Task CheckAsync(CancellationToken cancellation)
    {
        var simulated = await simulator.ChannelsAsync(cancellation);
        var view = await node.LookAsync(cancellation);
        if (view.Channels.Select(channel => channel.Id).Except(simulated).FirstOrDefault() is { } real)
        {
            throw new DrillStoppedException($"channel {real} is none of the simulator's: this is no demo");
        }

        if (view.Channels.Count(channel => channel.Lifecycle == "active") < 3)
        {
            throw new DrillStoppedException("the drill needs three active channels");
        }

        var paid = await _traffic.PayAsync(10, cancellation);
        if (paid?.Attempts is not [.., var attempt] || !await simulator.HasAsync(attempt.Channel, attempt.OrderNo, cancellation))
        {
            throw new DrillStoppedException("the first payment did not reach the simulator: this is no demo, or it is not well");
        }

        _watch.See(view);
    }

    private async Task PlayAsync(CancellationToken cancellation)
    {
        line.Add(DrillTimeLine.Drill, null, FormattableString.Invariant($"begins, with {plan.PerSecond:0.#} payments/s"));
        await UntilAsync(_ => false, plan.Healthy, cancellation);
        var degraded = Busiest();
        line.Add(DrillTimeLine.Drill, degraded, "degrades: 3 of 4 payments fail there");
        await simulator.ChangeAsync(degraded, new JsonObject { ["success_rate"] = 0.25 }, cancellation);
        await ExpectAsync("an alert of the channel that degrades", view => IsAlerted(view, degraded), cancellation);

        var hanging = Busiest(except: degraded);
        line.Add(DrillTimeLine.Drill, hanging, "hangs: it takes orders and answers nothing");
        await simulator.ChangeAsync(hanging, new JsonObject { ["mode"] = "hang" }, cancellation);
        await ExpectAsync("an alert of the channel that hangs", view => IsAlerted(view, hanging), cancellation);
        await ExpectAsync("unknown money", view => Find(view, hanging).Unknown.Count > 0, cancellation);
        line.Add(DrillTimeLine.Operator, hanging, "disables the channel");
        _disabled.Add(hanging);
        await node.SwitchAsync(hanging, "disable", "incident drill: it hangs", cancellation);

        await DecideAsync(cancellation);
        await SetRightAsync();
        await ExpectAsync("the end of the outages and of all unknown money", IsOver, cancellation, plan.RecoveryLimit);
        var left = _watch.Last.Alerts.Select(alert => alert.Rule).Distinct().ToList();
        line.Add(DrillTimeLine.Drill, null, left.Count == 0 ? "ends" : $"ends; still active: {string.Join(", ", left)}");
    }

    private async Task DecideAsync(CancellationToken cancellation)
    {
        PaymentBody? paid = null;
        await ExpectAsync(
            "a payment that succeeds", async _ => (paid = await _traffic.PayAsync(5, cancellation))?.State == "succeeded",
            cancellation);
        if (paid is not { State: "succeeded", Attempts: [.., var attempt] })
        {
            return;
        }

        line.Add(DrillTimeLine.Drill, attempt.Channel, $"says that {paid.Id} has failed, which it had confirmed");
        await node.TellOfFailureAsync(paid, cancellation);
        if (!await ExpectAsync("a case", view => view.Cases.Any(one => one.Id == paid.Id), cancellation))
        {
            return;
        }

        line.Add(DrillTimeLine.Operator, attempt.Channel, $"proposes that {paid.Id} has succeeded");
        await node.ProposeAsync(paid.Id, "succeeded", cancellation);
        line.Add(DrillTimeLine.Operator, attempt.Channel, $"a second person approves it");
        await node.ApproveAsync(paid.Id, cancellation);
        await ExpectAsync("the end of the case", view => view.Cases.All(one => one.Id != paid.Id), cancellation);
    }

    private Task<bool> ExpectAsync(
        string what, Func<DrillView, bool> isThere, CancellationToken cancellation, TimeSpan? limit = null) =>
        ExpectAsync(what, view => Task.FromResult(isThere(view)), cancellation, limit);

    private async Task<bool> ExpectAsync(
        string what, Func<DrillView, Task<bool>> isThere, CancellationToken cancellation, TimeSpan? limit = null)
    {
        var longest = limit ?? plan.StepLimit;
        if (await UntilAsync(isThere, longest, cancellation))
        {
            return true;
        }

        _missed.Add(what);
        line.Add(DrillTimeLine.Drill, null, FormattableString.Invariant($"misses {what} within {longest.TotalSeconds:0} s"));
        return false;
    }

    private Task<bool> UntilAsync(Func<DrillView, bool> isThere, TimeSpan limit, CancellationToken cancellation) =>
        UntilAsync(view => Task.FromResult(isThere(view)), limit, cancellation);

    private async Task<bool> UntilAsync(Func<DrillView, Task<bool>> isThere, TimeSpan limit, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            _watch.See(await node.LookAsync(cancellation));
            if (await isThere(_watch.Last))
            {
                return true;
            }

            if (time.GetElapsedTime(began) >= limit)
            {
                return false;
            }

            await Task.Delay(LookEvery, time, cancellation);
        }
    }

    /// <summary>Also after an interruption, and then with a limit of its own.</summary>
    private async Task SetRightAsync()
    {
        using var limit = new CancellationTokenSource(LimitOfSettingRight, time);
        await simulator.SetRightAsync(limit.Token);
        foreach (var channel in _disabled.ToList())
        {
            line.Add(DrillTimeLine.Operator, channel, "enables the channel: the simulator is set right");
            await node.SwitchAsync(channel, "enable", "incident drill: it is over", limit.Token);
            _disabled.Remove(channel);
        }
    }

    private string Busiest(string? except = null) => _watch.Last.Channels
        .Where(channel => channel.Id != except && channel is { Lifecycle: "active", Outage: null })
        .MaxBy(channel => channel.TrafficShare)?.Id
        ?? throw new DrillStoppedException("no healthy channel is left");

    /// <summary>Rules that count over minutes remember the incident for longer.</summary>
    private static bool IsOver(DrillView view) => view.Alerts.All(alert => alert.Rule != "channel_outage")
        && view.Channels.All(channel => channel.Outage?.Level != "down" && channel.Unknown.Count == 0);

    private static bool IsAlerted(DrillView view, string channel) => view.Alerts.Any(alert => alert.Subject.Channel == channel);

    private static ChannelBody Find(DrillView view, string id) => view.Channels.First(channel => channel.Id == id);
}
