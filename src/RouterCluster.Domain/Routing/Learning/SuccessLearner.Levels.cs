namespace RouterCluster.Domain.Routing.Learning;

/// <content>How bad the learner thinks that a channel is, for people.</content>
public sealed partial class SuccessLearner
{
    // A false alarm in one thin segment is no outage of the product.
    private const double ShareOfSuspected = 0.25;
    private const double ShareOfDown = 0.75;

    public OutageLevel Level(int channel, int product)
    {
        if (channel >= _channels.Length)
        {
            return OutageLevel.None;
        }

        var memory = _channels[channel];
        if (memory.Outage.IsOn)
        {
            return memory.Outage.Factor < DownBelowWhenPlentiful ? OutageLevel.Down : OutageLevel.Suspected;
        }

        var (known, fallen, down) = Segments(channel, product);
        if (down >= ShareOfDown * known && down > 0)
        {
            return OutageLevel.Down;
        }

        return memory.IsSuspected || (fallen >= ShareOfSuspected * known && fallen > 0)
            ? OutageLevel.Suspected
            : OutageLevel.None;
    }

    /// <summary>How much the channel did for the product, how much of it is in an outage, and how much is down.</summary>
    private (double Known, double Fallen, double Down) Segments(int channel, int product)
    {
        var (known, fallen, down) = (0.0, 0.0, 0.0);
        for (var segment = 0; segment < _cells.Rows; segment++)
        {
            if (_cells.Find(segment, channel) is { } cell && Segment(segment).Product == product)
            {
                known += cell.Tally.Expected;
                fallen += cell.Outage.IsOn ? cell.Tally.Expected : 0;
                down += cell.Outage.IsOn && cell.Outage.Factor < DownBelow(Segment(segment)) ? cell.Tally.Expected : 0;
            }
        }

        return (known, fallen, down);
    }
}
