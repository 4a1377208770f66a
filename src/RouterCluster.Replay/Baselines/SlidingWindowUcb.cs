using RouterCluster.Domain.Routing;

namespace RouterCluster.Replay.Baselines;

/// <summary>Upper confidence bounds over the last 2,000 ends of a segment.</summary>
internal sealed class SlidingWindowUcb : IRouter
{
    private const int Length = 2000;
    private const double Width = 0.35;
    private readonly PerCell<Counts> _cells = new();
    private readonly PerCell<Window> _windows = new();

    public int Choose(in RouteQuestion question, Span<Candidate> candidates, Span<double> scores)
    {
        var draws = new DrawStream(question.Draw);
        var all = _windows.Find(question.Segment.Index, 0)?.Count ?? 0;
        for (var i = 0; i < candidates.Length; i++)
        {
            var counts = _cells.Find(question.Segment.Index, candidates[i].Index);
            scores[i] = counts is null or { All: 0 }
                ? 2
                : (counts.Successes / (double)counts.All) + Math.Sqrt(Width * Width * Math.Log(all) / counts.All);
        }

        return Best.Of(scores, ref draws);
    }

    public void Ended(in RoutedAttempt attempt, AttemptEnd end, TimeSpan now)
    {
        if (!Best.IsEvidence(end))
        {
            return;
        }

        var segment = attempt.Segment.Index;
        if (_windows.Find(segment, 0) is not { } window)
        {
            window = new Window();
            _windows.Set(segment, 0, window);
        }

        if (_cells.Find(segment, attempt.Channel) is not { } counts)
        {
            counts = new Counts();
            _cells.Set(segment, attempt.Channel, counts);
        }

        if (window.Add(attempt.Channel, end == AttemptEnd.Succeeded) is { } dropped)
        {
            _cells.Find(segment, dropped.Channel)!.Add(dropped.Succeeded, -1);
        }

        counts.Add(end == AttemptEnd.Succeeded, 1);
    }

    private sealed class Counts
    {
        public int Successes { get; private set; }

        public int All { get; private set; }

        public void Add(bool succeeded, int sign)
        {
            Successes += succeeded ? sign : 0;
            All += sign;
        }
    }

    private sealed class Window
    {
        private readonly (int Channel, bool Succeeded)[] _ends = new (int, bool)[Length];
        private int _next;

        public int Count { get; private set; }

        /// <summary>Returns the outcome that left the window, if any.</summary>
        public (int Channel, bool Succeeded)? Add(int channel, bool succeeded)
        {
            (int, bool)? dropped = Count == Length ? _ends[_next] : null;
            _ends[_next] = (channel, succeeded);
            _next = (_next + 1) % Length;
            Count = Math.Min(Length, Count + 1);
            return dropped;
        }
    }
}
