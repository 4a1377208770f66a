namespace RouterCluster.Node.Platform.Storage;

internal static class StoredValues
{
    /// <summary>
    /// Whole milliseconds of Unix time, rounded down: deadlines only get stricter, and refusing finer times would lose an
    /// outcome over a microsecond.
    /// </summary>
    public static long ToStored(this DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static long? ToStored(this DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static DateTimeOffset ToTime(this long stored) => DateTimeOffset.FromUnixTimeMilliseconds(stored);

    /// <exception cref="InvalidDataException">This version does not know the number; guessing could move money.</exception>
    public static TEnum ToKnown<TEnum>(this int stored)
        where TEnum : struct, Enum
    {
        var value = (TEnum)Enum.ToObject(typeof(TEnum), stored);
        return Enum.IsDefined(value)
            ? value
            : throw new InvalidDataException($"{stored} is no {typeof(TEnum).Name} that this version knows.");
    }
}
