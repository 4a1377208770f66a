using System.Collections.Concurrent;
using RouterCluster.Domain.Books;
using RouterCluster.Node.Commits;

namespace RouterCluster.Node.Tests.Commits;

/// <summary>Remembers the payments that it heard of; hangs or throws when it is told to.</summary>
internal sealed class ScriptedSubscriber(string name) : ICommitSubscriber
{
    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private readonly SemaphoreSlim _entered = new(0);

    public string Name => name;

    public bool Listens { get; set; } = true;

    public ConcurrentQueue<string> Heard { get; } = new();

    /// <summary>Throws on this payment's event.</summary>
    public string? Unwanted { get; init; }

    public void Hang() => _gate.Reset();

    public void GoOn() => _gate.Set();

    /// <summary>Ends when another event is with the subscriber.</summary>
    public async Task EnteredAsync() => Assert.True(await _entered.WaitAsync(TimeSpan.FromSeconds(20)));

    public void Happened(CommittedEvent committed)
    {
        _entered.Release();
        _gate.Wait();
        var number = committed.After.Content.OrderNo;
        if (number == Unwanted)
        {
            throw new InvalidOperationException("not this one");
        }

        Heard.Enqueue(number);
    }
}
