using RouterCluster.Cluster.Tests.Nodes;

namespace RouterCluster.Cluster.Tests.Routing;

/// <summary>A stretch of a run, on the clock that the simulator stamps its books with.</summary>
internal readonly record struct Span(DateTimeOffset From, DateTimeOffset Until)
{
    public TimeSpan Length => Until - From;

    public Span Last(TimeSpan length) => this with { From = Until - length };

    public Span Within(TimeSpan from, TimeSpan length) => new(From + from, From + from + length);
}

/// <summary>Which channel got how many attempts when, by the simulator's own books.</summary>
internal sealed class TrafficBooks
{
    private readonly Dictionary<string, List<DateTimeOffset>> _submits = [];

    private TrafficBooks()
    {
    }

    public static async Task<TrafficBooks> ReadAsync(Psp psp, IEnumerable<string> channels)
    {
        var books = new TrafficBooks();
        foreach (var channel in channels)
        {
            var log = await psp.LogAsync(channel);
            books._submits[channel] = [.. log.Calls.Where(call => call.IsSubmit).Select(call => call.At).Order()];
        }

        return books;
    }

    public int Attempts(string channel, Span span) =>
        IndexOf(_submits[channel], span.Until) - IndexOf(_submits[channel], span.From);

    public double Share(string channel, Span span)
    {
        var all = _submits.Keys.Sum(each => Attempts(each, span));
        return all == 0 ? 0 : Attempts(channel, span) / (double)all;
    }

    /// <summary>The shares of equal parts of the span, one after another.</summary>
    public IEnumerable<double> Shares(string channel, Span span, TimeSpan part)
    {
        for (var from = TimeSpan.Zero; from + part <= span.Length; from += part)
        {
            yield return Share(channel, span.Within(from, part));
        }
    }

    /// <summary>The first second of the span after which the share of the next ones is as asked; null: none.</summary>
    public int? FirstSecond(string channel, Span span, TimeSpan part, Func<double, bool> isAsAsked)
    {
        for (var second = 0; TimeSpan.FromSeconds(second) + part <= span.Length; second++)
        {
            if (isAsAsked(Share(channel, span.Within(TimeSpan.FromSeconds(second), part))))
            {
                return second;
            }
        }

        return null;
    }

    private static int IndexOf(List<DateTimeOffset> sorted, DateTimeOffset moment)
    {
        var found = sorted.BinarySearch(moment);
        while (found > 0 && sorted[found - 1] == moment)
        {
            found--;
        }

        return found < 0 ? ~found : found;
    }
}
