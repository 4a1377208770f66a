namespace RouterCluster.Domain.Lanes;

internal sealed class FaultWindow(TimeSpan length)
{
    private const int Steps = 10;

    private readonly (int Calls, int Faults)[] _steps = new (int Calls, int Faults)[Steps];
    private readonly long _stepTicks = Math.Max(1, length.Ticks / Steps);
    private long _newest = long.MinValue;

    public TimeSpan Length { get; } = length;

    public int Calls { get; private set; }

    public int Faults { get; private set; }

    public void Add(bool isFault, TimeSpan now)
    {
        Forget(now.Ticks / _stepTicks);
        ref var step = ref _steps[Index(_newest)];
        step.Calls++;
        Calls++;
        if (isFault)
        {
            step.Faults++;
            Faults++;
        }
    }

    public void Clear()
    {
        Array.Clear(_steps);
        (Calls, Faults) = (0, 0);
    }

    private void Forget(long newest)
    {
        if (Calls == 0 || newest - _newest >= Steps)
        {
            Clear();
            _newest = newest;
            return;
        }

        while (_newest < newest)
        {
            ref var step = ref _steps[Index(++_newest)];
            Calls -= step.Calls;
            Faults -= step.Faults;
            step = default;
        }
    }

    private static int Index(long step) => (int)(((step % Steps) + Steps) % Steps);
}
