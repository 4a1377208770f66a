using Microsoft.Extensions.DependencyInjection;
using RouterCluster.Node.Console;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Time;
using RouterCluster.Node.Tests.Nodes;

namespace RouterCluster.Node.Tests.Console;

public sealed class SignOutsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public async Task Who_signs_out_at_one_node_is_signed_out_at_the_other()
    {
        await using var nodes = await TwoNodes.StartAsync(
            services => services.AddSingleton<SignOuts>().AddSingleton(new RouterClock(TimeProvider.System)),
            (akka, services) => akka.WithConsole(services));
        var (first, second) = (nodes.First.GetRequiredService<SignOuts>(), nodes.Second.GetRequiredService<SignOuts>());
        var until = TimeProvider.System.GetUtcNow().AddHours(1);

        // An actor that has not started yet does not hear of it.
        await WholeNode.EventuallyAsync(() =>
        {
            first.Add(new SignOut("one", until));
            second.Add(new SignOut("two", until));
            var now = TimeProvider.System.GetUtcNow();
            return Task.FromResult(second.Has("one", now) && first.Has("two", now));
        });

        Assert.False(first.Has("three", TimeProvider.System.GetUtcNow()));
    }

    [Fact]
    public void A_sign_out_is_remembered_for_as_long_as_the_session_could_have_lasted()
    {
        var signOuts = new SignOuts();
        signOuts.Add(new SignOut("one", Now.AddHours(1)));
        signOuts.Learn([new SignOut("two", Now.AddHours(2))]);

        Assert.True(signOuts.Has("one", Now) && signOuts.Has("two", Now));
        Assert.False(signOuts.Has("one", Now.AddHours(1)));
        Assert.True(signOuts.Has("two", Now.AddHours(1)));
    }
}
