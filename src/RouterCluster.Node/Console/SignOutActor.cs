using System.Globalization;
using Akka.Actor;
using Akka.Cluster;
using Akka.DistributedData;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Console;

/// <summary>
/// Tells the other nodes of sign-outs and learns of theirs, also of those from before this node joined, through Akka's
/// distributed data.
/// </summary>
internal sealed class SignOutActor : ReceiveActor
{
    private const char Between = ' ';
    private static readonly ORSetKey<string> Key = new("console-sign-outs");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly IActorRef _replicator = DistributedData.Get(Context.System).Replicator;
    private readonly SignOuts _signOuts;
    private readonly RouterClock _clock;

    public SignOutActor(SignOuts signOuts, RouterClock clock)
    {
        (_signOuts, _clock) = (signOuts, clock);
        Receive<SignedOut>(signedOut => Tell(signedOut.Value));
        Receive<Changed>(changed => _signOuts.Learn(changed.Get(Key).Select(ToSignOut)));
        Receive<IUpdateResponse>(_ =>
        {
            // What did not reach every node in time reaches it by gossip.
        });
    }

    public static Props Props(SignOuts signOuts, RouterClock clock) =>
        Akka.Actor.Props.Create(() => new SignOutActor(signOuts, clock));

    protected override void PreStart()
    {
        var self = Self;
        _signOuts.Made = signOut => self.Tell(new SignedOut(signOut));
        _replicator.Tell(Dsl.Subscribe(Key, Self));
    }

    protected override void PostStop() => _signOuts.Made = _ => { };

    /// <summary>Those of sessions that would be over by now leave the set.</summary>
    private void Tell(SignOut signOut)
    {
        var now = _clock.Utc;
        _replicator.Tell(Dsl.Update(
            Key, ORSet<string>.Empty, new WriteAll(Patience),
            known => known.Where(text => ToSignOut(text).Until <= now)
                .Aggregate(known, (left, text) => left.Remove(_cluster, text))
                .Add(_cluster, ToText(signOut))));
    }

    private static string ToText(SignOut signOut) => string.Create(
        CultureInfo.InvariantCulture, $"{signOut.Session}{Between}{signOut.Until.ToUnixTimeMilliseconds()}");

    private static SignOut ToSignOut(string text)
    {
        var parts = text.Split(Between);
        return new SignOut(parts[0], DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[1], CultureInfo.InvariantCulture)));
    }

    private sealed record SignedOut(SignOut Value) : INoSerializationVerificationNeeded;
}
