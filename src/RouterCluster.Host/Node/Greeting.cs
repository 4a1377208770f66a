using RouterCluster.Actors.Settings;

namespace RouterCluster.Host.Node;

/// <summary>What a node says when it can take payments.</summary>
internal static class Greeting
{
    public static string For(RouterSettings settings) => settings.Demo
        ? $$$"""

            RouterCluster is ready.
              Status page   {{{settings.AdminUrl}}}/     API {{{settings.AdminUrl}}}/docs
              Merchant key  demo-key     Operator token  demo-operator (the second person: demo-approver)
              Channels      alpha … foxtrot, simulated at http://127.0.0.1:9090

            Try:
              curl -s {{{settings.Http.Url}}}/v1/payments -H 'Authorization: Bearer demo-key' -H 'Content-Type: application/json' -d '{"order_no":"A-1001","product":"withhold","amount":12000,"currency":"CNY","account":{"number":"6222020000000001","holder":"Zhang San","bank":"ICBC"}}'
              curl -s '{{{settings.Http.Url}}}/v1/payments?order_no=A-1001' -H 'Authorization: Bearer demo-key'

            """
        : $"RouterCluster is ready at {settings.Http.Url}";
}
