using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Testing;
using StandardWebhooks;
using StandardWebhooks.Diagnostics;

namespace RouterCluster.Node.Tests.Webhooks;

/// <summary>
/// Verifies a call as a merchant does, with a library that is not ours. This one looks at a header's first signature only
/// (1.1.2), so it is shown each by itself.
/// </summary>
internal static class MerchantsLibrary
{
    public static bool Accepts(ReceivedCall call, string secret) =>
        call.Headers[WebhookSignature.SignatureHeader].Split(' ').Any(signature => Accepts(call, signature, secret));

    private static bool Accepts(ReceivedCall call, string signature, string secret)
    {
        var headers = new HeaderDictionary(call.Headers.ToDictionary(
            header => header.Key, header => new StringValues(header.Value), StringComparer.OrdinalIgnoreCase));
        headers[WebhookSignature.SignatureHeader] = signature;
        try
        {
            new StandardWebhook($"whsec_{secret}").Verify(Encoding.UTF8.GetString(call.Body), headers);
            return true;
        }
        catch (WebhookVerificationException)
        {
            return false;
        }
    }
}
