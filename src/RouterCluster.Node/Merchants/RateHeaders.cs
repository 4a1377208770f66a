using System.Globalization;

namespace RouterCluster.Node.Merchants;

/// <summary>Headers of answers to merchants that have a rate, as the IETF's draft names them.</summary>
internal static class RateHeaders
{
    public const string Limit = "RateLimit-Limit";
    public const string Remaining = "RateLimit-Remaining";
    public const string Reset = "RateLimit-Reset";

    /// <summary>They say what is left when the answer begins.</summary>
    public static void TellRate(this HttpContext context, MerchantLimiter limits)
    {
        if (limits.Rate is null)
        {
            return;
        }

        context.Response.OnStarting(
            static state =>
            {
                var (headers, limits) = ((IHeaderDictionary, MerchantLimiter))state;
                var rate = limits.Rate.GetValueOrDefault();
                headers[Limit] = rate.Limit.ToString(CultureInfo.InvariantCulture);
                headers[Remaining] = rate.Remaining.ToString(CultureInfo.InvariantCulture);
                headers[Reset] = rate.Reset.ToString(CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            },
            (context.Response.Headers, limits));
    }
}
