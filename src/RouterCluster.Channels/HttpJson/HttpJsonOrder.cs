using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Channels.HttpJson;

internal readonly record struct SignedRequest(byte[] Body, string Timestamp, string Signature)
{
    public override string ToString() => $"signed at {Timestamp}";
}

internal static class HttpJsonOrder
{
    private const int UsualSize = 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _json;

    public static SignedRequest Submit(SubmitCall call, HttpJsonSignature signature, DateTimeOffset now)
    {
        var timestamp = Timestamp(now);
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(UsualSize);
        var json = _json ??= new Utf8JsonWriter(buffer, Options);
        try
        {
            json.Reset(buffer);
            var start = WritePrefix(buffer, timestamp);
            WriteOrder(json, call);
            json.Flush();
            return new SignedRequest(buffer.WrittenSpan[start..].ToArray(), timestamp, signature.Sign(buffer.WrittenSpan));
        }
        finally
        {
            // Clear also wipes: the buffer outlives the call and must not keep the account.
            buffer.Clear();
        }
    }

    public static SignedRequest Query(string orderNo, HttpJsonSignature signature, DateTimeOffset now)
    {
        var timestamp = Timestamp(now);
        return new SignedRequest([], timestamp, signature.Sign(Encoding.UTF8.GetBytes($"{timestamp}.{orderNo}")));
    }

    private static string Timestamp(DateTimeOffset now) => now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>The signature covers timestamp, dot and body: one buffer for all three saves a copy.</summary>
    private static int WritePrefix(ArrayBufferWriter<byte> buffer, string timestamp)
    {
        var length = Encoding.ASCII.GetBytes(timestamp, buffer.GetSpan(timestamp.Length + 1));
        buffer.GetSpan(length + 1)[length] = (byte)'.';
        buffer.Advance(length + 1);
        return length + 1;
    }

    private static void WriteOrder(Utf8JsonWriter json, SubmitCall call)
    {
        json.WriteStartObject();
        json.WriteString("order_no"u8, call.OrderNo);
        json.WriteString("product"u8, call.Product.Name());
        json.WriteNumber("amount"u8, call.Amount.Minor);
        json.WriteString("currency"u8, call.Amount.Currency.Value);
        json.WriteStartObject("account"u8);
        json.WriteString("number"u8, call.Account.Number);
        WriteOptional(json, "holder"u8, call.Account.Holder);
        WriteOptional(json, "bank"u8, call.Account.Bank);
        WriteOptional(json, "id_no"u8, call.Account.IdNo);
        WriteOptional(json, "phone"u8, call.Account.Phone);
        json.WriteEndObject();
        WriteOptional(json, "notify_url"u8, call.NotifyUrl);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
