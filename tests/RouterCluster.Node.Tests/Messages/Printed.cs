using System.Collections;
using System.Globalization;
using System.Reflection;
using Akka.Actor;

namespace RouterCluster.Node.Tests.Messages;

/// <summary>
/// A message as text, down to the last field of the type that it really is: records of arrays are equal by reference, and
/// JSON shows no more of a field than its declared type has.
/// </summary>
internal static class Printed
{
    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        DateTimeOffset at => at.ToString("O", CultureInfo.InvariantCulture),
        IActorRef actor => actor.IsNobody() ? "nobody" : actor.Path.ToSerializationFormat(),
        ReadOnlyMemory<byte> bytes => Convert.ToHexStringLower(bytes.Span),
        Enum or IFormattable and ValueType => $"{value.GetType().Name}:{Invariant(value)}",
        bool yes => yes ? "true" : "false",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object>().Select(Of))}]",
        _ => $"{value.GetType().Name} {{ {string.Join(", ", Fields(value))} }}",
    };

    public static void Same(object expected, object actual) => Assert.Equal(Of(expected), Of(actual));

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static IEnumerable<string> Fields(object value) =>
        from field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
        select $"{field.Name.TrimStart('<').Split('>')[0]}: {Of(field.GetValue(value))}";
}
