using System.Security.Cryptography;
using RouterCluster.Domain.Counters;
using RouterCluster.Node.Platform.Settings;
using StackExchange.Redis;

namespace RouterCluster.Node.Counters;

/// <summary>
/// The counters in Redis. Each batch is one transaction that also writes the batch's number, and is only executed where
/// Redis holds the number before it: a batch whose answer was lost is sent again and counts once.
/// </summary>
/// <remarks>For one writer, whose calls must not overlap; others may read meanwhile.</remarks>
internal sealed class RedisCounters(RedisSettings settings, NodeSettings node, EmbeddedRedis embedded) : IAsyncDisposable
{
    private const int ReconnectEveryMs = 1000;

    /// <summary>Fields that the server looks at before it answers: more would keep its other users waiting.</summary>
    private const int PageSize = 5000;

    /// <summary>So many are asked for by their names without looking at how many there are.</summary>
    private const int FewFields = 100;

    /// <summary>Longer than any outage after which a batch without answer may be sent again.</summary>
    private static readonly TimeSpan KeepNumber = TimeSpan.FromDays(2);

    /// <summary>A process counts from zero under a name of its own, so that nothing has to be remembered over restarts.</summary>
    private readonly RedisKey _number = $"{settings.Prefix}:w:{RandomNumberGenerator.GetHexString(16, lowercase: true)}";

    private ConnectionMultiplexer? _connection;
    private long _written;

    /// <summary>The number that Redis holds, as far as is known; null before the first batch and after a flush.</summary>
    private long? _held;

    /// <summary>
    /// To be repeated with the same batch until it ends without exception. An empty batch shows whether Redis would take
    /// another.
    /// </summary>
    public async Task WriteAsync(IReadOnlyList<CounterIncrement> batch)
    {
        var database = await DatabaseAsync();
        var next = _written + 1;
        while (!await TryWriteAsync(database, batch, next))
        {
            // An earlier try has arrived, or Redis has forgotten: flushed, restarted, or a replica that was behind.
            var held = (long?)await database.StringGetAsync(_number);
            if (held == next)
            {
                break;
            }

            _held = held;
        }

        (_written, _held) = (next, next);
    }

    /// <summary>
    /// Each period's counters, none of those that have none; null before the writer has reached the server for the first time.
    /// </summary>
    public async Task<IReadOnlyDictionary<CounterField, long>[]?> ReadAsync(IEnumerable<CounterPeriod> periods)
    {
        if (Volatile.Read(ref _connection) is not { } connection)
        {
            return null;
        }

        var database = connection.GetDatabase();
        var hashes = await Task.WhenAll(periods.Select(period => database.HashGetAllAsync(KeyOf(period))));
        return [.. hashes.Select(Counters)];
    }

    /// <summary>The same of the fields that fit a pattern of Redis: the others do not leave the server.</summary>
    public async Task<IReadOnlyDictionary<CounterField, long>[]?> ReadAsync(
        IEnumerable<CounterPeriod> periods, string pattern)
    {
        if (Volatile.Read(ref _connection) is not { } connection)
        {
            return null;
        }

        var database = connection.GetDatabase();
        return await Task.WhenAll(periods.Select(ScanAsync));

        async Task<IReadOnlyDictionary<CounterField, long>> ScanAsync(CounterPeriod period)
        {
            var found = new List<HashEntry>();
            await foreach (var entry in database.HashScanAsync(KeyOf(period), pattern, PageSize))
            {
                found.Add(entry);
            }

            return Counters([.. found]);
        }
    }

    /// <summary>
    /// The same of some fields: for many periods, whose other fields would take long to look at. A period that has fewer fields
    /// than are asked for is read whole: most channels of a large installation have no payment in a minute.
    /// </summary>
    public async Task<IReadOnlyDictionary<CounterField, long>[]?> ReadAsync(
        IEnumerable<CounterPeriod> periods, IReadOnlyCollection<CounterField> fields)
    {
        if (Volatile.Read(ref _connection) is not { } connection)
        {
            return null;
        }

        var database = connection.GetDatabase();
        RedisValue[] names = [.. fields.Select(field => (RedisValue)field.ToString())];
        var asked = fields.ToHashSet();
        return await Task.WhenAll(periods.Select(GetAsync));

        async Task<IReadOnlyDictionary<CounterField, long>> GetAsync(CounterPeriod period)
        {
            if (names.Length > FewFields && await database.HashLengthAsync(KeyOf(period)) < names.Length)
            {
                var all = Counters(await database.HashGetAllAsync(KeyOf(period)));
                return all.Where(counter => asked.Contains(counter.Key)).ToDictionary();
            }

            var values = names.Length == 0 ? [] : await database.HashGetAsync(KeyOf(period), names);
            var found = names.Zip(values, (name, value) => new HashEntry(name, value)).Where(entry => entry.Value.HasValue);
            return Counters([.. found]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }
    }

    private async Task<bool> TryWriteAsync(IDatabase database, IReadOnlyList<CounterIncrement> batch, long next)
    {
        var transaction = database.CreateTransaction();
        transaction.AddCondition(
            _held is { } held ? Condition.StringEqual(_number, held) : Condition.KeyNotExists(_number));
        List<Task> answers = [transaction.StringSetAsync(_number, next, KeepNumber)];
        foreach (var period in batch.GroupBy(increment => increment.Period))
        {
            var key = KeyOf(period.Key);
            answers.AddRange(period.Select(
                increment => transaction.HashIncrementAsync(key, increment.Field.ToString(), increment.Amount)));
            answers.Add(transaction.KeyExpireAsync(key, period.Key.ExpiresAt.UtcDateTime));
        }

        var isExecuted = await transaction.ExecuteAsync();
        if (isExecuted)
        {
            await Task.WhenAll(answers);
        }

        return isExecuted;
    }

    private RedisKey KeyOf(CounterPeriod period) => $"{settings.Prefix}:{period.Key(node.DayOffset)}";

    private static Dictionary<CounterField, long> Counters(HashEntry[] hash)
    {
        Dictionary<CounterField, long> counters = [];
        foreach (var entry in hash)
        {
            if (CounterField.Parse(entry.Name.ToString()) is { } field && entry.Value.TryParse(out long sum))
            {
                counters[field] = sum;
            }
        }

        return counters;
    }

    private async Task<IDatabase> DatabaseAsync()
    {
        if (_connection is null)
        {
            Volatile.Write(ref _connection, await ConnectionMultiplexer.ConnectAsync(Options()));
        }

        return _connection.GetDatabase();
    }

    private ConfigurationOptions Options()
    {
        var options = settings.Mode == RedisMode.External
            ? ConfigurationOptions.Parse(settings.ConnectionString!.Value)
            : new ConfigurationOptions { EndPoints = { embedded.Start() } };
        var timeoutMs = (int)settings.Timeout.TotalMilliseconds;
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = timeoutMs;
        options.AsyncTimeout = timeoutMs;
        options.SyncTimeout = timeoutMs;
        options.ReconnectRetryPolicy = new LinearRetry(ReconnectEveryMs);
        options.ClientName ??= "router";

        // Nothing waits in the client: a batch that is not sent now is sent whole the next time.
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.IncludeDetailInExceptions = false;
        return options;
    }
}
