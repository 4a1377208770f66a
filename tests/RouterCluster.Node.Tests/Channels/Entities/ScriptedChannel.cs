using System.Collections.Concurrent;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Node.Tests.Channels.Entities;

/// <summary>A payment company that answers when the test says so.</summary>
internal sealed class ScriptedChannel : IChannelProtocol
{
    private readonly ConcurrentQueue<TaskCompletionSource<CallEnd>> _submits = new();

    /// <summary>The permission of the submit that came last.</summary>
    public Func<bool>? MayStillSend { get; private set; }

    /// <summary>Answers every submit at once; null: submits wait for <see cref="AnswerSubmit"/>.</summary>
    public Outcome? Instantly { get; set; }

    /// <summary>Until when it says, with each instant answer, that it is closed.</summary>
    public DateTimeOffset? ClosedUntil { get; set; }

    /// <summary>How long it asks, with each instant answer, to be left alone.</summary>
    public TimeSpan? Pause { get; set; }

    public Task<CallEnd> SubmitAsync(SubmitCall call, CancellationToken timeout)
    {
        MayStillSend = call.MayStillSend;
        if (Instantly is { } outcome)
        {
            return Task.FromResult(new CallEnd(outcome) { ClosedUntil = ClosedUntil, Pause = Pause });
        }

        var end = new TaskCompletionSource<CallEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        timeout.Register(() => end.TrySetResult(new CallEnd(Outcome.Unknown("cancelled"), ConnectionMayLinger: true)));
        _submits.Enqueue(end);
        return end.Task;
    }

    /// <summary>Answers every query.</summary>
    public Outcome Queried { get; set; } = new(OutcomeClass.Success, Landing.Landed, "00", null, "C-1");

    public Task<CallEnd> QueryAsync(QueryCall call, CancellationToken timeout) => Task.FromResult(new CallEnd(Queried));

    public NoticeReading ReadNotice(NoticeCall call) => throw new NotSupportedException();

    /// <summary>Ends the submit that has waited longest.</summary>
    public void AnswerSubmit(Outcome outcome)
    {
        Assert.True(_submits.TryDequeue(out var end), "no submit is waiting");
        end.TrySetResult(new CallEnd(outcome));
    }
}
