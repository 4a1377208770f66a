namespace RouterCluster.Simulation.Tests.Law;

/// <summary>
/// Chapter 6, one submit lane in one life: merchants are served in turn, each in the order in which its orders came, and
/// nobody who comes overtakes somebody who waits.
/// </summary>
internal sealed class Turns(string channel, Coverage coverage)
{
    private readonly Dictionary<string, Line> _lines = [];

    /// <summary>The channel is drained: it works off what waits, and takes nothing new.</summary>
    public bool IsDraining { get; set; }

    public void Waits(string merchant, string orderNo)
    {
        TakesNew(orderNo);
        if (!_lines.TryGetValue(merchant, out var line))
        {
            _lines[merchant] = line = new Line();
        }

        line.Orders.Add(orderNo);
    }

    public void Starts(string merchant, string orderNo)
    {
        if (_lines.Count == 0)
        {
            TakesNew(orderNo);
            return;
        }

        if (!_lines.TryGetValue(merchant, out var own) || own.Orders[0] != orderNo)
        {
            throw new LawBroken(Clause.MerchantsTakeTurns, null, $"{channel}: {orderNo} of {merchant} overtakes {FirstOf(own)}");
        }

        foreach (var (other, line) in _lines)
        {
            if (other == merchant)
            {
                continue;
            }

            coverage.Met(Situation.MerchantsWait);
            var served = line.ServedMeanwhile.GetValueOrDefault(merchant) + 1;
            line.ServedMeanwhile[merchant] = served;
            if (served > 1)
            {
                throw new LawBroken(
                    Clause.MerchantsTakeTurns, null, $"{channel}: {merchant} is served {served} times while {other} waits");
            }
        }

        own.ServedMeanwhile.Clear();
        Leaves(merchant, orderNo);
    }

    /// <summary>Turned away, or withdrawn.</summary>
    public void Leaves(string merchant, string orderNo)
    {
        if (_lines.TryGetValue(merchant, out var line) && line.Orders.Remove(orderNo) && line.Orders.Count == 0)
        {
            _lines.Remove(merchant);
        }
    }

    public void Offered()
    {
        if (IsDraining)
        {
            coverage.Met(Situation.OrderWhileDraining);
        }
    }

    private void TakesNew(string orderNo)
    {
        if (IsDraining)
        {
            throw new LawBroken(Clause.DrainedTakesNothing, null, $"{channel} is drained, and takes {orderNo}");
        }
    }

    private string FirstOf(Line? own) => own?.Orders[0] ?? _lines.First().Value.Orders[0];

    private sealed class Line
    {
        public List<string> Orders { get; } = [];

        /// <summary>How often others were served since this merchant's last turn.</summary>
        public Dictionary<string, int> ServedMeanwhile { get; } = [];
    }
}
