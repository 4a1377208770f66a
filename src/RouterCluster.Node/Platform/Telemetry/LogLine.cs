using System.Collections;
using RouterCluster.Node.Platform.Telemetry.Spans;

namespace RouterCluster.Node.Platform.Telemetry;

/// <summary>
/// A line as it is written: masked and cut, its named values too, with the payment that it is about and that payment's trace.
/// </summary>
internal sealed class LogLine : IReadOnlyList<KeyValuePair<string, object?>>
{
    public const string PaymentKey = "PaymentId";
    public const string TraceKey = "TraceId";

    private readonly List<KeyValuePair<string, object?>> _values = [];

    public LogLine(string text, IEnumerable<KeyValuePair<string, object?>> values)
    {
        Text = LogText.Clean(text);
        if (LogText.PaymentIn(text) is { } payment)
        {
            _values.Add(new(PaymentKey, payment.Value));
            _values.Add(new(TraceKey, SpanIds.TraceOf(payment).ToHexString()));
        }

        _values.AddRange(values.Where(value => value.Key is not (PaymentKey or TraceKey))
            .Select(value => KeyValuePair.Create(value.Key, Clean(value.Value))));
    }

    public string Text { get; }

    public int Count => _values.Count;

    public KeyValuePair<string, object?> this[int index] => _values[index];

    public override string ToString() => Text;

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Small numbers stay numbers; everything else is written as text.</summary>
    private static object? Clean(object? value) =>
        value is null or bool or int or double ? value : LogText.Clean(FormattableString.Invariant($"{value}"));
}
