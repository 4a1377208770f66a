using System.Text.Json;

namespace RouterCluster.Node.Tests;

/// <summary>Bytes as they were first stored. A difference means that rows already written would be read differently.</summary>
internal static class Golden
{
    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };

    public static void Holds(string name, ReadOnlyMemory<byte> bytes)
    {
        var path = PathOf(name);
        Assert.True(File.Exists(path), $"There is no Golden/{name}.hex. Today's bytes: {Convert.ToHexStringLower(bytes.Span)}");
        Assert.Equal(File.ReadAllText(path).Trim(), Convert.ToHexStringLower(bytes.Span));
    }

    public static byte[] Read(string name) => Convert.FromHexString(File.ReadAllText(PathOf(name)).Trim());

    /// <summary>Records of arrays and memories are equal by reference; what they hold is equal if it prints the same.</summary>
    public static void Same(object expected, object actual)
    {
        Assert.Equal(expected.GetType(), actual.GetType());
        Assert.Equal(
            JsonSerializer.Serialize(expected, expected.GetType(), WithFields),
            JsonSerializer.Serialize(actual, actual.GetType(), WithFields));
    }

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", $"{name}.hex");
}
