using RouterCluster.Domain.Books;

namespace RouterCluster.Node.Merchants;

internal static class MerchantHosting
{
    public static IServiceCollection AddMerchants(this IServiceCollection services, TimeSpan duplicatesWithin) => services
        .AddSingleton<LimitBoard>()
        .AddSingleton<Action<CommittedEvent>>(provider => provider.GetRequiredService<LimitBoard>().Happened)
        .AddSingleton(provider => ActivatorUtilities.CreateInstance<DuplicateWatch>(provider, duplicatesWithin))
        .AddSingleton<MerchantDoor>();
}
