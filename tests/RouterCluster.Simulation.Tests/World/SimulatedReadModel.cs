using RouterCluster.Domain.Payments;

namespace RouterCluster.Simulation.Tests.World;

/// <summary>The payments' last states as projected, each with the row that holds it.</summary>
internal sealed class SimulatedReadModel
{
    private readonly Dictionary<PaymentId, (Payment Payment, long Version)> _rows = [];

    public Payment? Find(PaymentId id) => _rows.TryGetValue(id, out var row) ? row.Payment : null;

    /// <summary>Older rows never replace newer ones; gives the versions as they are read back.</summary>
    public List<(PaymentId Id, long Version)> Project(IReadOnlyCollection<(Payment Payment, long Version)> rows)
    {
        var readBack = new List<(PaymentId, long)>(rows.Count);
        foreach (var (payment, version) in rows)
        {
            if (!_rows.TryGetValue(payment.Id, out var known) || known.Version < version)
            {
                _rows[payment.Id] = known = (payment, version);
            }

            readBack.Add((payment.Id, known.Version));
        }

        return readBack;
    }
}
