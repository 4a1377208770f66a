using System.Net;
using Polly.Timeout;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Alerts.Delivery;

/// <summary>
/// Posts to one target of alerts. Polly ends the call at its timeout; the target's actor decides when to try again. Faults
/// name no URL, because robots' URLs contain their token.
/// </summary>
internal sealed class AlertClient(TimeProvider clock) : IDisposable
{
    private const int MostAnswerBytes = 64 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly ResiliencePipelineSource _pipeline = new(clock);
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    })
    {
        MaxResponseContentBufferSize = MostAnswerBytes,
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };

    /// <summary>Null: the target has taken it.</summary>
    /// <param name="faultOf">The fault that the body of an answer 2xx tells of.</param>
    public async Task<string?> PostAsync(
        Func<HttpRequestMessage> request, Func<string, string?> faultOf, CancellationToken stopped)
    {
        try
        {
            return await _pipeline.For(Timeout).ExecuteAsync(
                static async (state, token) => await state.Client.SendAsync(state.Request, state.FaultOf, token)
                    .ConfigureAwait(false),
                (Client: this, Request: request, FaultOf: faultOf), stopped).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            return "it did not answer in time";
        }
        catch (OperationCanceledException) when (!stopped.IsCancellationRequested)
        {
            return "no connection was made in time";
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return failure is HttpRequestException { HttpRequestError: not HttpRequestError.Unknown and var error }
                ? $"no answer: {error}"
                : "no answer: the connection was lost";
        }
    }

    public void Dispose() => _http.Dispose();

    private async ValueTask<string?> SendAsync(
        Func<HttpRequestMessage> request, Func<string, string?> faultOf, CancellationToken cancellation)
    {
        using var message = request();
        using var response = await _http.SendAsync(message, cancellation).ConfigureAwait(false);
        if (response.StatusCode is < HttpStatusCode.OK or >= HttpStatusCode.MultipleChoices)
        {
            return $"it answered HTTP {(int)response.StatusCode}";
        }

        return faultOf(await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
    }
}
