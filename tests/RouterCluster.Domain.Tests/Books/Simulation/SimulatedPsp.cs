using RouterCluster.Domain.Books;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Tests.Payments;

namespace RouterCluster.Domain.Tests.Books.Simulation;

/// <summary>
/// The payment companies, with books of their own. They never contradict themselves, but lose answers, decide late, and
/// show an order to queries only after a while. The judge of the simulation.
/// </summary>
internal sealed class SimulatedPsp(VirtualTime time, Chance chance)
{
    private readonly HashSet<string> _received = [];
    private readonly Dictionary<string, Order> _orders = [];
    private readonly Dictionary<PaymentId, string> _moved = [];

    /// <summary>Where notices go.</summary>
    public Action<SubmitOrder, Outcome> Notify { get; set; } = (_, _) => { };

    /// <summary>Orders of which a query, or a submit's own answer, has said that money moved.</summary>
    public HashSet<PaymentId> Confirmed { get; } = [];

    /// <summary>Who was told that no money moved.</summary>
    public HashSet<PaymentId> ToldFailed { get; } = [];

    public bool HasMoved(PaymentId id) => _moved.ContainsKey(id);

    /// <summary>The answer, unless it is lost on its way.</summary>
    public Outcome? Submit(SubmitOrder order)
    {
        Assert.True(_received.Add(order.OrderNo), $"S2: {order.OrderNo} was submitted twice");
        var answer = chance.Below(20) switch
        {
            < 7 => Land(order, moved: true, 0),
            < 9 => Land(order, moved: false, 0),
            < 13 => Land(order, moved: chance.Of(0.6), chance.Seconds(1, 40)),
            < 16 => PaymentFixtures.Maintenance,
            < 18 => new Outcome(OutcomeClass.ChannelThrottled, Landing.NotLanded, "TOO_FAST"),
            _ => null,
        };
        return chance.Fault(0.3) ? null : Confirming(order.Payment, answer);
    }

    public Outcome? Query(QueryOrder query)
    {
        if (chance.Fault(0.2))
        {
            return chance.Below(3) switch
            {
                0 => null,
                1 => Outcome.Unknown("bad_signature"),
                _ => new Outcome(OutcomeClass.ChannelThrottled, Landing.Maybe, "TOO_FAST"),
            };
        }

        return _orders.TryGetValue(query.OrderNo, out var order) && order.VisibleFrom <= time.Now
            ? Confirming(query.Payment, Answer(order))
            : PaymentFixtures.NotFound;
    }

    public void CheckNeverMoved(PaymentId id) =>
        Assert.False(HasMoved(id), $"S11: money of {id} moved, and its merchant heard it did not");

    private Outcome Land(SubmitOrder submit, bool moved, double decidesAfter)
    {
        var order = new Order(time.Now + TimeSpan.FromSeconds(chance.Seconds(0, 20)));
        _orders.Add(submit.OrderNo, order);
        if (decidesAfter > 0)
        {
            time.After(decidesAfter, () => Decide(submit, order, moved));
        }
        else
        {
            Decide(submit, order, moved);
        }

        return Answer(order);
    }

    private void Decide(SubmitOrder submit, Order order, bool moved)
    {
        order.Moved = moved;
        if (moved)
        {
            Assert.True(_moved.TryAdd(submit.Payment, submit.OrderNo), $"S4: money of {submit.Payment} moved twice");
            Assert.DoesNotContain(submit.Payment, ToldFailed);
        }

        Announce(submit, order);
    }

    private Outcome? Confirming(PaymentId id, Outcome? answer)
    {
        if (answer?.IsSuccess() == true)
        {
            Confirmed.Add(id);
        }

        return answer;
    }

    /// <summary>Never, once or twice; early, late, and now and then with what is not the order's.</summary>
    private void Announce(SubmitOrder submit, Order order)
    {
        for (var times = chance.Below(3); times > 0; times--)
        {
            time.After(chance.Of(0.5) ? chance.Seconds(0, 0.2) : chance.Seconds(0, 90), () => Notify(submit, Answer(order)));
        }
    }

    private static Outcome Answer(Order order) => order.Moved switch
    {
        null => PaymentFixtures.Processing,
        true => PaymentFixtures.Success,
        false => PaymentFixtures.NoFunds,
    };

    private sealed class Order(TimeSpan visibleFrom)
    {
        public TimeSpan VisibleFrom { get; } = visibleFrom;

        public bool? Moved { get; set; }
    }
}
