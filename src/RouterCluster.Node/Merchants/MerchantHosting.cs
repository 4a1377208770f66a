namespace RouterCluster.Node.Merchants;

internal static class MerchantHosting
{
    public static IServiceCollection AddMerchants(this IServiceCollection services, TimeSpan duplicatesWithin) => services
        .AddSingleton<LimitBoard>()
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<DuplicateWatch>(provider, duplicatesWithin))
        .AddSingleton<MerchantDoor>();
}
