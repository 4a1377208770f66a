using Akka.Actor;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Codec.Wire;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Payments.Codec;

/// <summary>
/// What callers on any node ask of a book. Accounts travel as they are in memory: encrypted. A request's deadline is UTC,
/// so that nodes whose clocks differ differ by no more than that; how long to wait is a duration from the book's receipt.
/// </summary>
internal sealed class BookMessageCodec(ActorAddresses addresses)
{
    public static WireAccept ToWire(AcceptInBook accept)
    {
        var request = accept.Request;
        var wire = new WireAccept
        {
            Caller = ToWire(request.Caller),
            Id = ContentCodec.ToStored(request.Id),
            Content = ContentCodec.ToStored(request.Content),
            ExpiresIn = request.ExpiresIn.ToWire(),
            Deadline = request.Deadline.ToStored(),
            Wait = request.Wait.ToWire(),
        };
        if (request.DuplicateOf is { } other)
        {
            wire.DuplicateOf = other;
        }

        return wire;
    }

    public static WireGet ToWire(GetFromBook get) =>
        new() { Caller = ToWire(get.Caller), Id = ContentCodec.ToStored(get.Id) };

    public static WireGet ToWire(AskInBook ask) =>
        new() { Caller = ToWire(ask.Caller), Id = ContentCodec.ToStored(ask.Id) };

    public static WireGet ToWire(CancelInBook cancel) =>
        new() { Caller = ToWire(cancel.Caller), Id = ContentCodec.ToStored(cancel.Id) };

    public static WireDecision ToWire(DecideInBook decide)
    {
        var wire = DecisionCommandCodec.ToWire(decide.Request.Command);
        wire.Caller = ToWire(decide.Request.Caller);
        wire.Id = ContentCodec.ToStored(decide.Request.Id);
        return wire;
    }

    public static WireNotice ToWire(NoticeToBook told) => new()
    {
        Caller = ToWire(told.Notice.Caller),
        Payment = ContentCodec.ToStored(told.Notice.Payment),
        AttemptNo = told.Notice.AttemptNo,
        OrderNo = told.Notice.OrderNo,
        Channel = told.Notice.Channel.Value,
        Amount = told.Notice.Amount.Minor,
        Currency = told.Notice.Amount.Currency.Value,
        Outcome = OutcomeCodec.ToStored(told.Notice.Outcome),
    };

    public AcceptInBook ToMessage(WireAccept wire) => new(new AcceptRequest(
        ToCaller(wire.Caller), ContentCodec.ToId(wire.Id), ContentCodec.ToContent(wire.Content.Required()),
        wire.ExpiresIn.ToDuration(), wire.Deadline.ToTime(), wire.Wait.ToDuration(),
        wire.HasDuplicateOf ? wire.DuplicateOf : null));

    public GetFromBook ToMessage(WireGet wire) => new(ToCaller(wire.Caller), ContentCodec.ToId(wire.Id));

    public AskInBook ToAsk(WireGet wire) => new(ToCaller(wire.Caller), ContentCodec.ToId(wire.Id));

    public CancelInBook ToCancel(WireGet wire) => new(ToCaller(wire.Caller), ContentCodec.ToId(wire.Id));

    public DecideInBook ToMessage(WireDecision wire) => new(new DecisionRequest(
        ToCaller(wire.Caller), ContentCodec.ToId(wire.Id), DecisionCommandCodec.ToCommand(wire)));

    public NoticeToBook ToMessage(WireNotice wire) => new(new NoticeRequest(
        ToCaller(wire.Caller), ContentCodec.ToId(wire.Payment), wire.AttemptNo, wire.OrderNo, ChannelId.Unchecked(wire.Channel),
        new Money(wire.Amount, Currency.Unchecked(wire.Currency)), OutcomeCodec.ToOutcome(wire.Outcome.Required())));

    private static WireCaller ToWire(Caller caller) =>
        new() { Address = ActorAddresses.ToWire((IActorRef)caller.Address), Request = caller.Request };

    private Caller ToCaller(WireCaller? wire)
    {
        var caller = wire.Required();
        return new Caller(addresses.ToActor(caller.Address), caller.Request);
    }
}
