using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RouterCluster.Api;

namespace RouterCluster.Cli.Tail;

/// <summary>
/// Remembers what the stream of events showed and tells what has changed. The first value of each topic is the state at the
/// beginning and no event; after a connection that was lost, what changed meanwhile is told.
/// </summary>
internal sealed class TailMemory
{
    private readonly Dictionary<string, ChannelBody> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TailOutcomesBody> _outcomes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _begun = new(StringComparer.Ordinal);
    private Dictionary<string, AlertBody> _alerts = new(StringComparer.Ordinal);
    private HashSet<string> _cases = new(StringComparer.Ordinal);
    private HashSet<AuditBody> _audit = [];
    private bool _isAway;

    /// <param name="at">The node's time.</param>
    /// <exception cref="JsonException">The data is not what the topic has.</exception>
    public IReadOnlyList<TailEvent> See(string topic, string data, DateTimeOffset at)
    {
        IEnumerable<TailEvent> changes = topic switch
        {
            "channels" => Channels(Read(data, TailJson.Default.TailChannelsBody), at),
            "alerts" => Alerts(Read(data, ApiJson.Default.AlertList), at),
            "cases" => Cases(Read(data, ApiJson.Default.CaseList), at),
            "audit" => Audit(Read(data, ApiJson.Default.AuditList)),
            "cluster" => Members(Read(data, ApiJson.Default.ClusterBody), at),
            "outcomes" => Outcomes(Read(data, TailJson.Default.TailOutcomesBody), at),
            "storage" => Storage(Read(data, TailJson.Default.TailStorageBody), at),
            _ => [],
        };
        List<TailEvent> seen = [.. changes];
        return _begun.Add(topic) ? [] : seen;
    }

    private List<TailEvent> Channels(TailChannelsBody channels, DateTimeOffset at)
    {
        var events = new List<TailEvent>();
        if (channels.Full)
        {
            foreach (var gone in _channels.Keys.Except(channels.Items.Select(channel => channel.Id)).ToList())
            {
                _channels.Remove(gone);
                events.Add(new TailEvent(at, TailKinds.Channel, gone, "is no longer configured"));
            }
        }

        foreach (var channel in channels.Items)
        {
            var changes = _channels.TryGetValue(channel.Id, out var before)
                ? Changes(before, channel)
                : ["is configured"];
            events.AddRange(changes.Select(what => new TailEvent(at, TailKinds.Channel, channel.Id, what)));
            _channels[channel.Id] = channel;
        }

        return events;
    }

    private static IEnumerable<string> Changes(ChannelBody before, ChannelBody now)
    {
        (string What, string Before, string Now)[] parts =
        [
            ("lifecycle", before.Lifecycle, now.Lifecycle),
            ("submit breaker", before.Submit.Breaker, now.Submit.Breaker),
            ("query breaker", before.Query.Breaker, now.Query.Breaker),
            ("outage", before.Outage?.Level ?? "none", now.Outage?.Level ?? "none"),
            ("closed", before.Closed?.Why ?? "no", now.Closed?.Why ?? "no"),
        ];
        foreach (var (what, old, current) in parts.Where(part => part.Before != part.Now))
        {
            yield return $"{what}: {old} -> {current}";
        }

        if (before.Unknown.Count == 0 && now.Unknown.Count > 0)
        {
            yield return $"unknown: {now.Unknown.Count} payments";
        }
        else if (before.Unknown.Count > 0 && now.Unknown.Count == 0)
        {
            yield return "unknown: none left";
        }
    }

