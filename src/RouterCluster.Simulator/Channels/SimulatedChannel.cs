using RouterCluster.Simulator.Books;
using RouterCluster.Simulator.Listening;

namespace RouterCluster.Simulator.Channels;

internal sealed class SimulatedChannel
{
    private readonly Lock _changing = new();
    private volatile ChannelSettings _settings;
    private volatile Draws _draws;
    private int _throttled;

    public SimulatedChannel(string name, ChannelSettings settings, ListeningPort ownPort, int logCapacity)
    {
        Name = name;
        OwnPort = ownPort;
        Log = new CallLog(logCapacity);
        _settings = settings;
        _draws = new Draws(settings.Seed, name);
        ObeyMode();
    }

    public string Name { get; }

    public ListeningPort OwnPort { get; }

    public OrderBook Books { get; } = new();

    public CallLog Log { get; }

    public ConcurrencyGauge Submits { get; } = new();

    public ConcurrencyGauge Queries { get; } = new();

    public ChannelSettings Settings => _settings;

    public Draws Draws => _draws;

    public ConcurrencyGauge Gauge(CallKind kind) => kind == CallKind.Submit ? Submits : Queries;

    /// <summary>True for the first of two throttled calls, false for the second.</summary>
    public bool NextThrottleIsStatus429() => (Interlocked.Increment(ref _throttled) & 1) == 1;

    /// <summary>
    /// Applies the whole change or, after an error, nothing. On return the own port is open or closed as the mode says.
    /// </summary>
    public IReadOnlyList<string> Change(Func<ChannelSettings, SettingsPatch> read)
    {
        lock (_changing)
        {
            var patch = read(_settings);
            if (patch.Errors.Count == 0)
            {
                Apply(patch.Settings, patch.RestartsDraws);
            }

            return patch.Errors;
        }
    }

    public void ForgetCalls()
    {
        Log.Clear();
        Submits.ResetHighest();
        Queries.ResetHighest();
    }

    private void Apply(ChannelSettings settings, bool restartDraws)
    {
        _settings = settings;
        _draws = restartDraws ? new Draws(settings.Seed, Name) : _draws;
        ObeyMode();
    }

    private void ObeyMode()
    {
        if (_settings.Mode == ChannelMode.Refuse)
        {
            OwnPort.Shut();
        }
        else
        {
            OwnPort.Open();
        }
    }
}
