using RouterCluster.Node.Settings;

namespace RouterCluster.Host;

/// <summary>Printed when the node can take payments.</summary>
internal static class Greeting
{
    /// <param name="ownsSimulator">False: the channels are those of a simulator that runs already.</param>
    public static string For(RouterSettings settings, bool ownsSimulator) => settings.Node.Demo
        ? $$$"""

            RouterCluster is ready.
              Console       {{{settings.Node.AdminUrl}}}/     API {{{settings.Node.AdminUrl}}}/docs
              Merchant key  demo-key     Operator token  demo-operator (the second person: demo-approver)
              Channels      {{{Channels(settings, ownsSimulator)}}}

            Try:
              curl -s {{{settings.Http.Url}}}/v1/payments -H 'Authorization: Bearer demo-key' -H 'Content-Type: application/json' -d '{"order_no":"A-1001","product":"withhold","amount":12000,"currency":"CNY","account":{"number":"6222020000000001","holder":"Zhang San","bank":"ICBC"}}'
              curl -s '{{{settings.Http.Url}}}/v1/payments?order_no=A-1001' -H 'Authorization: Bearer demo-key'

            """
        : $"RouterCluster is ready at {settings.Http.Url}";

    private static string Channels(RouterSettings settings, bool ownsSimulator)
    {
        var address = $"http://127.0.0.1:{settings.SimulatorPort}";
        var simulated = settings.Channels.Where(channel => channel.BaseUrl.StartsWith(address + "/", StringComparison.Ordinal))
            .Select(channel => channel.Id.Value).ToArray();
        var others = settings.Channels.Length - simulated.Length;
        var where = ownsSimulator ? $"simulated at {address}" : $"at the simulator that ran at {address} before this node";
        return $"{string.Join(", ", simulated)}, {where}{(others > 0 ? $"; {others} others as configured" : "")}";
    }
}
