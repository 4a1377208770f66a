using System.Collections.Concurrent;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Payments;

/// <summary>
/// Runs of questions about all unknown payments of a channel, one run for each channel, at a rate. They live on this node
/// and end with it: what was not asked about by then, the schedule asks about.
/// </summary>
internal sealed class ChannelQuestions(IPayments payments, RouterClock clock, Readiness readiness)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<ChannelId, ChannelQuestionRun> _runs = new();

    public IReadOnlyList<ChannelQuestionRun> Running =>
        [.. _runs.Values.OrderBy(run => run.Channel.Value, StringComparer.Ordinal)];

    public bool IsRunning(ChannelId channel) => _runs.ContainsKey(channel);

    /// <summary>Null when the channel has a run already.</summary>
    public ChannelQuestionRun? TryStart(ChannelId channel, IReadOnlyList<PaymentId> unknown, double ratePerSecond, string by)
    {
        var run = new ChannelQuestionRun(channel, unknown, ratePerSecond, by, clock.Utc);
        if (!_runs.TryAdd(channel, run))
        {
            return null;
        }

        _ = AskAsync(run);
        return run;
    }

    private async Task AskAsync(ChannelQuestionRun run)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var begun = clock.Monotonic;
            while (run.Next((clock.Monotonic - begun).TotalSeconds) is { } some)
            {
                run.Count(await Task.WhenAll(some.Select(id => payments.AskChannelAsync(id, readiness.Draining))));
                await Task.Delay(Step, clock.Provider, readiness.Draining);
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
        finally
        {
            _runs.TryRemove(run.Channel, out _);
        }
    }
}

internal sealed class ChannelQuestionRun(
    ChannelId channel, IReadOnlyList<PaymentId> unknown, double ratePerSecond, string by, DateTimeOffset since)
{
    private int _begun;
    private int _done;
    private int _asked;

    public ChannelId Channel => channel;

    public double RatePerSecond => ratePerSecond;

    public string By => by;

    public DateTimeOffset Since => since;

    public int Total => unknown.Count;

    public int Done => Volatile.Read(ref _done);

    public int Asked => Volatile.Read(ref _asked);

    /// <summary>The payments whose turn it is; null at the end. What slow books held up is not made up for at once.</summary>
    public IReadOnlyList<PaymentId>? Next(double seconds)
    {
        if (_begun == unknown.Count)
        {
            return null;
        }

        var allowed = Math.Min((seconds * ratePerSecond) + 1, _begun + Math.Max(1, ratePerSecond));
        var from = _begun;
        _begun = (int)Math.Min(unknown.Count, Math.Max(from, Math.Floor(allowed)));
        return [.. unknown.Skip(from).Take(_begun - from)];
    }

    public void Count(IReadOnlyCollection<BookAnswer> answers)
    {
        Volatile.Write(ref _asked, _asked + answers.Count(answer => answer is BookAnswer.Stored { IsNew: true }));
        Volatile.Write(ref _done, _done + answers.Count);
    }
}
