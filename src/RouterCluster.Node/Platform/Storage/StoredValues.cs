namespace RouterCluster.Node.Platform.Storage;

/// <summary>How single values look wherever they are stored.</summary>
internal static class StoredValues
{
    /// <summary>
    /// Whole milliseconds of Unix time. What is finer is cut off, towards the past: deadlines only get stricter, and
    /// refusing would lose an outcome over a microsecond.
    /// </summary>
    public static long ToStored(this DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static long? ToStored(this DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static DateTimeOffset ToTime(this long stored) => DateTimeOffset.FromUnixTimeMilliseconds(stored);

    /// <exception cref="InvalidDataException">A number that this version does not know: guessing could move money.</exception>
    public static TEnum ToKnown<TEnum>(this int stored)
        where TEnum : struct, Enum
    {
        var value = (TEnum)Enum.ToObject(typeof(TEnum), stored);
        return Enum.IsDefined(value)
            ? value
            : throw new InvalidDataException($"{stored} is no {typeof(TEnum).Name} that this version knows.");
    }
}
