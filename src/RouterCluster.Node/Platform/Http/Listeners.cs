using System.Net;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Platform.Http;

/// <summary>The users of an endpoint. Endpoints without an audience answer on every listener.</summary>
internal enum Audience
{
    Merchants,

    /// <summary>Payment companies, whose notices come to the merchants' listener.</summary>
    Channels,
    Operators,
}

/// <summary>Keeps operators' endpoints off the merchants' listener and vice versa, when there are two listeners.</summary>
internal sealed class Listeners(HttpSettings merchants, NodeSettings node)
{
    private readonly Uri _merchants = new(merchants.Url);
    private readonly Uri _operators = new(node.AdminUrl);

    private bool AreApart => _merchants != _operators;

    public bool IsOpenTo(Audience audience, ConnectionInfo connection) =>
        !AreApart || IsAt(audience == Audience.Operators ? _operators : _merchants, connection);

    /// <summary>Listeners on one port are told apart by their addresses.</summary>
    private bool IsAt(Uri listener, ConnectionInfo connection)
    {
        if (_merchants.Port != _operators.Port)
        {
            return connection.LocalPort == listener.Port;
        }

        return IPAddress.TryParse(listener.Host.Trim('[', ']'), out var address)
            && (connection.LocalIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : connection.LocalIpAddress)
                is { } local && local.Equals(address);
    }
}

/// <summary>Runs after routing: on a listener for another audience an endpoint does not exist.</summary>
internal sealed class ListenerFilter(RequestDelegate next, Listeners listeners)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AudienceMark>() is { } mark
            && !listeners.IsOpenTo(mark.Audience, context.Connection))
        {
            context.SetEndpoint(null);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return next(context);
    }
}

internal sealed record AudienceMark(Audience Audience);
