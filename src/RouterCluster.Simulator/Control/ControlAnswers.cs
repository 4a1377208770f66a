using System.Globalization;
using System.Text.Json;
using RouterCluster.Simulator.Books;
using RouterCluster.Simulator.Channels;

namespace RouterCluster.Simulator.Control;

internal static class ControlAnswers
{
    private const int EntriesPerFlush = 1000;

    public static Task ChannelsAsync(HttpContext context, IEnumerable<SimulatedChannel> channels, string host) =>
        WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("channels");
            foreach (var channel in channels)
            {
                json.WriteStartObject();
                json.WriteString("channel", channel.Name);
                json.WriteString("mode", SettingNames.Of(SettingNames.Modes, channel.Settings.Mode));
                json.WriteNumber("port", channel.OwnPort.Port);
                json.WriteBoolean("listening", channel.OwnPort.IsListening);
                json.WriteString("base_url", $"http://{host}:{channel.OwnPort.Port}/{channel.Name}");
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    public static Task SettingsAsync(HttpContext context, SimulatedChannel channel, ChannelSettings settings) =>
        WriteAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteString("channel", channel.Name);
            json.WriteNumber("port", channel.OwnPort.Port);
            json.WriteString(SettingsPatch.Mode, SettingNames.Of(SettingNames.Modes, settings.Mode));
            json.WriteNumber(SettingsPatch.SuccessRate, settings.SuccessRate);
            json.WriteNumber(SettingsPatch.CustomerFailureRate, settings.CustomerFailureRate);
            json.WriteNumber(SettingsPatch.LatencyMs, settings.LatencyMs);
            json.WriteNumber(SettingsPatch.LatencyP99Ms, settings.LatencyP99Ms);
            json.WriteNumber(SettingsPatch.QueryVisibleAfterMs, settings.QueryVisibleAfterMs);
            json.WriteNumber(SettingsPatch.MaxConcurrency, settings.MaxConcurrency);
            json.WriteNumber(SettingsPatch.RetryAfterS, settings.RetryAfterS);
            json.WriteString(SettingsPatch.Notify, SettingNames.Of(SettingNames.NotifyModes, settings.Notify));
            json.WriteNumber(SettingsPatch.Seed, settings.Seed);
            json.WriteEndObject();
        });

    public static Task ProblemAsync(HttpContext context, int status, string detail, IReadOnlyList<string> errors) =>
        WriteAsync(context, status, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
            json.WriteStartArray("errors");
            foreach (var error in errors)
            {
                json.WriteStringValue(error);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });

    public static Task NothingAsync(HttpContext context) =>
        ProblemAsync(context, StatusCodes.Status404NotFound, "There is nothing at this path.", []);

    public static async Task LogAsync(HttpContext context, SimulatedChannel channel)
    {
        var (calls, dropped) = channel.Log.Snapshot();
        var now = Environment.TickCount64;
        await using var json = Begin(context);
        json.WriteStartObject();
        WriteConcurrency(json, "highest_concurrency", channel.Submits.Highest, channel.Queries.Highest);
        WriteConcurrency(json, "current_concurrency", channel.Submits.Current, channel.Queries.Current);
        json.WriteNumber("dropped", dropped);
        json.WriteStartArray("calls");
        await WriteManyAsync(context, json, calls, call =>
        {
            json.WriteStartObject();
            json.WriteString("at"u8, call.At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("kind"u8, call.Kind == CallKind.Submit ? "submit"u8 : "query"u8);
            json.WriteString("order_no"u8, call.OrderNo);
            json.WriteNumber("amount"u8, call.Amount);
            json.WriteString("money"u8, Money(call.Booked, now));
            json.WriteEndObject();
        });
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static async Task BooksAsync(HttpContext context, SimulatedChannel channel)
    {
        var now = Environment.TickCount64;
        await using var json = Begin(context);
        json.WriteStartObject();
        json.WriteStartArray("orders");
        await WriteManyAsync(context, json, channel.Books.Orders, order =>
        {
            json.WriteStartObject();
            json.WriteString("order_no"u8, order.OrderNo);
            json.WriteNumber("amount"u8, order.Amount);
            json.WriteString("currency"u8, order.Currency);
            json.WriteString("account"u8, order.Account);
            json.WriteString("state"u8, order.Status(now));
            json.WriteString("money"u8, Money(order, now));
            json.WriteEndObject();
        });
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Money(Order? order, long now) =>
        order is not null && order.HasMovedMoney(now) ? "moved"u8 : "not_moved"u8;

    private static void WriteConcurrency(Utf8JsonWriter json, string name, int submit, int query)
    {
        json.WriteStartObject(name);
        json.WriteNumber("submit", submit);
        json.WriteNumber("query", query);
        json.WriteEndObject();
    }

    /// <summary>A log can be hundreds of megabytes: it is written in pieces and waits for slow readers.</summary>
    private static async Task WriteManyAsync<T>(
        HttpContext context, Utf8JsonWriter json, IEnumerable<T> items, Action<T> write)
    {
        var unflushed = 0;
        foreach (var item in items)
        {
            write(item);
            if (++unflushed == EntriesPerFlush)
            {
                unflushed = 0;
                json.Flush();
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            }
        }
    }

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        await using var json = Begin(context);
        write(json);
    }

    private static Utf8JsonWriter Begin(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        return new Utf8JsonWriter(context.Response.BodyWriter);
    }
}
