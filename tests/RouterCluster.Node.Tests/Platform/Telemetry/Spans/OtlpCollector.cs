using System.Globalization;
using Google.Protobuf;
using RouterCluster.Testing;

namespace RouterCluster.Node.Tests.Platform.Telemetry.Spans;

internal sealed record CollectedSpan(
    string Name, string Trace, string Id, string Parent, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<string> Links);

/// <summary>
/// Takes traces as a collector does (OTLP/HTTP), and reads of them what the tests ask for
/// (<see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto">
/// trace.proto</see>).
/// </summary>
internal sealed class OtlpCollector : IDisposable
{
    private readonly WebhookReceiver _receiver = WebhookReceiver.Start();

    public OtlpCollector() => _receiver.OnCall = (_, response) =>
    {
        response.StatusCode = 200;
        response.ContentType = "application/x-protobuf";
        return Task.CompletedTask;
    };

    public string Url => $"http://127.0.0.1:{_receiver.Port}";

    public IReadOnlyList<string> Paths => [.. _receiver.Calls.Select(call => call.Path).Distinct()];

    /// <summary>All that came, as it came: texts are plain in it.</summary>
    public string Raw => string.Concat(_receiver.Calls.Select(call => System.Text.Encoding.Latin1.GetString(call.Body)));

    public IReadOnlyList<CollectedSpan> Spans =>
    [
        .. from call in _receiver.Calls
           from resource in Fields(call.Body).Where(part => part.No == 1)
           from scope in Fields(resource.Bytes).Where(part => part.No == 2)
           from span in Fields(scope.Bytes).Where(part => part.No == 2)
           select ToSpan([.. Fields(span.Bytes)]),
    ];

    public void Dispose() => _receiver.Dispose();

    private static CollectedSpan ToSpan((int No, byte[] Bytes)[] fields) => new(
        Text(fields, 5), Hex(fields, 1), Hex(fields, 2), Hex(fields, 4),
        fields.Where(part => part.No == 9).Select(part => Fields(part.Bytes).ToArray())
            .ToDictionary(tag => Text(tag, 1), tag => Value([.. Fields(tag.First(half => half.No == 2).Bytes)])),
        [.. fields.Where(part => part.No == 13).Select(part => Hex([.. Fields(part.Bytes)], 1))]);

    private static string Value((int No, byte[] Bytes)[] value)
    {
        if (value.Length == 0 || value[0].No == 1)
        {
            return Text(value, 1);
        }

        using var input = new CodedInputStream(value[0].Bytes);
        return input.ReadInt64().ToString(CultureInfo.InvariantCulture);
    }

    private static string Text((int No, byte[] Bytes)[] fields, int no) =>
        System.Text.Encoding.UTF8.GetString(fields.FirstOrDefault(part => part.No == no).Bytes ?? []);

    private static string Hex((int No, byte[] Bytes)[] fields, int no) =>
        Convert.ToHexStringLower(fields.FirstOrDefault(part => part.No == no).Bytes ?? []);

    private static List<(int No, byte[] Bytes)> Fields(byte[] message)
    {
        var fields = new List<(int, byte[])>();
        using var input = new CodedInputStream(message);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            var no = WireFormat.GetTagFieldNumber(tag);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.LengthDelimited:
                    fields.Add((no, input.ReadBytes().ToByteArray()));
                    break;
                case WireFormat.WireType.Varint:
                    var from = (int)input.Position;
                    input.ReadInt64();
                    fields.Add((no, message[from..(int)input.Position]));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return fields;
    }
}
