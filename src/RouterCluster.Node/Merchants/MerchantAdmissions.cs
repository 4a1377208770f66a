using System.Threading.Channels;
using RouterCluster.Domain.Merchants;
using RouterCluster.Domain.Payments;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Merchants;

/// <summary>
/// The node's one writer of merchants' limits: takes all waiting requests, decides them in one transaction, answers each,
/// and starts again. More load means fewer transactions per request.
/// </summary>
/// <param name="limit">Waiting requests; more are not admitted, and nobody is told that they were not stored before.</param>
internal sealed class MerchantAdmissions(AdmissionStore store, RouterClock clock, TimeSpan patience, int limit)
    : BackgroundService, IMerchantAdmissions
{
    private const int MostInOne = 512;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(limit) { SingleReader = true });

    private long _transactions;

    public long Transactions => Volatile.Read(ref _transactions);

    public async Task<Admission> AdmitAsync(AdmissionRequest request, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var waiting = new Asked(request, limited.Token);
        if (!_waiting.Writer.TryWrite(waiting))
        {
            throw new TimeoutException("Too many requests wait for their merchants' limits.");
        }

        try
        {
            return await waiting.Answer.Task.WaitAsync(patience, clock.Provider, cancellation);
        }
        catch
        {
            // A request that still waits must not count later.
            await limited.CancelAsync();
            throw;
        }
    }

    public void NotStored(AdmissionRequest request) => _waiting.Writer.TryWrite(new Withdrawn(request));

    public void NotCounted(DayShare share, DateTimeOffset? knownSince) =>
        _waiting.Writer.TryWrite(new Uncounted(share, knownSince));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Waiting>();
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (batch.Count < MostInOne && _waiting.Reader.TryRead(out var next))
            {
                if (!next.WasGivenUp)
                {
                    batch.Add(next);
                }
            }

            await DecideAsync(batch);
            batch.Clear();
        }
    }

    /// <summary>Decides what still waits: a request that was let in before the stop may need its answer.</summary>
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        return ExecuteTask?.WaitAsync(cancellationToken) ?? Task.CompletedTask;
    }

    private async Task DecideAsync(IReadOnlyList<Waiting> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            Interlocked.Increment(ref _transactions);
            var answers = await store.ChangeAsync(
                batch.Select(one => one.Terms.Merchant).ToHashSet(), batch.Select(one => one.Payment).ToHashSet(),
                batch.Where(one => one.Terms.SuspendsDuplicates).Select(one => one.Content).ToHashSet(),
                admissions => batch.Select(one => one.Decide(admissions, clock.Utc)).ToList(), CancellationToken.None);
            foreach (var (one, answer) in batch.Zip(answers))
            {
                one.End(answer);
            }
        }
        catch (Exception failure)
        {
            // Any exception is the outcome of these requests: the loop serves all merchants and must not end.
            foreach (var one in batch)
            {
                one.Fail(failure);
            }
        }
    }

    private abstract record Waiting(AdmissionTerms Terms, PaymentId Payment, Domain.Vocabulary.Fingerprint Content)
    {
        public virtual bool WasGivenUp => false;

        /// <summary>Null where nobody waits for an answer.</summary>
        public abstract Admission? Decide(Admissions admissions, DateTimeOffset now);

        public virtual void End(Admission? answer)
        {
        }

        public virtual void Fail(Exception failure)
        {
        }
    }

    private sealed record Asked(AdmissionRequest Request, CancellationToken Cancellation)
        : Waiting(Request.Terms, Request.Payment, Request.Content)
    {
        public TaskCompletionSource<Admission> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool WasGivenUp => Cancellation.IsCancellationRequested;

        public override Admission Decide(Admissions admissions, DateTimeOffset now) => admissions.Admit(Request, now);

        public override void End(Admission? answer) => Answer.TrySetResult(answer!);

        public override void Fail(Exception failure) => Answer.TrySetException(failure);
    }

    private sealed record Withdrawn(AdmissionRequest Request) : Waiting(Request.Terms, Request.Payment, Request.Content)
    {
        public override Admission? Decide(Admissions admissions, DateTimeOffset now)
        {
            admissions.NotStored(Request);
            return null;
        }
    }

    private sealed record Uncounted(DayShare Share, DateTimeOffset? KnownSince)
        : Waiting(new AdmissionTerms(Share.Merchant, null, null, false), Share.Payment, default)
    {
        public override Admission? Decide(Admissions admissions, DateTimeOffset now)
        {
            admissions.NotCounted(Share.Payment, KnownSince);
            return null;
        }
    }
}
