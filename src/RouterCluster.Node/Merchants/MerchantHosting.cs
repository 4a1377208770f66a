using RouterCluster.Domain.Merchants;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Platform.Time;

namespace RouterCluster.Node.Merchants;

internal static class MerchantHosting
{
    /// <summary>Waiting requests for each one that may be worked on: their answers wait in the same queue.</summary>
    private const int QueuePerRequest = 2;

    public static IServiceCollection AddMerchants(this IServiceCollection services) => services
        .AddSingleton<MerchantLimiters>()
        .AddSingleton<MerchantAccess>()
        .AddSingleton(provider => new SharedPlaces(
            provider.GetRequiredService<HttpSettings>().MaxInFlight,
            () => provider.GetRequiredService<IReadOnlyList<MerchantSettings>>().Count > 1))
        .AddSingleton<AdmittedPayments>()
        .AddSingleton(provider => new MerchantAdmissions(
            provider.GetRequiredService<AdmissionStore>(), provider.GetRequiredService<RouterClock>(),
            provider.GetRequiredService<HttpSettings>().AcceptTimeout,
            provider.GetRequiredService<HttpSettings>().MaxInFlight * QueuePerRequest))
        .AddSingleton<IMerchantAdmissions>(provider => provider.GetRequiredService<MerchantAdmissions>())
        .AddSingleton<ShareSweep>();

    /// <param name="acceptTimeout">Longest wait for each of: the limits, what the books know of other numbers, and the
    /// books' own answer.</param>
    public static AdmissionRules RulesOf(NodeSettings node, TimeSpan acceptTimeout, TimeSpan duplicatesWithin) => new(
        node.DayOffset, duplicatesWithin, StoreWithin: 3 * acceptTimeout, ClockSkew: 2 * node.MaxClockSkew);

    public static HashSet<MerchantId> WithDayLimit(this IEnumerable<MerchantSettings> merchants) =>
        [.. merchants.Where(one => one.Limits.AmountPerDay is not null).Select(one => one.Id)];

    /// <summary>To be called before the read model opens, which writes some of the tables.</summary>
    public static AdmissionStore AddAdmissionStore(
        this IServiceCollection services, RouterDatabase database, AdmissionRules rules,
        IReadOnlyList<MerchantSettings> merchants, TimeProvider clock)
    {
        var store = new AdmissionStore(database, rules, merchants.WithDayLimit(), clock);
        services.AddSingleton(store);
        return store;
    }
}
