using System.Buffers;
using System.Data.Common;
using System.Text.Json;
using RouterCluster.Api;
using RouterCluster.Domain.Webhooks;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Webhooks;

/// <summary>Merchants help themselves: what they were told, again, and whether their URL can be reached.</summary>
internal sealed class MerchantWebhookEndpoints(MerchantAccess access, SharedPlaces places, IMerchantWebhooks webhooks)
{
    private const string NoSuchEvent = "must be the id of an event of the last 30 days";
    private static readonly TimeSpan LongestRange = TimeSpan.FromDays(31);
    private static readonly string[] RangeNames = ["from", "to"];

    public static readonly TextRule Moment = new(
        UtcText.Says, text => UtcText.TryParse(text, out _))
    {
        Shape = new TextShape(Format: "date-time"),
    };

    public Task EventsAsync(HttpContext context, string? after, string? limit) => EnterAsync(context, async caller =>
    {
        var errors = new FieldErrors();
        var place = NotificationId.Parse(after);
        if (after is not null && place is null)
        {
            errors.Add("after", NoSuchEvent);
        }

        EventPage? page = null;
        var refusal = await Paging.ShowAsync(limit, errors, async size => page = await webhooks.EventsAsync(
            caller.Merchant.Id, caller.Mode, place, size, context.RequestAborted));
        if (refusal is null && page is not null)
        {
            await Reply.WriteAsync(context, StatusCodes.Status200OK, "application/json; charset=utf-8", Render(page));
        }

        return refusal ?? (page is null ? Refusals.Invalid("after", NoSuchEvent) : null);
    });

    public Task TestAsync(HttpContext context) => EnterAsync(context, async caller =>
    {
        if (await JsonBody.WhyNotEmptyAsync(context.Request) is { } wrong)
        {
            return wrong;
        }

        if (caller.Merchant is not { MayBeNotified: true, NotifyUrl: { } url })
        {
            return Refusals.Invalid("notify_url", "the merchant has no notify-url with a notify-secret configured");
        }

        if (await webhooks.TestAsync(caller.Merchant, url, context.RequestAborted) is not { } tested)
        {
            return MerchantRefusals.MerchantLimit("Another test is running.", TimeSpan.FromSeconds(1));
        }

        await context.JsonAsync(StatusCodes.Status200OK, tested, ApiJson.Default.WebhookTestedBody);
        return null;
    });

    public Task ResendAsync(HttpContext context) => EnterAsync(context, async caller =>
    {
        var (range, wrong) = await JsonBody.ReadAsync(context.Request, 0, static (json, _, errors) => Read(json, errors));
        if (range is null)
        {
            return wrong;
        }

        var resent = await webhooks.ResendAsync(
            caller.Merchant.Id, caller.Mode, range.From, range.To, context.RequestAborted);
        await context.JsonAsync(
            StatusCodes.Status200OK, new WebhooksResentBody(resent.Count, resent.Next), ApiJson.Default.WebhooksResentBody);
        return null;
    });

    private Task EnterAsync(HttpContext context, Func<MerchantCaller, Task<Refusal?>> work) =>
        access.EnterAsync(context, places, async (caller, _) =>
        {
            try
            {
                return await work(caller);
            }
            catch (DbException failure) when (!context.Response.HasStarted)
            {
                return Refusals.OfStorage(failure);
            }
        });

    private static TimeRange? Read(JsonElement json, FieldErrors errors)
    {
        var fields = new ObjectFields(json, "", RangeNames, errors);
        UtcText.TryParse(fields.Text("from", Moment, isRequired: true), out var from);
        UtcText.TryParse(fields.Text("to", Moment, isRequired: true), out var to);
        if (!errors.Any && (to <= from || to - from > LongestRange))
        {
            errors.Add("to", "must be later than from, by 31 days at most");
        }

        return errors.Any ? null : new TimeRange(from, to);
    }

    /// <summary>The webhooks' own bytes, each with its id in front.</summary>
    private static byte[] Render(EventPage page)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var one in page.Items)
            {
                json.WriteStartObject();
                json.WriteString("id", one.Id.Value);
                using var body = JsonDocument.Parse(one.Body);
                foreach (var field in body.RootElement.EnumerateObject())
                {
                    field.WriteTo(json);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("next", page.Next?.Value);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private sealed record TimeRange(DateTimeOffset From, DateTimeOffset To);
}
