namespace RouterCluster.Domain.Lanes;

/// <summary>Calls that a channel took in during the last second, in steps of a tenth.</summary>
internal sealed class TakenCalls
{
    private const int Steps = 10;
    private static readonly long StepTicks = TimeSpan.TicksPerSecond / Steps;

    private readonly int[] _steps = new int[Steps];
    private long _newest = long.MinValue;

    public void Add(TimeSpan now)
    {
        Forget(now);
        _steps[Index(_newest)]++;
    }

    public int LastSecond(TimeSpan now)
    {
        Forget(now);
        return _steps.Sum();
    }

    private void Forget(TimeSpan now)
    {
        var step = now.Ticks / StepTicks;
        if (_newest == long.MinValue || step - _newest >= Steps)
        {
            Array.Clear(_steps);
            _newest = step;
        }

        while (_newest < step)
        {
            _steps[Index(++_newest)] = 0;
        }
    }

    private static int Index(long step) => (int)(((step % Steps) + Steps) % Steps);
}
