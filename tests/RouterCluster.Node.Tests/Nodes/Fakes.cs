using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using RouterCluster.Api;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Audit;
using RouterCluster.Node.Cases;
using RouterCluster.Node.Health;
using RouterCluster.Node.Notices;
using RouterCluster.Node.Platform.Health;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Tests.Nodes;

internal sealed class FakeVault : IAccountVault
{
    public SealedAccount Seal(AccountDetails account) => new(
        Encoding.UTF8.GetBytes($"{account.Number}|{account.Holder}"), account.MaskedNumber, account.Bank);

    public AccountDetails Open(SealedAccount account) => throw new NotSupportedException();

    public Fingerprint Fingerprint(ReadOnlySpan<byte> canonical) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(canonical)));
}

internal sealed class FakeCluster : IClusterView, ICaseList, IAuditLog
{
    /// <summary>Off: every cursor is somebody else's.</summary>
    public bool IsCursor { get; set; } = true;

    public ConcurrentQueue<(string? Cursor, int Limit)> Pages { get; } = new();

    public Task<ClusterBody> GetAsync(CancellationToken cancellation) =>
        Task.FromResult(new ClusterBody("akka://router@here", "akka://router@here", []));

    Task<ListBody<CaseBody>> ICaseList.GetAsync(string? cursor, int limit, CancellationToken cancellation)
    {
        Pages.Enqueue((cursor, limit));
        if (!IsCursor)
        {
            throw new FormatException();
        }

        var id = PaymentId.For(new MerchantId("shop"), "A-1", 4, "salt"u8);
        var page = Samples.Rerouted(id, new MerchantId("shop"), "A-1").ToCase() with { Id = "case_1" };
        return Task.FromResult(new ListBody<CaseBody>([page], "more"));
    }

    public ConcurrentQueue<AuditEntry> Audited { get; } = new();

    Task IAuditLog.AddAsync(AuditEntry entry, CancellationToken cancellation)
    {
        Audited.Enqueue(entry);
        return Task.CompletedTask;
    }

    Task<IReadOnlyList<AuditEntry>> IAuditLog.OfPaymentAsync(PaymentId payment, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<AuditEntry>>([.. Audited.Where(entry => entry.Payment == payment.Value).Take(limit)]);

    Task<ListBody<AuditBody>> IAuditLog.GetAsync(string? cursor, int limit, CancellationToken cancellation)
    {
        Pages.Enqueue((cursor, limit));
        var page = new AuditBody(DateTimeOffset.UnixEpoch, "alice", "disabled", null, "alpha");
        return Task.FromResult(new ListBody<AuditBody>([page], null));
    }
}

internal sealed class FakeStrays : IStrayNotices
{
    public ConcurrentQueue<StrayNotice> Kept { get; } = new();

    public bool IsLost { get; set; }

    /// <summary>SQL's code of what storage has against the notice.</summary>
    public string? Refusal { get; set; }

    public Task KeepAsync(StrayNotice notice, CancellationToken cancellation)
    {
        if (IsLost)
        {
            throw new Npgsql.NpgsqlException("gone");
        }

        if (Refusal is not null)
        {
            throw new Npgsql.PostgresException("invalid byte sequence", "ERROR", "ERROR", Refusal);
        }

        Kept.Enqueue(notice);
        return Task.CompletedTask;
    }

    public Task<StrayNoticePage> ListAsync(int limit, string? cursor, CancellationToken cancellation) => cursor is null or "here"
        ? Task.FromResult(new StrayNoticePage([.. Kept.Take(limit)], "more"))
        : throw new FormatException();
}

internal sealed class FakeCheck : IReadinessCheck
{
    public string? Wrong { get; set; }

    public string? Problem() => Wrong;
}

/// <summary>Everything that was logged, with the exceptions' texts.</summary>
internal sealed class LogBook : ILoggerProvider, ILogger, ISupportExternalScope
{
    private IExternalScopeProvider? _scopes;

    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>Of each line that was written for a request, the request's id.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
        _scopes?.ForEachScope(
            static (scope, requests) =>
            {
                if (scope is RequestId id)
                {
                    requests.Enqueue(id.Value);
                }
            },
            Requests);
    }

    public void Dispose()
    {
    }
}
