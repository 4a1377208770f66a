using System.Globalization;
using System.Net;
using System.Text;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Channels.HttpJson;

/// <summary>The account is known for submits only, and only to keep it out of texts.</summary>
internal readonly record struct HttpJsonExpectation(HttpJsonPhase Phase, string OrderNo, Money Amount, AccountDetails? Account);

/// <summary>An answer that is not proven to be about this very order is unknown; the first doubt names the code.</summary>
internal sealed class HttpJsonJudge(HttpJsonSignature signature, string merchantId, TimeProvider clock)
{
    /// <summary>Allowed difference between the channel's clock and ours, in seconds.</summary>
    private const long MaxClockDifference = 5 * 60;

    private const int LongestTimestamp = 20;
    private const string WrongMerchant = "wrong_merchant";

    /// <summary>Requests name the merchant; an answer may leave it out, but must not name another.</summary>
    public bool IsOurs(string? merchant) => merchant is null || merchant == merchantId;

    public Outcome Judge(SignedAnswer answer, bool isOurs, in HttpJsonExpectation expected)
    {
        if (answer.Status == (int)HttpStatusCode.TooManyRequests)
        {
            return new Outcome(OutcomeClass.ChannelThrottled, DoorLanding(expected.Phase), "http_429");
        }

        var mayBeNotFound = answer.Status == (int)HttpStatusCode.NotFound && expected.Phase == HttpJsonPhase.Query;
        if (answer.Status != (int)HttpStatusCode.OK && !mayBeNotFound)
        {
            return Outcome.Unknown($"http_{answer.Status.ToString(CultureInfo.InvariantCulture)}");
        }

        if (WhyUnreadable(answer) is { } code)
        {
            return Outcome.Unknown(mayBeNotFound && code == "bad_signature" ? "http_404" : code);
        }

        if (!isOurs)
        {
            return Outcome.Unknown(WrongMerchant);
        }

        return HttpJsonAnswer.Parse(answer.Body) is { } body
            ? Judge(body, mayBeNotFound, expected)
            : Outcome.Unknown("bad_body");
    }

    /// <summary>The signature covers timestamp, dot and raw body; the body is read only after it is verified.</summary>
    public NoticeReading Read(string? timestamp, string? signed, string? merchant, ReadOnlyMemory<byte> body)
    {
        if (timestamp is not { Length: > 0 and <= LongestTimestamp } || timestamp.AsSpan().ContainsAnyExceptInRange('0', '9')
            || !signature.IsRight([.. Encoding.ASCII.GetBytes(timestamp), (byte)'.', .. body.Span], signed))
        {
            return new NoticeReading.Forged("bad_signature");
        }

        if (!IsFresh(timestamp))
        {
            return new NoticeReading.Forged("stale_timestamp");
        }

        if (HttpJsonAnswer.Parse(body) is not { } told)
        {
            return new NoticeReading.Unreadable("bad_body");
        }

        return new NoticeReading.Told(new ChannelNotice(
            told.OrderNo,
            new Money(told.Amount, Currency.Unchecked(told.Currency)),
            IsOurs(merchant) ? Judge(told) : Outcome.Unknown(WrongMerchant)));
    }

    /// <summary>Uses the codes of queries: a notice is about the order, never about a request.</summary>
    private static Outcome Judge(HttpJsonAnswer told)
    {
        var message = OutcomeText.Message(told.Message, null);
        return HttpJsonCodes.Find(HttpJsonPhase.Query, told.Status, told.Code) is { } row
            ? new Outcome(row.Class, row.Landing, row.Code, message, told.ChannelOrderNo)
            : Unlisted(told, message);
    }

    /// <summary>Refused before the request was looked at: a submit so refused has no order, a query proves nothing.</summary>
    private static Landing DoorLanding(HttpJsonPhase phase) => phase == HttpJsonPhase.Submit ? Landing.NotLanded : Landing.Maybe;

    private static Outcome Judge(HttpJsonAnswer body, bool isHttpNotFound, in HttpJsonExpectation expected)
    {
        var message = OutcomeText.Message(body.Message, expected.Account);
        if (expected.Phase == HttpJsonPhase.Query && body is { Status: HttpJsonStatus.Failed, Code: HttpJsonCodes.TooFast })
        {
            return new Outcome(OutcomeClass.ChannelThrottled, DoorLanding(expected.Phase), body.Code, message);
        }

        if (WhyNotOurs(body, isHttpNotFound, expected) is { } code)
        {
            return Outcome.Unknown(code, message);
        }

        return HttpJsonCodes.Find(expected.Phase, body.Status, body.Code) is not { } row
            ? Unlisted(body, message)
            : new Outcome(row.Class, row.Landing, row.Code, message, OutcomeText.Reference(body.ChannelOrderNo, expected.Account));
    }

    /// <summary>A listed code beside a status that it does not go with must not count as that code.</summary>
    private static Outcome Unlisted(HttpJsonAnswer body, string? message) =>
        HttpJsonCodes.IsListed(body.Code) || body.Status != HttpJsonStatus.Failed
            ? Outcome.Unknown("contradiction", $"{body.Status} with code {OutcomeText.Code(body.Code)}")
            : Outcome.Unknown(OutcomeText.Code(body.Code), message);

    private static string? WhyNotOurs(HttpJsonAnswer body, bool isHttpNotFound, in HttpJsonExpectation expected)
    {
        if (body.OrderNo != expected.OrderNo)
        {
            return "wrong_order";
        }

        if (isHttpNotFound != (body.Status == HttpJsonStatus.NotFound))
        {
            return "contradiction";
        }

        if (isHttpNotFound)
        {
            return body is { Amount: 0, ChannelOrderNo: null } ? null : "contradiction";
        }

        if (body.Amount != expected.Amount.Minor)
        {
            return "wrong_amount";
        }

        return body.Currency != expected.Amount.Currency.Value ? "wrong_currency" : null;
    }

    private string? WhyUnreadable(SignedAnswer answer) => answer.End switch
    {
        BodyEnd.TooLarge => "body_too_large",
        BodyEnd.Broken => "bad_body",
        BodyEnd.Lost => "connection_lost",
        BodyEnd.TimedOut => "timeout",
        BodyEnd.Complete when answer.Timestamp is null => "bad_signature",
        BodyEnd.Complete when !signature.IsRight(answer.SignedBytes, answer.Signature) => "bad_signature",
        BodyEnd.Complete => IsFresh(answer.Timestamp) ? null : "stale_timestamp",
    };

    private bool IsFresh(string timestamp) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs((decimal)seconds - clock.GetUtcNow().ToUnixTimeSeconds()) <= MaxClockDifference;
}
