using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Tests.Nodes;

/// <summary>An outbox of one notification.</summary>
internal sealed class FakeNotifications : IWebhooks
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    public static readonly PaymentId Payment = PaymentId.For(new MerchantId("shop"), "A-1", 4, "salt"u8);
    public static readonly NotificationId Id = NotificationId.Of(Payment, NotificationType.PaymentSucceeded, 1);

    private readonly ConcurrentDictionary<MerchantId, WebhookBacklog> _backlogs = new();

    public ConcurrentQueue<(WebhookFilter Filter, int Limit, string? Cursor)> Listed { get; } = new();

    public ConcurrentQueue<string> Done { get; } = new();

    public IReadOnlyDictionary<MerchantId, WebhookBacklog> Backlogs => _backlogs;

    public void Set(string merchant, WebhookBacklog backlog) => _backlogs[new MerchantId(merchant)] = backlog;

    public Task<WebhookPage> ListAsync(
        WebhookFilter filter, int limit, string? cursor, CancellationToken cancellation)
    {
        Listed.Enqueue((filter, limit, cursor));
        return cursor == "rubbish" ? throw new FormatException("No cursor of ours.")
            : cursor == "refused" ? throw new Npgsql.PostgresException("invalid byte sequence", "ERROR", "ERROR", "22021")
            : cursor == "away" ? throw new SqliteException("The storage is away.", 14)
            : Task.FromResult(new WebhookPage([Entry], $"1767323045678.{Id}"));
    }

    public Task<WebhookEntry?> ResendAsync(NotificationId id, string by, CancellationToken cancellation)
    {
        Done.Enqueue($"resend {id} by {by}");
        return Task.FromResult(id == Id ? Entry : null);
    }

    public Task<int> EnableAsync(MerchantId merchant, string by, CancellationToken cancellation)
    {
        Done.Enqueue($"enable {merchant} by {by}");
        return Task.FromResult(7);
    }

    private static WebhookEntry Entry => new(
        Id, new MerchantId("shop"), Payment, NotificationType.PaymentSucceeded, "https://shop.example/hook",
        NotificationState.Pending, 2, At, At.AddMinutes(1), At.AddSeconds(15), 503, null);
}
