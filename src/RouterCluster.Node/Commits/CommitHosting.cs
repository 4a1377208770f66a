namespace RouterCluster.Node.Commits;

internal static class CommitHosting
{
    public static IServiceCollection AddCommits(this IServiceCollection services) => services
        .AddSingleton<CommitSubscribers>()
        .AddCommitSubscriber<PaymentMetrics>();

    /// <summary>A feature calls this to receive committed events.</summary>
    public static IServiceCollection AddCommitSubscriber<TSubscriber>(this IServiceCollection services)
        where TSubscriber : class, ICommitSubscriber => services
        .AddSingleton<TSubscriber>()
        .AddSingleton<ICommitSubscriber>(provider => provider.GetRequiredService<TSubscriber>());
}
