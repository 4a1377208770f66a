using System.Text;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Tests.Payments;
using RouterCluster.Node.Tests.Settings;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Tests.Webhooks;

public sealed class PaymentNoticesTests
{
    private const string Secret = "notify-secret = \"whsec_c2VjcmV0\"";
    private const string Url = "notify-url = \"https://shop.example/all\"";

    private static readonly Payment Succeeded =
        PaymentSamples.Accepted("A-1") with { State = PaymentState.Succeeded, UpdatedAt = PaymentSamples.At.AddSeconds(3) };

    [Fact]
    public void The_payments_own_URL_is_taken_before_its_merchants()
    {
        var notices = Notices($"{Secret}, {Url}");

        Assert.Equal("https://merchant.example/notify", notices.Of(Succeeded)?.Url);
        Assert.Equal("https://shop.example/all", notices.Of(WithoutUrl(Succeeded))?.Url);
    }

    [Fact]
    public void Where_no_URL_or_no_secret_is_configured_nothing_is_told()
    {
        Assert.Null(Notices(Secret).Of(WithoutUrl(Succeeded)));
        Assert.Null(Notices("").Of(Succeeded));
        Assert.Null(new PaymentWebhooks([], (_, _) => []).Of(Succeeded));
        Assert.Null(Notices(Secret).Of(Succeeded with { State = PaymentState.Processing }));
        Assert.Null(Notices(Secret).Of(Succeeded with { State = PaymentState.Closed }));
    }

    [Fact]
    public void Where_events_are_kept_it_is_made_all_the_same_and_not_sent()
    {
        var kept = Notices("", keepsUnsent: true).Of(Succeeded);

        Assert.False(kept!.IsSent);
        Assert.Equal(NotificationId.Of(Succeeded.Id, NotificationType.PaymentSucceeded, 1), kept.Id);
    }

    [Fact]
    public void It_is_written_with_what_the_payment_is_at_this_moment()
    {
        var notice = Notices(Secret).Of(Succeeded)!;

        Assert.Equal(NotificationId.Of(Succeeded.Id, NotificationType.PaymentSucceeded, 1), notice.Id);
        Assert.Equal((Succeeded.Id, Succeeded.Content.Merchant), (notice.Payment, notice.Merchant));
        Assert.Equal(Succeeded.UpdatedAt, notice.At);
        Assert.Equal($"PaymentSucceeded {Succeeded.Id}", Encoding.UTF8.GetString(notice.Body));
    }

    private static Payment WithoutUrl(Payment payment) =>
        payment with { Content = payment.Content with { NotifyUrl = null } };

    private static PaymentWebhooks Notices(string merchant, bool keepsUnsent = false)
    {
        RouterSettings settings = Given.Settings($"router.merchants.demo {{ keys = [ {{ token = t }} ], {merchant} }}");
        return new PaymentWebhooks(settings.Merchants, (type, payment) => Encoding.UTF8.GetBytes($"{type} {payment.Id}"))
        {
            KeepsUnsent = keepsUnsent,
        };
    }
}
