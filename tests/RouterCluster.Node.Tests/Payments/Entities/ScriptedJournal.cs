using System.Collections.Immutable;
using Akka.Actor.Setup;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace RouterCluster.Node.Tests.Payments.Entities;

/// <summary>What a test lets its journal do, from the next write on.</summary>
internal sealed class JournalScript : Setup
{
    private readonly SemaphoreSlim _arrived = new(0);
    private TaskCompletionSource _gate = Open();

    public Exception? Failure { get; set; }

    public Exception? Rejection { get; set; }

    /// <summary>Writes wait from now on.</summary>
    public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _gate.TrySetResult();

    /// <summary>The write that waits goes on; the next one waits.</summary>
    public void ReleaseOne()
    {
        var gate = _gate;
        Hold();
        gate.TrySetResult();
    }

    /// <summary>A write has reached the journal of which nobody was told yet.</summary>
    public bool HasArrived => _arrived.CurrentCount > 0;

    /// <summary>The next write has reached the journal.</summary>
    public Task WriteArrivesAsync() => _arrived.WaitAsync(TimeSpan.FromSeconds(10));

    internal Task PassAsync()
    {
        _arrived.Release();
        return _gate.Task;
    }

    private static TaskCompletionSource Open()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        return gate;
    }
}

/// <summary>A journal in memory that holds, fails or rejects writes as its system's <see cref="JournalScript"/> says.</summary>
internal sealed class ScriptedJournal : MemoryJournal
{
    private readonly JournalScript _script = Context.System.Settings.Setup.Get<JournalScript>().Value;

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages.ToArray();
        await _script.PassAsync();
        if (_script.Failure is { } failure)
        {
            throw failure;
        }

        return _script.Rejection is { } rejection
            ? [.. writes.Select(_ => rejection)]
            : await base.WriteMessagesAsync(writes, cancellationToken);
    }
}
