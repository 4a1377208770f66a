using System.Diagnostics.Metrics;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Node.Platform.Telemetry;

/// <summary>Metrics of the actors. Dashboards depend on their names and labels.</summary>
public sealed class RouterMetrics : IDisposable
{
    public const string MeterName = "RouterCluster";

    private static readonly double[] SecondsBuckets =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30];

    private static readonly double[] BatchBuckets = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500];

    private readonly Counter<long> _notices;
    private readonly Histogram<double> _calls;
    private readonly Histogram<double> _commits;
    private readonly Histogram<int> _batches;
    private readonly Histogram<double> _ingress;
    private readonly Counter<long> _notifications;
    private readonly Counter<long> _tokens;
    private readonly AnswerCodes _codes;

    /// <param name="meter">Its own for each node of a process: whoever listens to a name hears all meters that have it.</param>
    public RouterMetrics(string meter = MeterName)
    {
        Meter = new Meter(meter);
        _notices = Meter.CreateCounter<long>("router_notices_total", null, "Channels' notices by their outcome.");
        _notifications = Meter.CreateCounter<long>(
            "router_notifications_total", null, "Attempts to deliver webhooks, by the state in which they leave them.");
        _tokens = Meter.CreateCounter<long>("router_tokens_refused_total", null, "Requests with a token that was not taken.");
        _codes = new AnswerCodes(Meter);
        _calls = Seconds("router_channel_call_seconds", "How long calls to channels took.");
        _commits = Seconds("router_journal_commit_seconds", "How long rows of the journal took to be stored.");
        _ingress = Seconds("router_ingress_seconds", "How long requests took to be answered.");
        _batches = Meter.CreateHistogram("router_journal_batch_size", null, "Events in a row.", null, new InstrumentAdvice<int>
        {
            HistogramBucketBoundaries = [.. BatchBuckets.Select(bound => (int)bound)],
        });
    }

    public Meter Meter { get; }

    public CommitTimes Commits { get; } = new();

    public void RowCommitted(double seconds, int events)
    {
        _commits.Record(seconds);
        Commits.Add(seconds);
        _batches.Record(events);
    }

    /// <param name="code">The payment company's code, or ours for the outcome of the call.</param>
    public void CallEnded(ChannelId channel, string lane, string code, double seconds)
    {
        _calls.Record(seconds, new("channel", channel.Value), new("lane", lane));
        _codes.Count(channel, lane, code);
    }

    /// <param name="result">One of a few fixed words for the outcome of a notice.</param>
    public void Noticed(ChannelId channel, string result) =>
        _notices.Add(1, new("channel", channel.Value), new("result", result));

    /// <summary>Counts unknown tokens, and tokens that were not checked because their address had tried too many.</summary>
    public void TokenRefused(string door, bool isSlowed) =>
        _tokens.Add(1, new("door", door), new("why", isSlowed ? "too_many" : "wrong"));

    public void Answered(string route, int status, double seconds) =>
        _ingress.Record(seconds, new("route", route), new("status", status));

    /// <summary>Counts attempts to deliver a webhook by the state in which they leave it.</summary>
    public void WebhookEnded(MerchantId merchant, NotificationState state) => _notifications.Add(
        1, new("merchant", merchant.Value), new("result", state switch
        {
            NotificationState.Delivered => "delivered",
            NotificationState.Pending => "failed",
            NotificationState.Failed => "given_up",
            NotificationState.Held => "gone",
        }));

    public void Dispose() => Meter.Dispose();

    private Histogram<double> Seconds(string name, string says) => Meter.CreateHistogram(
        name, null, says, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = SecondsBuckets });
}
