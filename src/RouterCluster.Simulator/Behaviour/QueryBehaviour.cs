using System.Text;
using RouterCluster.Simulator.Channels;
using RouterCluster.Simulator.Wire;

namespace RouterCluster.Simulator.Behaviour;

/// <summary>Queries show the books as they are when the answer goes out.</summary>
internal sealed class QueryBehaviour(SimulatorOptions options, Signatures signatures)
{
    public async Task HandleAsync(Call call, string orderNo)
    {
        var channel = call.Channel;
        call.Log(orderNo, channel.Books.Find(orderNo)?.Amount ?? 0);

        var headers = call.Http.Request.Headers;
        if (headers["X-Merchant"] != options.MerchantId
            || !signatures.Accepts(headers["X-Timestamp"], headers["X-Signature"], Encoding.UTF8.GetBytes(orderNo)))
        {
            var refusal = Answer.Refusal(Codes.Signature, orderNo);
            await call.AnswerAsync(StatusCodes.Status401Unauthorized, signatures.Sign(refusal));
            return;
        }

        var settings = channel.Settings;
        if (settings.Mode == ChannelMode.Hang)
        {
            await call.HoldAsync();
            return;
        }

        await call.DelayAsync(Latency.Milliseconds(settings, channel.Draws));
        var now = Environment.TickCount64;
        var order = channel.Books.Find(orderNo);
        var answer = order is not null && order.IsVisible(now) ? order.AnswerAt(now) : Answer.NotFound(orderNo);
        var status = answer.Code == Codes.NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        await call.AnswerAsync(status, signatures.Sign(answer));
    }
}
