using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace RouterCluster.Node.Platform.Http;

internal static class HttpHosting
{
    public static IServiceCollection AddHttp(this IServiceCollection services)
    {
        StrictHttp.Prepare();
        return services
            .Configure<KestrelServerOptions>(StrictHttp.Apply)
            .AddSingleton<TokenGuard>().AddSingleton<ForeignAddresses>().AddSingleton<SignOuts>()
            .AddSingleton<OperatorSessions>().AddSingleton<SameOrigin>().AddSingleton<OperatorAccess>().AddSingleton<Listeners>();
    }
}
