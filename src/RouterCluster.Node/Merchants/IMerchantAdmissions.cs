using RouterCluster.Domain.Merchants;

namespace RouterCluster.Node.Merchants;

/// <summary>The limits that all nodes share. Requests are decided in the order of the calls.</summary>
public interface IMerchantAdmissions
{
    /// <exception cref="TimeoutException">The storage has not answered in time: nobody knows whether it counts.</exception>
    Task<Admission> AdmitAsync(AdmissionRequest request, CancellationToken cancellation);

    /// <summary>The request was granted, and its book has looked and stored nothing for it.</summary>
    void NotStored(AdmissionRequest request);

    /// <summary>No money moves under the payment, or it belongs to an earlier day.</summary>
    /// <param name="knownSince">Null, or the share's latest request when this became known.</param>
    void NotCounted(DayShare share, DateTimeOffset? knownSince);
}
