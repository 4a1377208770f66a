namespace RouterCluster.Node.Platform.Http;

/// <summary>
/// A limit of concurrent requests. Each <see cref="TryTake"/> that succeeds needs a <see cref="GiveBack"/>.
/// </summary>
internal sealed class RequestLimit(int limit)
{
    private int _taken;

    public int Taken => Volatile.Read(ref _taken);

    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= limit)
        {
            return true;
        }

        GiveBack();
        return false;
    }

    public void GiveBack() => Interlocked.Decrement(ref _taken);
}
