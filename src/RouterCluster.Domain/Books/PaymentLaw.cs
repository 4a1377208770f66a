using RouterCluster.Domain.Cases;
using RouterCluster.Domain.Payments;

namespace RouterCluster.Domain.Books;

/// <summary>All commands and events of a payment. A feature with commands and events of its own is added here.</summary>
public static class PaymentLaw
{
    public static PaymentDecision Decide(PaymentRules rules, Payment? state, PaymentCommand command) => (state, command) switch
    {
        (not null, DecisionCommand decision) => DecisionDecider.Decide(state, decision),
        (null, DecisionCommand) => PaymentDecision.Refuse(PaymentRefusal.NoSuchPayment),
        _ => PaymentDecider.Decide(rules, state, command),
    };

    public static Payment Apply(Payment? state, PaymentId id, PaymentEvent @event) => @event switch
    {
        DecisionEvent decided when state is not null => PaymentFold.CountChange(
            state, DecisionDecider.Apply(state, decided) with { UpdatedAt = decided.At }),
        _ => PaymentFold.Apply(state, id, @event),
    };
}
