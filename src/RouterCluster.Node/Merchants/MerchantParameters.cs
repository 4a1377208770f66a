using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Descriptions;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Merchants;

internal static class MerchantParameters
{
    public static RouteHandlerBuilder TakesMerchant(
        this RouteHandlerBuilder route, string name = "merchant", bool isRequired = true) =>
        route.Takes(name, Shapes.Text(TextRule.Id), services => MerchantOf(services).Value, isRequired);

    public static MerchantId MerchantOf(IServiceProvider services) =>
        services.GetRequiredService<IReadOnlyList<MerchantSettings>>().FirstOrDefault()?.Id ?? new MerchantId("demo");
}
