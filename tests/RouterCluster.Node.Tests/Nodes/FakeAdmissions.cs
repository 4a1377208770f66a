using RouterCluster.Domain.Merchants;
using RouterCluster.Node.Merchants;

namespace RouterCluster.Node.Tests.Nodes;

/// <summary>Merchants' limits in memory, decided as in the database.</summary>
internal sealed class FakeAdmissions(AdmissionRules rules, TimeProvider time) : IMerchantAdmissions
{
    private readonly Lock _lock = new();
    private readonly Admissions _admissions = new(rules, [], [], []);

    public bool IsAway { get; set; }

    public int Asked { get; private set; }

    public Task<Admission> AdmitAsync(AdmissionRequest request, CancellationToken cancellation)
    {
        lock (_lock)
        {
            Asked++;
            return IsAway
                ? Task.FromException<Admission>(new TimeoutException())
                : Task.FromResult(_admissions.Admit(request, time.GetUtcNow()));
        }
    }

    public void NotStored(AdmissionRequest request)
    {
        lock (_lock)
        {
            _admissions.NotStored(request);
        }
    }

    public void NotCounted(DayShare share, DateTimeOffset? knownSince)
    {
        lock (_lock)
        {
            _admissions.NotCounted(share.Payment, knownSince);
        }
    }
}
