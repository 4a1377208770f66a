using RouterCluster.Domain.Books;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Merchants;

public sealed class SharedPlacesTests
{
    private static readonly MerchantId Shop = new("shop");
    private static readonly MerchantId Other = new("other");

    [Fact]
    public void A_busy_merchant_gets_what_the_others_leave()
    {
        var places = new SharedPlaces(90, isShared: true);

        Assert.Equal(80, Enter(places, Shop, 100).Count);
        Assert.Equal(9, Enter(places, Other, 100).Count);
    }

    [Fact]
    public void A_merchant_that_is_alone_gets_all()
    {
        var places = new SharedPlaces(90, isShared: false);

        var entered = Enter(places, Shop, 100);
        Assert.Equal(90, entered.Count);
        entered.ForEach(places.Leave);

        Assert.Equal((0, 90), (places.Taken, Enter(places, Shop, 100).Count));
    }

    [Fact]
    public void Where_places_are_short_whoever_waits_longest_makes_room()
    {
        var places = new SharedPlaces(4, isShared: false);
        var entered = Enter(places, Shop, 4);
        var waits = entered.Select((place, i) => places.BeginWait(place, Id($"A-{i}"))).ToList();

        Assert.NotNull(places.TryEnter(Shop));

        Assert.Equal([true, false, false, false], waits.Select(wait => wait.IsCancellationRequested));
        places.Leave(entered[0]);
        Assert.Equal(4, places.Taken);
    }

    [Fact]
    public void Work_makes_no_room()
    {
        var places = new SharedPlaces(2, isShared: false);
        Enter(places, Shop, 2);

        Assert.Null(places.TryEnter(Other));
    }

    [Fact]
    public void Waits_of_one_merchant_shut_nobody_else_out()
    {
        var places = new SharedPlaces(90, isShared: true);
        var waits = Enter(places, Shop, 80).Select((place, i) => places.BeginWait(place, Id($"A-{i}"))).ToList();
        Assert.Equal(8, Enter(places, Other, 8).Count);

        var others = Enter(places, Other, 30);

        Assert.Equal(30, others.Count);
        Assert.Equal(29, waits.Count(wait => wait.IsCancellationRequested));
        Assert.True(places.Taken <= 90);
    }

    [Fact]
    public void Who_holds_more_makes_no_room_at_the_cost_of_who_holds_less()
    {
        var places = new SharedPlaces(10, isShared: true);
        Enter(places, Shop, 8);
        var small = places.BeginWait(places.TryEnter(Other)!, Id("B-1"));

        Assert.Null(places.TryEnter(Shop));
        Assert.False(small.IsCancellationRequested);
    }

    [Fact]
    public void All_who_wait_for_one_payment_share_one_place()
    {
        var places = new SharedPlaces(100, isShared: true);
        var following = new List<SharedPlaces.Place>();
        for (var request = 0; request < 50; request++)
        {
            var place = places.TryEnter(Shop)!;
            places.BeginWait(place, Id("A-1"));
            following.Add(place);
        }

        Assert.Equal(1, places.Taken);
        following.Take(49).ToList().ForEach(places.Leave);
        Assert.Equal(1, places.Taken);
        places.Leave(following[^1]);
        Assert.Equal(0, places.Taken);
    }

    [Fact]
    public void Followers_are_no_more_than_places_and_the_oldest_makes_room()
    {
        var places = new SharedPlaces(10, isShared: true);
        var waits = Enumerable.Range(0, 20).Select(_ => places.BeginWait(places.TryEnter(Shop)!, Id("A-1"))).ToList();
        places.BeginWait(places.TryEnter(Other)!, Id("B-1"));
        var follower = places.BeginWait(places.TryEnter(Other)!, Id("B-1"));

        // Of the 20 the first holds the place; 19 follow, of which 10 fit, and one more went for the other merchant's.
        Assert.Equal(10, waits.Count(wait => wait.IsCancellationRequested));
        Assert.False(follower.IsCancellationRequested);
    }

    [Fact]
    public async Task Requests_that_wait_for_a_silent_channel_are_answered_when_others_come()
    {
        await using var node = await TestNode.StartAsync("router.http.max-in-flight = 9");
        using var waiting = new SemaphoreSlim(0);
        var release = new TaskCompletionSource();
        node.Payments.OnWait = async (id, content, wait) =>
        {
            var stored = new BookAnswer.Stored(
                Samples.Payment(id, content, default) with { State = PaymentState.Processing }, IsNew: true);
            if (content.Merchant == Shop)
            {
                var ended = new TaskCompletionSource();
                await using var registration = wait.Begin(id).Register(ended.SetResult);
                waiting.Release();
                await Task.WhenAny(ended.Task, release.Task);
            }

            return stored;
        };
        var slow = new List<Task<Answer>>();
        for (var request = 0; request < 30; request++)
        {
            // One after the other: requests that are worked on make no room, only those that wait.
            slow.Add(node.PostPaymentAsync(Samples.Body($"A-{request}"), prefer: "wait=30"));
            await waiting.WaitAsync(TimeSpan.FromSeconds(30));
        }

        var others = new List<Answer>();
        for (var request = 0; request < 9; request++)
        {
            others.Add(await node.PostPaymentAsync(Samples.Body($"B-{request}"), "other-key"));
        }

        var cut = new List<Answer>();
        await foreach (var answer in Task.WhenEach(slow))
        {
            cut.Add(await answer);
            if (cut.Count == 22)
            {
                release.SetResult();
            }
        }

        Assert.All(others, answer => Assert.Equal(201, answer.Status));
        Assert.Equal(30, cut.Count);
        Assert.All(cut, answer => Assert.Equal((201, "processing"), (answer.Status, (string?)answer.Json!["state"])));
    }

    private static PaymentId Id(string orderNo) => PaymentId.For(Shop, orderNo, 4, "salt"u8);

    private static List<SharedPlaces.Place> Enter(SharedPlaces places, MerchantId merchant, int times) =>
        [.. Enumerable.Range(0, times).Select(_ => places.TryEnter(merchant)).OfType<SharedPlaces.Place>()];
}
