using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Remote;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Platform.Cluster;

public sealed class NodeCertificatesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestHandshake = TimeSpan.FromSeconds(10);

    private readonly TestAuthority _authority = new("cluster");
    private readonly TestAuthority _another = new("another");
    private readonly List<ActorSystem> _systems = [];

    public void Dispose()
    {
        foreach (var system in _systems)
        {
            system.Terminate().Wait(Patience);
        }

        _authority.Dispose();
        _another.Dispose();
    }

    [Fact]
    public async Task Nodes_with_certificates_of_one_authority_hear_each_other()
    {
        var (heard, address) = Listener(_authority);
        var other = Start(Settings(_authority, "two"));

        other.ActorSelection($"{address}/user/listener").Tell("hello");

        Assert.Equal("hello", await heard.WaitAsync(Patience));
        Assert.StartsWith("akka.ssl.tcp://", address, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_known_until_when_each_certificate_is_valid()
    {
        var (certificate, key) = _authority.Sign("one");

        var validity = NodeCertificates.Load(new TlsSettings(certificate, key, _authority.File)).Validity.ToList();

        Assert.Equal(
            ["router.cluster.tls.certificate", "router.cluster.tls.ca"], validity.Select(one => one.Name));
        var now = DateTimeOffset.UtcNow;
        Assert.InRange(validity[0].ValidUntil, now.AddHours(11), now.AddHours(12));
        Assert.InRange(validity[1].ValidUntil, now.AddHours(47), now.AddHours(48));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_with_no_certificate_of_the_authority_is_not_heard(bool hasOne)
    {
        var (heard, address) = Listener(_authority);
        var other = Start(hasOne ? Settings(_another, "two") : null);

        await NotHeardAsync(heard, other, hasOne ? address : InCleartext(address));

        Start(Settings(_authority, "three")).ActorSelection($"{address}/user/listener").Tell("known");
        Assert.Equal("known", await heard.WaitAsync(Patience));
    }

    /// <summary>The one that calls looks at the other's certificate too, even if that one would hear it.</summary>
    [Fact]
    public async Task A_node_says_nothing_to_one_with_no_certificate_of_its_authority()
    {
        var (heard, address) = Listener(_another, trusts: _authority);
        var other = Start(Settings(_authority, "two"));

        await NotHeardAsync(heard, other, address);

        Start(Settings(_another, "three")).ActorSelection($"{address}/user/listener").Tell("known");
        Assert.Equal("known", await heard.WaitAsync(Patience));
    }

    [Fact]
    public void Files_that_do_not_fit_each_other_are_named()
    {
        var (certificate, key) = _authority.Sign("one");
        var (_, otherKey) = _authority.Sign("two");
        var (expired, expiredKey) = _authority.Sign("old", since: TimeSpan.FromHours(23));

        Assert.StartsWith("router.cluster.tls.ca: ", Refused(new(certificate, key, "/nowhere/ca.pem")));
        Assert.StartsWith("router.cluster.tls.ca: ", Refused(new(certificate, key, key)));
        Assert.StartsWith("router.cluster.tls.certificate: ", Refused(new("/nowhere/one.pem", key, _authority.File)));
        Assert.StartsWith("router.cluster.tls.key: ", Refused(new(certificate, otherKey, _authority.File)));
        Assert.StartsWith("router.cluster.tls.certificate: ", Refused(new(certificate, key, _another.File)));
        Assert.StartsWith("router.cluster.tls.certificate: ", Refused(new(expired, expiredKey, _authority.File)));

        static string Refused(TlsSettings settings) =>
            Assert.Throws<StartUpException>(() => NodeCertificates.Load(settings)).Message;
    }

    private static TlsSettings Settings(TestAuthority authority, string name)
    {
        var (certificate, key) = authority.Sign(name);
        return new TlsSettings(certificate, key, authority.File);
    }

    private static string InCleartext(string address) => address.Replace("akka.ssl.tcp", "akka.tcp", StringComparison.Ordinal);

    /// <summary>A connection that ends while it is being made may end without a word of it.</summary>
    private static async Task NotHeardAsync(Task heard, ActorSystem system, string address)
    {
        var refused = RefusalOf(system);
        system.ActorSelection($"{address}/user/listener").Tell("hello");
        await Task.WhenAny(refused, heard, Task.Delay(LongestHandshake));
        Assert.False(heard.IsCompleted);
    }

    private static Task RefusalOf(ActorSystem system)
    {
        var refused = new TaskCompletionSource();
        Action<RemotingLifecycleEvent> hear = happened =>
        {
            if (happened is AssociationErrorEvent or DisassociatedEvent)
            {
                refused.TrySetResult();
            }
        };
        system.EventStream.Subscribe(
            system.ActorOf(Props.Create(() => new Ear<RemotingLifecycleEvent>(hear))), typeof(RemotingLifecycleEvent));
        return refused.Task;
    }

    private (Task<string> Heard, string Address) Listener(TestAuthority authority, TestAuthority? trusts = null)
    {
        var heard = new TaskCompletionSource<string>();
        var system = Start(Settings(authority, "one"), trusts);
        Action<string> hear = text => heard.TrySetResult(text);
        system.ActorOf(Props.Create(() => new Ear<string>(hear)), "listener");
        return (heard.Task, ((ExtendedActorSystem)system).Provider.DefaultAddress.ToString());
    }

    /// <param name="trusts">Whom the system trusts besides; its own certificate it must trust to start.</param>
    private ActorSystem Start(TlsSettings? settings, TestAuthority? trusts = null)
    {
        var hocon = ConfigurationFactory.ParseString($$"""
            akka {
              loglevel = OFF, actor.provider = remote
              remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            }
            {{ClusterHocon.Tls(isOn: settings is not null)}}
            """);
        var setup = BootstrapSetup.Create().WithConfig(hocon);
        if (trusts is not null)
        {
            File.AppendAllText(settings!.Authority, File.ReadAllText(trusts.File));
        }

        var system = ActorSystem.Create(
            "router", settings is null ? ActorSystemSetup.Create(setup) : setup.And(NodeCertificates.Load(settings).Setup));
        _systems.Add(system);
        return system;
    }

    private sealed class Ear<T> : ReceiveActor
    {
        public Ear(Action<T> hear) => Receive<T>(hear);
    }
}
