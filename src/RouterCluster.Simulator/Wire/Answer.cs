using System.Buffers;
using System.Text.Json;

namespace RouterCluster.Simulator.Wire;

/// <summary>The body of answers and notices. Amounts are whole minor units.</summary>
internal readonly record struct Answer(
    string OrderNo, string? ChannelOrderNo, string Status, string Code, long Amount, string Currency)
{
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Processing = "processing";

    private const string FallbackCurrency = "CNY";

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Without a booking there is no reference of the channel.</summary>
    public static Answer Refusal(string code, string orderNo = "", long amount = 0, string currency = FallbackCurrency) =>
        new(orderNo, null, Failed, code, amount, currency);

    public static Answer NotFound(string orderNo) =>
        new(orderNo, null, "not_found", Codes.NotFound, 0, FallbackCurrency);

    public void WriteTo(IBufferWriter<byte> buffer)
    {
        var json = _writer ??= new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteString("order_no"u8, OrderNo);
        json.WriteString("channel_order_no"u8, ChannelOrderNo);
        json.WriteString("status"u8, Status);
        json.WriteString("code"u8, Code);
        json.WriteString("message"u8, Codes.Message(Code));
        json.WriteNumber("amount"u8, Amount);
        json.WriteString("currency"u8, Currency);
        json.WriteEndObject();
        json.Flush();
    }
}
