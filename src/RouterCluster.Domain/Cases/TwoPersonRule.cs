using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Cases;

/// <summary>Whoever proposes does not settle the proposal: for single payments and for lists alike.</summary>
internal static class TwoPersonRule
{
    /// <remarks>Law 8.1.</remarks>
    public static PaymentRefusal? WhyNotSettled(
        ProposalState state, Person by, DateTimeOffset expiresAt, Person settler, DateTimeOffset at)
    {
        if (state == ProposalState.Expired)
        {
            return PaymentRefusal.ProposalExpired;
        }

        if (state != ProposalState.Pending)
        {
            return PaymentRefusal.ProposalSettled;
        }

        if (by.IsSameAs(settler))
        {
            return PaymentRefusal.SamePerson;
        }

        return at >= expiresAt ? PaymentRefusal.ProposalExpired : null;
    }
}
