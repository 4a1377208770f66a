using RouterCluster.Node.Commits;

namespace RouterCluster.Node.Merchants;

internal static class MerchantHosting
{
    public static IServiceCollection AddMerchants(this IServiceCollection services, TimeSpan duplicatesWithin) => services
        .AddCommitSubscriber<MerchantLimiters>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<DuplicateWatch>(provider, duplicatesWithin))
        .AddSingleton<MerchantAccess>();
}
