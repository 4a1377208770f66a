namespace RouterCluster.Channels.Tests.Simulator;

/// <summary>A fresh simulator for every test; nothing is shared, so tests may run in any order.</summary>
public abstract class SimulatorTest : IAsyncLifetime
{
    protected SimulatedPsp Psp { get; private set; } = null!;

    public async Task InitializeAsync() => Psp = await SimulatedPsp.StartAsync();

    public async Task DisposeAsync() => await Psp.DisposeAsync();
}
