using System.Collections.Concurrent;

namespace RouterCluster.Cluster.Tests.Merchants;

/// <summary>
/// Clients that pay one after another, as merchants do: who got no answer, or 409, asks again under the same number;
/// who was refused waits and takes a new one.
/// </summary>
internal sealed class Load
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan GrowthLimit = TimeSpan.FromSeconds(60);

    private readonly Func<string, Task<Reply>> _pay;
    private readonly string _prefix;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _clients;

    private Load(string prefix, int clients, Func<string, Task<Reply>> pay)
    {
        _pay = pay;
        _prefix = prefix;
        _clients = Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => RunAsync(client))));
    }

    public Statement Statement { get; } = new();

    public static Load Start(string prefix, int clients, Func<string, Task<Reply>> pay) => new(prefix, clients, pay);

    /// <summary>Waits until so many more payments have been acknowledged.</summary>
    public Task GrowsByAsync(int payments)
    {
        var wanted = Statement.Acknowledged.Count() + payments;
        return Until.TrueAsync(
            () => Task.FromResult(Statement.Acknowledged.Count() >= wanted),
            GrowthLimit,
            $"{payments} more payments are acknowledged");
    }

    /// <summary>No new payments; those that are unclear are asked about until they are answered, or left as unclear.</summary>
    public async Task<Statement> StopAsync()
    {
        await _stop.CancelAsync();
        await _clients;
        _stop.Dispose();
        return Statement;
    }

    private async Task RunAsync(int client)
    {
        for (var count = 0; !_stop.IsCancellationRequested; count++)
        {
            await PayOneAsync($"{_prefix}-{client}-{count}");
        }
    }

    private async Task PayOneAsync(string orderNo)
    {
        Statement.Asked(orderNo);
        while (true)
        {
            var reply = await _pay(orderNo);
            Statement.Told(orderNo, reply);
            var isDone = reply.IsAcknowledged || !(reply.IsUnclear || Statement.IsUnclear(orderNo));
            if (reply.IsBusy || !isDone)
            {
                await Task.Delay(Pause);
            }

            if (isDone || _stop.IsCancellationRequested)
            {
                return;
            }
        }
    }
}

/// <summary>What a merchant knows of its payments from the answers alone.</summary>
internal sealed class Statement
{
    private readonly ConcurrentDictionary<string, Standing> _standings = new();
    private readonly ConcurrentDictionary<string, int> _replies = new();

    public IEnumerable<string> All => _standings.Keys;

    public IEnumerable<string> Acknowledged => With(Standing.Acknowledged);

    /// <summary>Every answer was a refusal: nothing may have been stored.</summary>
    public IEnumerable<string> Refused => With(Standing.Refused);

    /// <summary>How often each status came.</summary>
    public IReadOnlyDictionary<string, int> Replies => _replies;

    /// <summary>Answers that the contract does not know.</summary>
    public int Unexpected => _replies.Where(reply => !IsKnown(reply.Key)).Sum(reply => reply.Value);

    public void Asked(string orderNo) => _standings[orderNo] = Standing.Refused;

    public bool IsUnclear(string orderNo) => _standings[orderNo] == Standing.Unclear;

    public void Told(string orderNo, Reply reply)
    {
        _replies.AddOrUpdate($"{reply.Status} {reply.Code}".TrimEnd(), 1, (_, count) => count + 1);
        if (reply.IsAcknowledged)
        {
            _standings[orderNo] = Standing.Acknowledged;
        }
        else if (reply.IsUnclear && _standings[orderNo] == Standing.Refused)
        {
            _standings[orderNo] = Standing.Unclear;
        }
    }

    public override string ToString() => string.Join(
        ", ", _replies.OrderBy(reply => reply.Key, StringComparer.Ordinal).Select(reply => $"{reply.Value} × {reply.Key}"));

    private static bool IsKnown(string reply) => reply
        is "0" or "200" or "201" or "409 in_progress" or "429 merchant_limit"
        or "503 no_channel" or "503 overloaded" or "503 unavailable" or "503 shutting_down";

    private IEnumerable<string> With(Standing standing) =>
        _standings.Where(pair => pair.Value == standing).Select(pair => pair.Key);

    private enum Standing
    {
        Refused,
        Unclear,
        Acknowledged,
    }
}
