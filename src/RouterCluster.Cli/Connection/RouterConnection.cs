using System.Net.Http.Headers;
using System.Net.Sockets;

namespace RouterCluster.Cli.Connection;

/// <summary>Calls one node over HTTP. A failed call is reported, never repeated.</summary>
internal sealed class RouterConnection : IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _root;

    public RouterConnection(Target target, TimeSpan timeout)
    {
        _root = new Uri(target.Url.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/admin/v1/");
        var handler = new SocketsHttpHandler
        {
            // A redirected POST would arrive as a GET, and would carry the token elsewhere.
            AllowAutoRedirect = false,
            UseProxy = !target.Url.IsLoopback,
        };
        _client = new HttpClient(handler) { Timeout = timeout };
        if (target.Token is not null)
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", target.Token);
        }
    }

    public async Task<Reply> SendAsync(RouterRequest request, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(_root, request.Path));
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);
        }

        try
        {
            using var response = await _client.SendAsync(message, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            return new Answer((int)response.StatusCode, response.ReasonPhrase, body);
        }
        catch (HttpRequestException exception)
        {
            var neverSent = exception.HttpRequestError is HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            return new Unreachable(Reason(exception) + (neverSent ? "" : Doubt(request)));
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Unreachable($"no answer within {_client.Timeout.TotalSeconds:0.#} s{Doubt(request)}");
        }
        catch (OperationCanceledException)
        {
            return new Unreachable($"interrupted{Doubt(request)}");
        }
    }

    /// <summary>Copies a body of any length. The timeout ends when the body begins.</summary>
    public Task<Reply> CopyAsync(RouterRequest request, Stream output, CancellationToken cancellation) => ReadAsync(
        request,
        async (body, ending) =>
        {
            await body.CopyToAsync(output, ending);
            await output.FlushAsync(ending);
        },
        "; what was written is not complete", cancellation);

    /// <summary>Reads a body of any length while it comes. The timeout ends when the body begins.</summary>
    /// <param name="afterwards">Said of a body that has not come to its end.</param>
    public async Task<Reply> ReadAsync(
        RouterRequest request, Func<Stream, CancellationToken, Task> read, string afterwards, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(_root, request.Path));
        try
        {
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                var refusal = await response.Content.ReadAsByteArrayAsync(cancellation);
                return new Answer((int)response.StatusCode, response.ReasonPhrase, refusal);
            }

            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            await read(body, cancellation);
            return new Answer((int)response.StatusCode, response.ReasonPhrase, []);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException)
        {
            return new Unreachable($"{exception.Message}{afterwards}");
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Unreachable($"no answer within {_client.Timeout.TotalSeconds:0.#} s");
        }
        catch (OperationCanceledException)
        {
            return new Unreachable($"interrupted{afterwards}");
        }
    }

    public void Dispose() => _client.Dispose();

    private static string Reason(HttpRequestException exception) =>
        exception.InnerException is SocketException socket ? socket.Message : exception.Message;

    private static string Doubt(RouterRequest request) =>
        request.Method == HttpMethod.Get ? "" : "; whether the change was made is not known, look before you ask again";
}
