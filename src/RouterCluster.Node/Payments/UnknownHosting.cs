using RouterCluster.Api;
using RouterCluster.Node.Channels;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Payments;

internal static class UnknownHosting
{
    private const string Asking = """
        One question more, as soon as the query lane's budget allows: the schedule goes on as it was. `asked` is false when a
        question is on its way already. The answer comes to the payment, as ever. "Not found" is believed no earlier for it.
        """;

    private const string AskingAll = """
        The oldest first, at `rate_per_second`, at most the query lane's rate and half of it if absent, within the lane's
        budget. The run is this node's and ends with it; `GET /admin/v1/unknown` of this node shows how far it is. One run for
        each channel at a time.
        """;

    private static readonly RequestBody Ask = new(
        "AskRequest",
        Shapes.Object("Why it is asked.", [], new() { ["reason"] = Shapes.Text(ChannelChangeReader.Reason).OrNull() }),
        RequestBody.Parse("""{ "reason": "the customer is on the phone" }"""))
    {
        IsRequired = false,
    };

    private static readonly RequestBody AskAll = new(
        "AskUnknownRequest",
        Shapes.Object("Whom to ask, how fast, and why.", ["channel"], new()
        {
            ["channel"] = Shapes.Text(TextRule.Id),
            ["rate_per_second"] = Shapes.Positive(ChannelChangeReader.MostRate).OrNull(),
            ["reason"] = Shapes.Text(ChannelChangeReader.Reason).OrNull(),
        }),
        RequestBody.Parse("""{ "channel": "alpha", "rate_per_second": 20, "reason": "the bank is back" }"""));

    public static IServiceCollection AddUnknown(this IServiceCollection services) => services
        .AddSingleton<ChannelQuestions>().AddSingleton<UnknownEndpoints>();

    public static void MapUnknown(this IEndpointRouteBuilder operators)
    {
        var unknown = operators.ServiceProvider.GetRequiredService<UnknownEndpoints>();
        operators.MapGet("/unknown", (Delegate)unknown.ShowAsync)
            .WithSummary("Payments of which nobody knows how they ended: count, money and age by channel and merchant")
            .Gives<UnknownPaymentsBody>(200, "As the read model has them.").Refuses(Problems.Lookups);
        operators.MapPost("/unknown/ask", (Delegate)unknown.AskAllAsync)
            .WithSummary("Ask a channel about all its unknown payments, outside the schedule (role operator)")
            .WithDescription(AskingAll).TakesJson(AskAll)
            .Gives<AskRunBody>(202, "The questions begin.").Refuses([.. Problems.ChannelChanges, "asking_already"]);
        operators.MapPost("/payments/{id}/ask", (Delegate)unknown.AskAsync)
            .WithSummary("Ask the channel about a payment now, outside the schedule (role operator)")
            .WithDescription(Asking).TakesPaymentId().TakesJson(Ask)
            .Gives<AskedBody>(200, "Whether a question comes because of this.")
            .Refuses([.. Problems.ChannelChanges, "in_progress", "nothing_to_ask", "still_sending"]);
    }
}
