using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Routing;
using RouterCluster.Node.Channels.Messages;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Health;

/// <summary>One page for people with the state of all channels; it holds no secrets.</summary>
internal sealed class StatusPage(NodeSettings settings, IChannels channels)
{
    private const string Html = "text/html; charset=utf-8";

    private const string Style = """

        body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem }
        table { border-collapse: collapse; width: 100% }
        th, td { border-bottom: 1px solid #ccc; padding: .3rem .6rem; text-align: left }
        td.n { text-align: right; font-variant-numeric: tabular-nums }

        """;

    private const string Head = $"""
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>RouterCluster</title><meta http-equiv="refresh" content="5">
        <style>{Style}</style></head><body>
        """;

    /// <summary>Forbids all scripts, and all styles but the page's own, identified by its hash.</summary>
    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Links = """
        <p><a href="/docs">API documentation</a> · <a href="/openapi/v1.json">OpenAPI</a> ·
        <a href="/metrics">metrics</a> · <a href="/health/ready">readiness</a></p>
        """;

    public Task GetAsync(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Reply.WriteAsync(context, StatusCodes.Status200OK, Html, Encoding.UTF8.GetBytes(Render()));
    }

    private string Render()
    {
        var page = new StringBuilder(Head);
        page.Append("<h1>RouterCluster</h1><p>Mode ").Append(Safe(settings.Mode.ToString().ToLowerInvariant()));
        page.Append(", environment ").Append(Safe(settings.Environment)).Append("</p>").Append(Links);
        page.Append("<table><thead><tr><th>Channel</th><th>State</th><th>Outage</th>");
        page.Append("<th>Submit breaker</th><th>Query breaker</th>");
        page.Append("<th>In flight</th><th>Queue</th><th>Success</th><th>Share</th><th>Unknown</th></tr></thead><tbody>");
        foreach (var status in channels.All())
        {
            AppendRow(page, status);
        }

        return page.Append("</tbody></table></body></html>\n").ToString();
    }

    private static void AppendRow(StringBuilder page, ChannelStatus status)
    {
        page.Append("<tr><td>").Append(Safe(status.Channel.Value));
        page.Append("</td><td>").Append(Safe(State(status)));
        page.Append("</td><td>").Append(Safe(Outage(status)));
        page.Append("</td><td>").Append(Safe(status.Submit.Breaker.Name()));
        page.Append("</td><td>").Append(Safe(status.Query.Breaker.Name()));
        AppendNumber(page, $"{status.Submit.InFlight}/{status.Submit.Budget}");
        AppendNumber(page, $"{status.Submit.Queue}");
        AppendNumber(page, status.SuccessRate is { } rate ? Percent(rate) : "–");
        AppendNumber(page, Percent(status.TrafficShare));
        AppendNumber(page, $"{status.UnknownCount}");
        page.Append("</td></tr>");
    }

    /// <summary>The closing's reason and end, if it has an end; else the lifecycle.</summary>
    private static string State(ChannelStatus status) =>
        status.Closed is { Until: { } until, Why: var why } ? $"{why.Name()} until {Time(until)}" : status.Lifecycle.Name();

    private static string Outage(ChannelStatus status) =>
        status.Outage is { } outage ? $"{outage.Level.Name()} since {Time(outage.Since)}" : "–";

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static void AppendNumber(StringBuilder page, string text) => page.Append("</td><td class=\"n\">").Append(Safe(text));

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");

    private static string Safe(string text) => WebUtility.HtmlEncode(text);
}
