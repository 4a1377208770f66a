using System.Globalization;
using System.Text;
using RouterCluster.Channels.HttpJson;
using RouterCluster.Channels.Tests.Contract;
using RouterCluster.Domain.Channels;

namespace RouterCluster.Channels.Tests.HttpJson;

public sealed class HttpJsonContract : ChannelContract
{
    private const int OverTheLimit = (64 * 1024) + 1;

    protected override IChannelProtocol Create(Uri baseUrl, TimeProvider clock, int maxConnections) =>
        ChannelProtocols.Create(
            HttpJsonProtocol.Name,
            new ChannelConnection(baseUrl, HttpJsonWire.MerchantId, [HttpJsonWire.Secret], maxConnections),
            clock);

    protected override string SignatureHeader => "X-Signature";

    protected override byte[] Write(PspAnswer answer)
    {
        var (headers, body) = WriteNotice(answer);
        var lines = string.Concat(headers.Select(header => $"{header.Key}: {header.Value}\r\n"));
        return HttpJsonWire.Http(answer.Meaning == Meaning.NotFound ? 404 : 200, body, lines);
    }

    protected override (IReadOnlyDictionary<string, string> Headers, byte[] Body) WriteNotice(PspAnswer answer)
    {
        var (status, code) = Words(answer.Meaning);
        var isNotFound = answer.Meaning == Meaning.NotFound;
        var json = HttpJsonWire.Json(
            answer.OrderNo, status, code, isNotFound ? 0 : answer.Amount.Minor, answer.Amount.Currency.Value,
            isNotFound ? null : answer.ChannelOrderNo, answer.Message);
        var body = Encoding.UTF8.GetBytes(answer.Flaw switch
        {
            Flaw.DoubledProperty => json.Replace("\"status\"", "\"st\\u0061tus\":\"failed\",\"status\"", StringComparison.Ordinal),
            Flaw.NotReadable => json.Replace('}', ']'),
            Flaw.TooLarge => json.PadRight(OverTheLimit),
            _ => json,
        });
        var timestamp = (answer.Now + answer.ClockDifference).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>();
        if (answer.Flaw != Flaw.NoSignature)
        {
            headers["X-Timestamp"] = timestamp;
            headers["X-Signature"] = HttpJsonWire.Sign(answer.Flaw == Flaw.WrongSignature ? timestamp + "0" : timestamp, body);
        }

        if (answer.Merchant is { } merchant)
        {
            headers["X-Merchant"] = merchant;
        }

        return (headers, body);
    }

    private static (string Status, string Code) Words(Meaning meaning) => meaning switch
    {
        Meaning.Succeeded => ("succeeded", "00"),
        Meaning.Processing => ("processing", "05"),
        Meaning.CustomerFunds => ("failed", "51"),
        Meaning.Maintenance => ("failed", "39"),
        Meaning.TooFast => ("failed", "TOO_FAST"),
        Meaning.DuplicateNo => ("failed", "12"),
        Meaning.NotFound => ("not_found", "34"),
        Meaning.UnlistedFailure => ("failed", "99"),
        Meaning.Contradiction => ("succeeded", "51"),
    };
}
