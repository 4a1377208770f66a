using RouterCluster.Api;
using RouterCluster.Domain.Gateways;
using RouterCluster.Node.Merchants;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Gateways;

/// <summary>Gateway rankings, and feedback on them, for platforms that execute payments themselves.</summary>
internal sealed class GatewayEndpoints(
    HttpSettings settings, IReadOnlyList<MerchantSettings> merchants, MerchantAccess access, IGatewayRankings rankings,
    TimeProvider time)
{
    private const string ApiKey = "x-api-key";
    private readonly SharedPlaces _places = new(settings.MaxInFlight, () => merchants.Count > 1);

    public Task DecideAsync(HttpContext context) => EnterAsync(context, async caller =>
    {
        var startedAt = time.GetTimestamp();
        var (question, wrong) = await JsonBody.ReadAsync(context.Request, caller.Merchant.Id, GatewayReader.ReadQuestion);
        if (question is null)
        {
            return wrong;
        }

        var answer = await rankings.DecideAsync(question with { Mode = caller.Mode });
        var body = ToBody(question, answer, time.GetElapsedTime(startedAt).TotalMilliseconds);
        await context.JsonAsync(StatusCodes.Status200OK, body, ApiJson.Default.DecidedGatewayBody);
        return null;
    });

    public Task LearnAsync(HttpContext context) => EnterAsync(context, async caller =>
    {
        var (feedback, wrong) = await JsonBody.ReadAsync(context.Request, caller.Merchant.Id, GatewayReader.ReadFeedback);
        if (feedback is null)
        {
            return wrong;
        }

        rankings.Learn(feedback with { Mode = caller.Mode });
        var body = new GatewayScoreBody("Score updated", caller.Merchant.Id.Value, feedback.Gateway, feedback.Payment);
        await context.JsonAsync(StatusCodes.Status200OK, body, ApiJson.Default.GatewayScoreBody);
        return null;
    });

    private Task EnterAsync(HttpContext context, Func<MerchantCaller, Task<Refusal?>> work)
    {
        // Clients of the engine whose API this is send their key in a header of its own.
        if (context.Request.Headers.Authorization.Count == 0 && context.Request.Headers[ApiKey] is [{ Length: > 0 } key])
        {
            context.Request.Headers.Authorization = $"Bearer {key}";
        }

        return access.EnterAsync(context, _places, (caller, _) => work(caller));
    }

    private static DecidedGatewayBody ToBody(GatewayQuestion question, GatewayAnswer answer, double milliseconds) => new(
        DecidedGateway: answer.Decided,
        GatewayPriorityMap: question.Gateways.Zip(answer.Success).ToDictionary(),
        FilterWiseGateways: null,
        PriorityLogicTag: null,
        RoutingApproach: answer.IsScored ? "SR_SELECTION_V3_ROUTING" : "DEFAULT",
        GatewayBeforeEvaluation: answer.Best,
        PriorityLogicOutput: new PriorityLogicBody(
            IsEnforcement: false, question.Gateways, null, new Dictionary<string, string>(), null, null),
        ResetApproach: "NO_RESET",
        RoutingDimension: question.Dimension,
        RoutingDimensionLevel: "PM_LEVEL",
        IsScheduledOutage: false,
        IsDynamicMgaEnabled: false,
        GatewayMgaIdMap: null,
        DebitRoutingOutput: null,
        IsRustBasedDecider: false,
        Latency: Math.Round(milliseconds, 3));
}
