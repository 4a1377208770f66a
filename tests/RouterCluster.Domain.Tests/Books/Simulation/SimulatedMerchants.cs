using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books.Simulation;

/// <summary>They repeat numbers, at once or later, sometimes with other content, and remember what they hear.</summary>
internal sealed class SimulatedMerchants(VirtualTime time, Chance chance, SimulatedPsp psp, SimulatedStorage storage)
{
    private const int Numbers = 14;
    private readonly List<(PaymentId Id, PaymentContent Content)> _requests = [];
    private readonly HashSet<PaymentId> _stored = [];

    public void Plan(double until, Action<AcceptRequest> ask)
    {
        for (var number = 0; number < Numbers; number++)
        {
            var orderNo = $"S-{number}";
            var product = chance.Of(0.7) ? Product.Withhold : Product.Payout;
            var first = chance.Seconds(0, until);
            for (var times = 1 + chance.Below(5); times > 0; times--)
            {
                var later = chance.Of(0.4) ? chance.Seconds(0, 0.05) : chance.Seconds(0, 60);
                var content = Content(product, orderNo, amount: chance.Of(0.15) ? 101 : 100);
                time.After(first + later, () => ask(Request(content)));
            }
        }
    }

    public void Hear(Caller caller, BookAnswer answer)
    {
        var (id, content) = _requests[(int)caller.Request];
        switch (answer)
        {
            case BookAnswer.Stored { Payment: var payment }:
                Assert.True(storage.HasSeen(payment), $"S1: {payment.Id} was answered {payment.State}, and that is not stored");
                Assert.Equal((id, content.Fingerprint), (payment.Id, payment.Content.Fingerprint));
                _stored.Add(id);
                HearState(payment);
                break;
            case BookAnswer.IdempotencyMismatch:
                Assert.NotEqual(content.Fingerprint, storage.Payments[id].Content.Fingerprint);
                break;
        }
    }

    /// <summary>L1, S11: faults have stopped long ago.</summary>
    public void CheckEnds()
    {
        Assert.All(_stored, id => Assert.Contains(id, storage.Payments.Keys));
        foreach (var payment in storage.Payments.Values)
        {
            Assert.True(payment.IsFinal || payment.State == PaymentState.Suspended, $"L1: {payment.Id} is still {payment.State}");
            Assert.DoesNotContain(payment.Cases, opened => opened.Reason is CaseReason.LateSuccess or CaseReason.LateFailure);
            HearState(payment);
        }
    }

    private void HearState(Payment payment)
    {
        switch (payment.State)
        {
            case PaymentState.Failed or PaymentState.Closed:
                psp.CheckNeverMoved(payment.Id);
                psp.ToldFailed.Add(payment.Id);
                break;
            case PaymentState.Succeeded:
                Assert.True(psp.HasMoved(payment.Id), $"{payment.Id} is called succeeded, and no money moved");
                Assert.True(
                    payment.Content.Product != Product.Payout || psp.Confirmed.Contains(payment.Id),
                    $"{payment.Id} is a payout that is called succeeded on a notice alone");
                break;
        }
    }

    private AcceptRequest Request(PaymentContent content)
    {
        var id = IdOf(content.OrderNo);
        _requests.Add((id, content));
        return new AcceptRequest(
            new Caller(this, _requests.Count - 1), id, content, Patience, Start + time.Now + TimeSpan.FromSeconds(5),
            chance.Of(0.5));
    }
}
