using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;
using CsCheck;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Cases;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Payments.Codec;
using RouterCluster.Node.Payments.Messages;
using RouterCluster.Node.Platform.Cluster;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Tests.Messages;

/// <summary>
/// Nodes of two versions run side by side during an upgrade: today's bytes are those of the first version and whatever was
/// added since, and bytes of a later version are read without what it adds.
/// </summary>
public sealed class MessageCodecTests(RemoteSystem remote) : IClassFixture<RemoteSystem>
{
    private readonly IActorRef _asker =
        remote.System.Provider.ResolveActorRef("akka.tcp://router@10.0.0.7:4053/user/asker#12345");

    private IReadOnlyDictionary<string, object> Samples => MessageSamples.All(_asker);

    public static TheoryData<string> Names => [.. MessageSamples.All(ActorRefs.Nobody).Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_is_written_as_it_always_was(string name)
    {
        var (serializer, manifest) = remote.CodecOf(Samples[name]);
        Golden.Holds($"Messages/{name}", serializer.ToBinary(Samples[name]));
        Printed.Same(Samples[name], serializer.FromBinary(Golden.Read($"Messages/{name}"), manifest));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_of_a_later_version_is_read_without_what_that_adds(string name)
    {
        var (serializer, manifest) = remote.CodecOf(Samples[name]);
        if (Samples[name] is not (WakeWebhooks or GetReadiness))
        {
            // Field 1000, the bytes "new".
            byte[] later = [.. Golden.Read($"Messages/{name}"), 0xc2, 0x3e, 0x03, 0x6e, 0x65, 0x77];
            Printed.Same(Samples[name], serializer.FromBinary(later, manifest));
        }
    }

    [Fact]
    public void Whatever_is_in_a_message_comes_back() => MessageGenerators.All(_asker).Sample(
        message =>
        {
            var (serializer, manifest) = remote.CodecOf(message);
            Printed.Same(message, serializer.FromBinary(serializer.ToBinary(message), manifest));
        },
        iter: 2000);

    [Fact]
    public void Whatever_goes_from_node_to_node_has_golden_bytes()
    {
        Type[] markers = [typeof(IBookMessage), typeof(IChannelMessage), typeof(IChannelNews), typeof(ILaneMessage)];
        var travelling = typeof(IBookMessage).Assembly.GetTypes()
            .Where(type => type.IsClass && markers.Any(marker => marker.IsAssignableFrom(type)))
            .Concat([typeof(SubmitOrder), typeof(QueryOrder), typeof(BookAnswered), typeof(WakeWebhooks)])
            .Concat([typeof(SetDraining), typeof(NodeDraining), typeof(GetReadiness), typeof(NodeReadiness)]);
        var answers = Samples.Values.OfType<BookAnswered>().Select(answered => answered.Answer.GetType());
        var commands = Samples.Values.OfType<DecideInBook>().Select(decide => decide.Request.Command.GetType());

        Assert.Equal(
            travelling.Select(type => type.Name).Order(),
            Samples.Values.Select(message => message.GetType().Name).Distinct().Order());
        Assert.Equal(Cases(typeof(BookAnswer)), answers.Select(type => type.Name).Distinct().Order());
        Assert.Equal(Cases(typeof(DecisionCommand)), commands.Select(type => type.Name).Distinct().Order());

        static IEnumerable<string> Cases(Type union) => union.Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(union)).Select(type => type.Name).Order();
    }

    [Fact]
    public void Manifests_and_identifiers_are_what_they_always_were()
    {
        var all = Samples.Values.Select(message => (message.GetType().Name, Codec: remote.CodecOf(message))).Distinct()
            .Select(known => $"{known.Codec.Serializer.Identifier} {known.Codec.Manifest} {known.Name}");
        Assert.Equal(
            [
                "4203 BA1 AcceptInBook", "4203 BC1 CancelInBook", "4203 BD1 DecideInBook", "4203 BG1 GetFromBook",
                "4203 BK1 AskInBook", "4203 BN1 NoticeToBook",
                "4203 BQ1 OrderInQueue", "4203 BR1 ReportToBook", "4203 BW1 BookAnswered",
                "4204 OA1 AdoptReports", "4204 OH1 OrderHeard", "4204 OQ1 QueryOrder", "4204 OS1 SubmitOrder",
                "4204 OT1 ReportTaken", "4204 OW1 WithdrawOrder", "4205 NW1 WakeWebhooks",
                "4206 CC1 ChangeChannel", "4206 CD1 ChannelChangeDone", "4206 CF1 ChannelChangeRefused",
                "4206 CH1 ChannelHistory",
                "4206 CN1 ChannelReported", "4206 CR1 SubscribeToReports", "4212 DS1 SetDraining", "4212 GR1 GetReadiness",
                "4212 ND1 NodeDraining", "4212 NR1 NodeReadiness",
            ],
            all.Order(StringComparer.Ordinal));
    }

    /// <summary>The receiver finds the codec by this number alone.</summary>
    [Fact]
    public void No_two_codecs_share_a_number()
    {
        var numbers = typeof(BookMessageSerializer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Serializer)) && !type.IsAbstract)
            .Select(type => ((Serializer)Activator.CreateInstance(type, remote.System)!).Identifier).ToList();

        Assert.True(numbers.Count > 5, "The codecs were not found.");
        Assert.Equal(numbers.Distinct(), numbers);
    }

    /// <summary>Any other exception would take the connection to the other node down.</summary>
    [Theory]
    [InlineData("get", "BG9", "")]
    [InlineData("get", "BG1", "0a")]
    [InlineData("get", "BG1", "120161")]
    [InlineData("answer-heard", "BW1", "4863")]
    [InlineData("answer-heard", "BW1", "084d")]
    [InlineData("decide-expire-decisions", "BD1", "")]
    [InlineData("submit", "OS1", "")]
    [InlineData("channel-reported", "CN1", "")]
    [InlineData("node-draining", "ND1", "")]
    public void What_cannot_be_read_is_dropped(string name, string manifest, string bytes)
    {
        var (serializer, _) = remote.CodecOf(Samples[name]);
        Assert.Throws<SerializationException>(() => serializer.FromBinary(Convert.FromHexString(bytes), manifest));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_that_is_cut_off_is_read_or_dropped(string name)
    {
        var (serializer, manifest) = remote.CodecOf(Samples[name]);
        var whole = serializer.ToBinary(Samples[name]);
        for (var length = 0; length < whole.Length && Samples[name] is not WakeWebhooks; length++)
        {
            try
            {
                Assert.IsType(Samples[name].GetType(), serializer.FromBinary(whole[..length], manifest));
            }
            catch (SerializationException)
            {
                // Akka drops it.
            }
        }
    }
}
