using CsCheck;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Tests.Lanes;

/// <summary>The queue against a slow model of it: merchants in turn, shares of a full queue, deadlines.</summary>
public sealed class LaneQueueModelTests
{
    private const int Limit = 7;

    private static readonly Gen<(int Merchant, int PatienceMs)[]> Steps =
        Gen.Select(Gen.Frequency((1, Gen.Const(-1)), (3, Gen.Int[0, 4])), Gen.Int[1, 400]).Array[0, 200];

    [Fact]
    public void Calls_leave_the_queue_as_in_the_model() =>
        Steps.Sample(
            steps =>
            {
                var settings = LaneScene.Usual with { Concurrency = 1, Queue = Limit, RatePerSecond = 1e9 };
                var scene = LaneScene.Warm(settings);
                var model = new Model();
                var running = scene.Offer("first");
                foreach (var (merchant, patienceMs) in steps)
                {
                    scene.Pass(0.01);
                    model.Expire(scene.Now);
                    if (merchant >= 0)
                    {
                        var call = scene.Offer($"m{merchant}", patienceMs / 1000.0);
                        model.Offer(call, merchant, scene.Now + LaneScene.Seconds(patienceMs / 1000.0));
                    }
                    else if (model.Lines.Count > 0)
                    {
                        scene.End(running);
                        running = model.Take();
                        Assert.Equal(running, scene.Started[^1]);
                    }

                    Assert.Equal(model.Refused, scene.Refused.Where(pair => pair.Value == LaneRefusal.Full).Select(pair => pair.Key));
                    Assert.Equal(model.Lines.Sum(line => line.Calls.Count), scene.Report.Queue);
                }
            },
            iter: 1000);

    [Fact]
    public void A_single_call_never_waits_more_than_one_round_of_the_merchants() =>
        Gen.Select(Gen.Int[0, 3].Array[0, 60], Gen.Int[0, 20]).Sample(
            (flood, taken) =>
            {
                var scene = LaneScene.Warm(LaneScene.Usual with { Concurrency = 1, Queue = 100, RatePerSecond = 1e9 });
                scene.Offer("flood");
                Array.ForEach(flood, merchant => scene.Offer($"m{merchant}"));
                for (var i = 0; i < taken; i++)
                {
                    Turn(scene);
                }

                var single = scene.Offer("single");
                for (var i = 0; i < flood.Distinct().Count() + 1; i++)
                {
                    Turn(scene);
                    Array.ForEach(flood, merchant => scene.Offer($"m{merchant}"));
                }

                Assert.Contains(single, scene.Started);
            },
            iter: 300);

    private static void Turn(LaneScene scene)
    {
        scene.Pass(0.001);
        scene.End(scene.Started[^1], CallVerdict.Neutral);
        scene.Pass(0.001);
    }

    private sealed class Line(int merchant)
    {
        public int Merchant { get; } = merchant;

        public List<(int Call, TimeSpan Deadline)> Calls { get; } = [];

        public int LastChange { get; set; }
    }

    private sealed class Model
    {
        private int _changes;

        public List<Line> Lines { get; } = [];

        public List<int> Refused { get; } = [];

        public void Offer(int call, int merchant, TimeSpan deadline)
        {
            if (Lines.Sum(line => line.Calls.Count) == Limit && !MakeRoom(merchant))
            {
                Refused.Add(call);
                return;
            }

            if (Lines.All(line => line.Merchant != merchant))
            {
                Lines.Add(new Line(merchant));
            }

            var own = Lines.Single(line => line.Merchant == merchant);
            own.Calls.Add((call, deadline));
            own.LastChange = ++_changes;
        }

        public int Take()
        {
            var line = Lines[0];
            Lines.RemoveAt(0);
            Lines.Add(line);
            return Remove(line, 0);
        }

        public void Expire(TimeSpan now)
        {
            while (Lines.SelectMany(line => line.Calls).Where(call => call.Deadline <= now).OrderBy(call => call.Deadline)
                .ThenBy(call => call.Call).FirstOrDefault() is { Call: > 0 } due)
            {
                var line = Lines.Single(line => line.Calls.Contains(due));
                Remove(line, line.Calls.IndexOf(due));
            }
        }

        private bool MakeRoom(int merchant)
        {
            var held = Lines.Where(line => line.Merchant == merchant).Sum(line => line.Calls.Count);
            if (held >= Limit / (held == 0 ? Lines.Count + 1 : Lines.Count))
            {
                return false;
            }

            var longest = Lines.OrderByDescending(line => line.Calls.Count).ThenBy(line => line.LastChange).First();
            Assert.NotEqual(merchant, longest.Merchant);
            Refused.Add(Remove(longest, longest.Calls.Count - 1));
            return true;
        }

        private int Remove(Line line, int index)
        {
            var call = line.Calls[index].Call;
            line.Calls.RemoveAt(index);
            line.LastChange = ++_changes;
            Lines.RemoveAll(other => other.Calls.Count == 0);
            return call;
        }
    }
}
