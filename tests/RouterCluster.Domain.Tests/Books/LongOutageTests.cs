using System.Buffers;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;
using static RouterCluster.Domain.Tests.Payments.PaymentFixtures;

namespace RouterCluster.Domain.Tests.Books;

/// <summary>Measures the memory of the whole process: nothing else may run beside it.</summary>
[CollectionDefinition(nameof(LongOutageTests), DisableParallelization = true)]
public sealed class LongOutageCollection;

/// <summary>A payment company that is down for two hours while a hundred thousand payments at it are unknown.</summary>
[Collection(nameof(LongOutageTests))]
public sealed class LongOutageTests
{
    private const int Open = 100_000;
    private const int Credit = 32;
    private const int Outage = 2 * 3600;
    private const int BytesPerPayment = 4096;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly QueryPolicy Policy = new(
        BookHarness.Seconds(2), BookHarness.Seconds(15), BookHarness.Seconds(15),
        [.. new[] { 1, 2, 5, 15, 30, 60, 300, 900, 3600 }.Select(pause => BookHarness.Seconds(pause))],
        TimeSpan.FromMinutes(30), 3, Credit);

    private readonly PaymentBook _book = new(
        new BookRules(
            Rules, BookHarness.Seconds(5), BookHarness.Seconds(60), TimeSpan.FromHours(3), BookHarness.Seconds(2), _ => Policy),
        new Bytes());

    private readonly Queue<QueryOrder> _asked = new();
    private readonly HashSet<PaymentId> _ended = [];
    private BookTime _now = new(Start, BookHarness.Seconds(1000));
    private ChannelId _route = Alpha;
    private Outcome _submitsEnd = Unknown;
    private bool _isDown = true;
    private int _rows;
    private int _numbers;
    private int _submits;
    private int _suspended;
    private int _mostOut;
    private long _questions;

    [Fact]
    public void L1_nothing_is_suspended_memory_is_bounded_submits_are_unharmed_and_all_is_resolved_afterwards()
    {
        _book.Recovered(0, _now);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var number = 0; number < Open; number++)
        {
            Pay();
        }

        var opened = GC.GetTotalMemory(forceFullCollection: true);
        Assert.InRange((opened - before) / Open, 1, BytesPerPayment);

        PassOutage();
        Assert.Equal((0, 0), (_ended.Count, _suspended));
        var grown = GC.GetTotalMemory(forceFullCollection: true) - opened;
        Assert.True(grown < 64L * Open, $"{grown} bytes more after two hours of asking");

        _isDown = false;
        var seconds = 0;
        for (; _ended.Count < Open && seconds < Outage; seconds++)
        {
            Pass();
        }

        Assert.Equal((Open, 0), (_ended.Count, _suspended));
        Assert.InRange(_mostOut, 1, Credit);

        // At most the backlog at the rate that credit gives, after the longest pause.
        Assert.InRange(seconds, Open / Credit, 3600 + (2 * Open / Credit));
    }

    /// <summary>Every ten seconds a payment, at the company that is down and at another: each is sent at once.</summary>
    private void PassOutage()
    {
        var rows = _rows;
        var others = 0;
        _submitsEnd = Success;
        for (var second = 0; second < Outage; second++)
        {
            Pass();
            if (second % 10 == 0)
            {
                _route = second % 20 == 0 ? Alpha : Bravo;
                var sent = _submits;
                Pay();
                others++;
                Assert.Equal(sent + 1, _submits);
            }
        }

        Assert.True(_questions > Open, $"only {_questions} questions in two hours");
        Assert.Equal(rows + (2 * others), _rows);
        _ended.Clear();
    }

    private void Pass()
    {
        _now = new BookTime(_now.Utc + Second, _now.Monotonic + Second);
        _mostOut = Math.Max(_mostOut, _asked.Count);
        for (var count = _asked.Count; count > 0; count--)
        {
            var asked = _asked.Dequeue();
            _book.AttemptReported(
                new AttemptReport(
                    asked.Payment, asked.AttemptNo, asked.Channel, ReportSource.Query, _isDown ? Unknown : Success)
                {
                    Question = asked.Question,
                },
                _now);
            Pump();
        }

        _book.Tick(_now);
        Pump();
    }

    private void Pay()
    {
        var orderNo = $"L-{_numbers++}";
        _book.Accept(
            new AcceptRequest(
                new Caller(this, 0), IdOf(orderNo), Content(Product.Withhold, orderNo), Patience, _now.Utc + Second, default),
            _now);
        Pump();
    }

    private void Pump()
    {
        do
        {
            foreach (var effect in _book.TakeEffects())
            {
                Carry(effect);
            }

            if (_book.TakeWrite() is null)
            {
                return;
            }

            _rows++;
            _book.WriteAcknowledged(_now);
        }
        while (true);
    }

    private void Carry(BookEffect effect)
    {
        switch (effect)
        {
            case BookEffect.ChooseRoute choose:
                _book.RouteChosen(choose.RouteId, new RouteDecision.Chosen(_route, RouteReasons.None), _now);
                break;
            case BookEffect.Submit submit:
                _submits++;
                var order = submit.Order;
                _book.AttemptReported(
                    new AttemptReport(order.Payment, order.AttemptNo, order.Channel, ReportSource.Submit, _submitsEnd), _now);
                break;
            case BookEffect.Query query:
                _questions++;
                _asked.Enqueue(query.Order);
                break;
            case BookEffect.Committed committed:
                _suspended += committed.Events.Count(happened => happened.Event is PaymentSuspended);
                _ended.UnionWith(committed.Events
                    .Where(happened => happened.Event is PaymentSucceeded)
                    .Select(happened => happened.After.Id));
                break;
        }
    }

    /// <summary>What is stored is not the matter here.</summary>
    private sealed class Bytes : IPaymentEventEncoder
    {
        public bool TryEncode(PaymentId id, PaymentEvent @event, IBufferWriter<byte> to)
        {
            to.Write("event"u8);
            return true;
        }
    }
}
