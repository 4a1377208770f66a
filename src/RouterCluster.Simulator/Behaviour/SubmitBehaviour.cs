using System.Text;
using RouterCluster.Simulator.Books;
using RouterCluster.Simulator.Channels;
using RouterCluster.Simulator.Notices;
using RouterCluster.Simulator.Wire;

namespace RouterCluster.Simulator.Behaviour;

/// <summary>A submit is refused, or booked first and then answered as the mode says.</summary>
internal sealed class SubmitBehaviour(SimulatorOptions options, Signatures signatures, Notifier notifier)
{
    private const int ProcessingWithoutDelayMs = 1000;

    private static readonly TimeSpan LongestEarlyNotice = TimeSpan.FromSeconds(1);
    private static readonly byte[] ErrorPage = Encoding.ASCII.GetBytes(
        "<html><head><title>500 Internal Server Error</title></head><body><h1>Internal Server Error</h1></body></html>\n");

    public async Task HandleAsync(Call call)
    {
        byte[] body;
        try
        {
            body = await RequestBody.ReadAsync(call.Http.Request);
        }
        catch (BadHttpRequestException failure)
        {
            call.Log("", 0);
            await call.AnswerAsync(failure.StatusCode, signatures.Sign(Answer.Refusal(Codes.WrongRequest)));
            return;
        }

        var submit = Submit.Parse(body);
        var headers = call.Http.Request.Headers;
        if (headers["X-Merchant"] != options.MerchantId
            || !signatures.Accepts(headers["X-Timestamp"], headers["X-Signature"], body))
        {
            await RefuseAsync(call, submit, StatusCodes.Status401Unauthorized, Codes.Signature);
        }
        else if (!submit.IsValid)
        {
            await RefuseAsync(call, submit, StatusCodes.Status200OK, Codes.WrongRequest);
        }
        else
        {
            await ActAsync(call, submit, call.Channel.Settings);
        }
    }

    private Task ActAsync(Call call, Submit submit, ChannelSettings settings)
    {
        if (settings.MaxConcurrency > 0 && call.Concurrent > settings.MaxConcurrency)
        {
            return RefuseAsync(call, submit, StatusCodes.Status200OK, Codes.TooFast);
        }

        switch (settings.Mode)
        {
            case ChannelMode.Refuse:
                call.Reset();
                return Task.CompletedTask;
            case ChannelMode.ResetBefore:
                call.Log(submit.OrderNo, submit.Amount);
                call.Reset();
                return Task.CompletedTask;
            case ChannelMode.Throttle:
                call.AskForPause(settings.RetryAfterS);
                var status = call.Channel.NextThrottleIsStatus429()
                    ? StatusCodes.Status429TooManyRequests
                    : StatusCodes.Status200OK;
                return RefuseAsync(call, submit, status, Codes.TooFast);
            case ChannelMode.Maintenance:
                call.AskForPause(settings.RetryAfterS);
                return RefuseAsync(call, submit, StatusCodes.Status200OK, Codes.Maintenance);
            default:
                return BookAndEndAsync(call, submit, settings);
        }
    }

    private Task RefuseAsync(Call call, Submit submit, int status, string code)
    {
        call.Log(submit.OrderNo, submit.Amount);
        var answer = Answer.Refusal(code, submit.OrderNo, submit.Amount, submit.Currency);
        return call.AnswerAsync(status, signatures.Sign(answer));
    }

    private async Task BookAndEndAsync(Call call, Submit submit, ChannelSettings settings)
    {
        var order = Book(call.Channel, submit, settings);
        call.Log(submit.OrderNo, submit.Amount, order);
        await call.DelayAsync(Latency.Milliseconds(settings, call.Channel.Draws));

        var notified = settings.Mode == ChannelMode.Hang ? null : order;
        if (notified is not null && settings.Notify == NotifyMode.Early)
        {
            await NotifyEarlyAsync(notified);
        }

        var ending = EndAsync(call, settings.Mode, AnswerTo(submit, order));
        if (notified is not null && settings.Notify is NotifyMode.Once or NotifyMode.Twice)
        {
            _ = notifier.NotifyAsync(notified, settings.Notify == NotifyMode.Twice ? 2 : 1);
        }

        await ending;
    }

    /// <summary>Null if this call books nothing: the number is taken, or the mode fails before the booking.</summary>
    private static Order? Book(SimulatedChannel channel, Submit submit, ChannelSettings settings)
    {
        if (channel.Books.Find(submit.OrderNo) is not null)
        {
            return null;
        }

        var draw = channel.Draws.NextOrder();
        if (settings.Mode == ChannelMode.Error500 && draw.Coin < 0.5)
        {
            return null;
        }

        var now = Environment.TickCount64;
        var finalAfter = settings.QueryVisibleAfterMs > 0
            ? settings.QueryVisibleAfterMs
            : ProcessingWithoutDelayMs;
        var times = new Timetable(
            now, now + settings.QueryVisibleAfterMs, settings.Mode == ChannelMode.Processing ? now + finalAfter : now);
        return channel.Books.Book(submit, OutcomeOf(draw, settings), times);
    }

    private static Outcome OutcomeOf(OrderDraw draw, ChannelSettings settings) => settings.Mode switch
    {
        ChannelMode.Hang => new Outcome(Codes.Maintenance),
        ChannelMode.LostResponse => Outcome.Success,
        _ when draw.Customer < settings.CustomerFailureRate => new Outcome(Pick(Codes.CustomerFailures, draw.Code)),
        _ when draw.Channel >= settings.SuccessRate => new Outcome(Pick(Codes.ChannelFailures, draw.Code)),
        _ => Outcome.Success,
    };

    private static string Pick(string[] codes, double draw) => codes[(int)(draw * codes.Length)];

    /// <summary>The state at the moment of booking, however late the answer is.</summary>
    private static Answer AnswerTo(Submit submit, Order? order) => order is null
        ? Answer.Refusal(Codes.Duplicate, submit.OrderNo, submit.Amount, submit.Currency)
        : order.AnswerAt(order.Times.BookedAt);

    private Task EndAsync(Call call, ChannelMode mode, Answer answer)
    {
        switch (mode)
        {
            case ChannelMode.Hang or ChannelMode.LostResponse:
                return call.HoldAsync();
            case ChannelMode.ResetAfter:
                call.Reset();
                return Task.CompletedTask;
            case ChannelMode.Error500:
                return call.AnswerUnsignedAsync(StatusCodes.Status500InternalServerError, "text/html", ErrorPage);
            case ChannelMode.BadSignature:
                return call.AnswerAsync(StatusCodes.Status200OK, signatures.SignWrongly(answer));
            case ChannelMode.WrongAmount:
                var wrong = answer with { Amount = answer.Amount + 1 };
                return call.AnswerAsync(StatusCodes.Status200OK, signatures.Sign(wrong));
            default:
                return call.AnswerAsync(StatusCodes.Status200OK, signatures.Sign(answer));
        }
    }

    /// <summary>The answer waits a moment for the receiver, but not for an order that is still undecided.</summary>
    private Task NotifyEarlyAsync(Order order)
    {
        var notice = notifier.NotifyAsync(order, 1);
        return order.Times.FinalAt > order.Times.BookedAt
            ? Task.CompletedTask
            : Task.WhenAny(notice, Task.Delay(LongestEarlyNotice));
    }
}
