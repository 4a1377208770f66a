using System.Globalization;
using StackExchange.Redis;

namespace RouterCluster.Node.Tests.Counters;

/// <summary>Reads counters as another system does, by what is documented of them.</summary>
internal sealed class CounterReading : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection;

    private CounterReading(ConnectionMultiplexer connection) => _connection = connection;

    public IDatabase Database => _connection.GetDatabase();

    public static async Task<CounterReading> OpenAsync(string connection) =>
        new(await ConnectionMultiplexer.ConnectAsync($"{connection},allowAdmin=true,abortConnect=false"));

    /// <summary>Sums the field over all periods of one length.</summary>
    /// <param name="length">s, m or d.</param>
    public async Task<long> SumAsync(string length, string field)
    {
        long sum = 0;
        foreach (var key in Keys(length))
        {
            sum += (long?)await Database.HashGetAsync(key, field) ?? 0;
        }

        return sum;
    }

    public IReadOnlyList<RedisKey> Keys(string length) =>
        [.. _connection.GetServers()[0].Keys(pattern: $"router:{length}:*", pageSize: 1000)];

    public async Task<long> OfTodayAsync(string field, TimeSpan offset)
    {
        var now = DateTimeOffset.UtcNow + offset;
        var key = string.Create(CultureInfo.InvariantCulture, $"router:d:{now:yyyyMMdd}");
        return (long?)await Database.HashGetAsync(key, field) ?? 0;
    }

    public Task FlushAsync() => _connection.GetServers()[0].FlushAllDatabasesAsync();

    public Task ConfigureAsync(string name, string value) => _connection.GetServers()[0].ConfigSetAsync(name, value);

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
