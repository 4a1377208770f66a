using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RouterCluster.Node.Console;

/// <summary>
/// The newest value of everything that open consoles show. Every change has a number, so that a reader gets what has changed
/// since it looked last: a slow reader skips values instead of making a queue grow.
/// </summary>
internal sealed class LiveState
{
    private readonly Dictionary<(string Topic, string Key), LiveValue> _values = [];
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;
    private long _lostAt;

    /// <summary>Writes several values as one change; those that are what they were count as unchanged.</summary>
    /// <param name="isWhole">What the topic had and these are not is gone: readers get everything anew.</param>
    public void Write<T>(
        string topic, IEnumerable<(string Key, T Value)> values, JsonTypeInfo<T> type, bool isWhole = false)
    {
        var written = values.Select(one => (one.Key, Json: JsonSerializer.SerializeToUtf8Bytes(one.Value, type))).ToList();
        TaskCompletionSource? changed = null;
        lock (_lock)
        {
            foreach (var (key, json) in written)
            {
                if (_values.TryGetValue((topic, key), out var known) && known.Json.AsSpan().SequenceEqual(json))
                {
                    continue;
                }

                if (changed is null)
                {
                    (changed, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
                    _last++;
                }

                _values[(topic, key)] = new LiveValue(topic, json, _last);
            }

            var gone = isWhole ? _values.Keys.Where(known => known.Topic == topic).Except(
                written.Select(one => (topic, one.Key))).ToList() : [];
            if (gone.Count > 0)
            {
                changed ??= Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
                gone.ForEach(key => _values.Remove(key));
                _lostAt = ++_last;
            }
        }

        changed?.SetResult();
    }

    public void Write<T>(string topic, T value, JsonTypeInfo<T> type) => Write(topic, [("", value)], type);

    /// <summary>
    /// What has changed after that change, the number of the last one, the next one to come, and whether these are all values,
    /// because the reader has seen some that are gone.
    /// </summary>
    public (IReadOnlyList<LiveValue> Values, long Last, Task Next, bool AreAll) Since(long change)
    {
        lock (_lock)
        {
            var areAll = change < Math.Max(1, _lostAt);
            change = areAll ? 0 : change;
            IReadOnlyList<LiveValue> values = change == _last ? [] : [.. _values.Values.Where(value => value.Change > change)];
            return (values, _last, _changed.Task, areAll);
        }
    }
}

internal sealed record LiveValue(string Topic, byte[] Json, long Change);