    /// <summary>Alerts leave the list when they are resolved, or when there are more than it holds.</summary>
    private List<TailEvent> Alerts(ListBody<AlertBody> alerts, DateTimeOffset at)
    {
        var now = alerts.Items.ToDictionary(alert => alert.Id, StringComparer.Ordinal);
        var events = new List<TailEvent>();
        foreach (var alert in alerts.Items.Reverse())
        {
            if (!_alerts.TryGetValue(alert.Id, out var before))
            {
                events.Add(Of(alert, alert.Since, $"{alert.Severity} {alert.Rule}: {alert.Message}"));
            }
            else if (before.State != alert.State)
            {
                events.Add(Of(alert, at, $"{alert.Rule} is {alert.State}{(alert.MutedBy is { } by ? $" by {by}" : "")}"));
            }
        }

        if (alerts.Next is null)
        {
            events.AddRange(_alerts.Values.Where(alert => !now.ContainsKey(alert.Id))
                .Select(alert => Of(alert, at, $"{alert.Rule} is resolved")));
        }

        _alerts = now;
        return events;

        static TailEvent Of(AlertBody alert, DateTimeOffset at, string what) =>
            new(at, TailKinds.Alert, alert.Subject.Channel, what);
    }

    private List<TailEvent> Cases(ListBody<CaseBody> cases, DateTimeOffset at)
    {
        var known = _cases;
        _cases = [.. cases.Items.Select(one => one.Id)];
        return
        [
            .. cases.Items.Reverse().Where(one => !known.Contains(one.Id)).Select(one => new TailEvent(
                at, TailKinds.Case, one.Payment.Channel,
                $"{one.Id}: {string.Join(", ", one.Reasons.Where(reason => reason.Open).Select(reason => reason.Reason))}")),
        ];
    }

    private List<TailEvent> Audit(ListBody<AuditBody> audit)
    {
        var known = _audit;
        _audit = [.. audit.Items];
        return
        [
            .. audit.Items.Reverse().Where(entry => !known.Contains(entry)).Select(entry => new TailEvent(
                entry.At, TailKinds.Operator, entry.Channel,
                $"{entry.By}: {entry.What}{(entry.Payment is { } payment ? $" ({payment})" : "")}"
                    + (entry.Reason is { } reason ? $": {reason}" : ""))),
        ];
    }

    private List<TailEvent> Members(ClusterBody cluster, DateTimeOffset at)
    {
        var events = new List<TailEvent>();
        foreach (var gone in _members.Keys.Except(cluster.Members.Select(member => member.Address)).ToList())
        {
            _members.Remove(gone);
            events.Add(new TailEvent(at, TailKinds.Node, null, $"{gone} has left the cluster"));
        }

        foreach (var member in cluster.Members)
        {
            var state = member.Draining ? "draining" : member.Status;
            if (_members.GetValueOrDefault(member.Address) != state)
            {
                events.Add(new TailEvent(at, TailKinds.Node, null, $"{member.Address} is {state}"));
            }

            _members[member.Address] = state;
        }

        return events;
    }

    /// <summary>Each channel's first counts are the beginning, as are those of a node that has begun anew.</summary>
    private List<TailEvent> Outcomes(TailOutcomesBody outcomes, DateTimeOffset at)
    {
        var before = _outcomes.GetValueOrDefault(outcomes.Channel);
        _outcomes[outcomes.Channel] = outcomes;
        if (before?.Run != outcomes.Run)
        {
            return [];
        }

        var known = before.Items.ToDictionary(item => (item.Class, item.Code), item => item.Count);
        return
        [
            .. from item in outcomes.Items
               let more = item.Count - known.GetValueOrDefault((item.Class, item.Code))
               where more > 0
               select new TailEvent(
                   at, TailKinds.Outcome, outcomes.Channel, $"{more} {item.Class} (code {item.Code}), last {item.Payment}")
               {
                   Class = item.Class,
               },
        ];
    }

    private List<TailEvent> Storage(TailStorageBody storage, DateTimeOffset at)
    {
        if (_isAway == storage.Away)
        {
            return [];
        }

        _isAway = storage.Away;
        var what = storage.Away ? "the database does not answer" : "the database answers";
        return [new TailEvent(at, TailKinds.Storage, null, what)];
    }

    private static T Read<T>(string data, JsonTypeInfo<T> shape) =>
        JsonSerializer.Deserialize(data, shape) ?? throw new JsonException();
}
