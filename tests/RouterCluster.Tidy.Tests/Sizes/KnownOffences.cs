namespace RouterCluster.Tidy.Tests.Sizes;

public static class KnownOffences
{
    /// <summary>What was over a limit when the limit came. Entries leave this list and none joins it.</summary>
    public static IReadOnlyList<Offence> List { get; } =
    [
        new("src/RouterCluster.Node/Channels/Messages/ChannelReports.cs", "line", 136),
        new("src/RouterCluster.Node/Channels/Messages/IChannels.cs", "line", 133),
        new("src/RouterCluster.Node/Payments/PaymentBookEntity.cs", "line", 136),
        new("src/RouterCluster.Node/Platform/Time/RouterClock.cs", "line", 131),
        new("src/RouterCluster.Channels/ChannelProtocols.cs", "line", 131),
        new("src/RouterCluster.Channels/HttpJson/HttpJsonAnswer.cs", "line", 132),
        new("src/RouterCluster.Channels/HttpJson/HttpJsonJudge.cs", "line", 131),
        new("src/RouterCluster.Channels/HttpJson/HttpJsonProtocol.cs", "line", 134),
        new("src/RouterCluster.Channels/OutcomeText.cs", "line", 136),
        new("src/RouterCluster.Domain/Outcomes/Outcome.cs", "line", 139),
        new("src/RouterCluster.Domain/Lanes/Lane.cs", "line", 131),
        new("src/RouterCluster.Domain/Lanes/LaneSettings.cs", "line", 138),
        new("src/RouterCluster.Domain/Payments/PaymentId.cs", "line", 137),
        new("src/RouterCluster.Host/Greeting.cs", "line", 284),
        new("tests/RouterCluster.Benchmarks/BookLoad.cs", "line", 195),
        new("tests/RouterCluster.Channels.Tests/ChannelProtocolsTests.cs", "line", 131),
        new("tests/RouterCluster.Channels.Tests/Contract/ChannelContract.Faults.cs", "line", 135),
        new("tests/RouterCluster.Channels.Tests/Contract/ChannelContract.Sending.cs", "line", 143),
        new("tests/RouterCluster.Channels.Tests/Contract/ChannelContract.cs", "line", 137),
        new("tests/RouterCluster.Channels.Tests/HttpJson/HttpJsonAnswerTests.cs", "line", 147),
        new("tests/RouterCluster.Channels.Tests/HttpJson/HttpJsonCodesTests.cs", "line", 140),
        new("tests/RouterCluster.Channels.Tests/HttpJson/HttpJsonContract.cs", "line", 136),
        new("tests/RouterCluster.Channels.Tests/HttpJson/HttpJsonRequestTests.cs", "line", 141),
        new("tests/RouterCluster.Channels.Tests/HttpJson/HttpJsonWire.cs", "line", 142),
        new("tests/RouterCluster.Channels.Tests/Psp/ScriptedPsp.cs", "line", 134),
        new("tests/RouterCluster.Domain.Tests/Lanes/LaneOperation.cs", "line", 133),
        new("tests/RouterCluster.Domain.Tests/Lanes/LaneOperatorTests.cs", "line", 133),
        new("tests/RouterCluster.Domain.Tests/Lanes/LaneProbeTests.cs", "line", 131),
        new("tests/RouterCluster.Domain.Tests/Lanes/LaneQueueModelTests.cs", "line", 134),
        new("tests/RouterCluster.Tidy.Tests/Unions/UnionSwitchesTests.cs", "line", 136),
    ];
}
