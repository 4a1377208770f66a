using System.Globalization;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>What happened when, of one payment and of all that concerns every payment.</summary>
/// <param name="about">Null: the story of everything.</param>
internal sealed class Story(VirtualTime time, PaymentId? about)
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public void Tell(string what) => _lines.Add(
        string.Create(CultureInfo.InvariantCulture, $"{time.Now.TotalSeconds,10:0.000} s  {what}"));

    public void Tell(PaymentId payment, string what)
    {
        if (about is null || about == payment)
        {
            Tell(about is null ? $"{payment}: {what}" : what);
        }
    }
}
