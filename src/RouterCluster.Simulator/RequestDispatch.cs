using RouterCluster.Simulator.Behaviour;
using RouterCluster.Simulator.Books;
using RouterCluster.Simulator.Channels;
using RouterCluster.Simulator.Control;
using RouterCluster.Simulator.Listening;

namespace RouterCluster.Simulator;

/// <summary>
/// Paths: /{channel}/orders[/{order_no}] on every port, /orders[/{order_no}] on a channel's own port, /_control/… on the
/// shared port.
/// </summary>
internal sealed class RequestDispatch(
    ChannelDirectory channels, SubmitBehaviour submits, QueryBehaviour queries, ControlEndpoints control)
{
    private const string Orders = "orders";

    public Task HandleAsync(HttpContext context, PortConnection connection)
    {
        var path = context.Request.Path.Value.AsSpan().TrimStart('/');
        var first = Head(path, out var rest);
        var owner = connection.Port.Channel;
        if (owner is not null)
        {
            return HandleOrders(context, connection, owner, first.SequenceEqual(owner) ? rest : path);
        }

        return first is ControlEndpoints.Root
            ? control.HandleAsync(context, rest.ToString())
            : HandleOrders(context, connection, first, rest);
    }

    private Task HandleOrders(
        HttpContext context, PortConnection connection, ReadOnlySpan<char> channelName, ReadOnlySpan<char> path)
    {
        var isOrders = Head(path, out var orderNo).SequenceEqual(Orders);
        var isSubmit = HttpMethods.IsPost(context.Request.Method) && orderNo.IsEmpty;
        var isQuery = HttpMethods.IsGet(context.Request.Method) && !orderNo.IsEmpty && !orderNo.Contains('/');
        if (!isOrders || !(isSubmit || isQuery) || channels.Find(channelName) is not { } channel)
        {
            return ControlAnswers.NothingAsync(context);
        }

        if (channel.Settings.Mode == ChannelMode.Refuse)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        return isSubmit
            ? SubmitAsync(new Call(context, connection, channel, CallKind.Submit))
            : QueryAsync(new Call(context, connection, channel, CallKind.Query), orderNo.ToString());
    }

    private async Task SubmitAsync(Call call)
    {
        using (call)
        {
            await submits.HandleAsync(call);
        }
    }

    private async Task QueryAsync(Call call, string orderNo)
    {
        using (call)
        {
            await queries.HandleAsync(call, orderNo);
        }
    }

    private static ReadOnlySpan<char> Head(ReadOnlySpan<char> path, out ReadOnlySpan<char> rest)
    {
        var slash = path.IndexOf('/');
        rest = slash < 0 ? default : path[(slash + 1)..];
        return slash < 0 ? path : path[..slash];
    }
}
