using System.Collections.Frozen;
using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments;
using RouterCluster.Node.Platform.Settings;
using RouterCluster.Node.Platform.Storage;
using RouterCluster.Node.Settings;
using RouterCluster.Node.Tests.Nodes;
using RouterCluster.Node.Webhooks;

namespace RouterCluster.Node.Tests.Payments;

/// <summary>A start says what its configuration would do to attempts whose end is not known.</summary>
public sealed class OpenAttemptCheckTests : IAsyncLifetime
{
    private static readonly ChannelTarget Sent = new("http-json", "127.0.0.1:1/b", "M");

    private readonly string _folder = Directory.CreateTempSubdirectory("router-open-").FullName;
    private RouterDatabase _database = null!;
    private PaymentReadModel _model = null!;

    public async Task InitializeAsync()
    {
        _database = RouterDatabase.Open(new StorageAddress(StorageProvider.Sqlite, null, _folder));
        _model = await PaymentReadModel.OpenAsync(_database, new PaymentWebhooks([], (_, _) => []), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_channel_that_left_with_open_attempts_refuses_the_start_with_their_count_and_sum()
    {
        await StoreAsync(1200);
        var settings = TestNode.Settings("") with
        {
            Channels = [.. TestNode.Settings("").Channels.Where(channel => channel.Id.Value != "bravo")],
        };

        var refused = await Assert.ThrowsAsync<StartUpException>(() => WarningsAsync(settings));

        Assert.StartsWith("router.channels.bravo: ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("retired = on", refused.Message, StringComparison.Ordinal);
        Assert.Contains("1200 open attempts (144000.00 CNY)", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public async Task A_retired_channel_is_no_reason_to_refuse()
    {
        await StoreAsync(3);
        var settings = TestNode.Settings("router.channels.bravo.retired = on");
        Assert.True(settings.Channels.Single(channel => channel.Id.Value == "bravo").Retired);
        Assert.Empty(await WarningsAsync(settings));
    }

    [Theory]
    [InlineData("merchant-id = M2")]
    [InlineData("base-url = \"http://127.0.0.1:2/b\"")]
    [InlineData("base-url = \"http://127.0.0.1:1/test\"")]
    public async Task Another_account_is_warned_of_with_the_attempts_that_it_orphans(string change)
    {
        await StoreAsync(2);
        var warning = Assert.Single(await WarningsAsync(TestNode.Settings($"router.channels.bravo {{ {change} }}")));
        Assert.Contains("bravo: 2 open attempts (240.00 CNY)", warning, StringComparison.Ordinal);
        Assert.Contains(Sent.ToString(), warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base-url = \"http://127.0.0.1:1/b/\"")]
    [InlineData("base-url = \"https://127.0.0.1:1/b\"")]
    [InlineData("secret = another")]
    public async Task The_same_account_is_not_warned_of(string change)
    {
        await StoreAsync(2);
        Assert.Empty(await WarningsAsync(TestNode.Settings($"router.channels.bravo {{ {change} }}")));
    }

    private Task<IReadOnlyList<string>> WarningsAsync(RouterSettings settings) =>
        OpenAttemptCheck.WarningsAsync(settings.Channels, _model, CancellationToken.None);

    private Task StoreAsync(int count)
    {
        var shop = new MerchantId("shop");
        var open = Enumerable.Range(0, count).Select(number =>
        {
            var payment = Samples.Rerouted(PaymentId.For(shop, $"A-{number}", 1, [1]), shop, $"A-{number}");
            return (payment with
            {
                Attempts = [payment.Attempts[0], payment.Attempts[1] with { Target = Sent }],
            }, 1L);
        });
        var ended = Samples.Rerouted(PaymentId.For(shop, "ended", 1, [1]), shop, "ended") with
        {
            State = PaymentState.Succeeded,
        };
        var done = ended with { Attempts = [ended.Attempts[0], ended.Attempts[1] with { State = AttemptState.Succeeded }] };
        var changes = new ReadModelChanges([.. open, (done, 1L)], FrozenSet<PaymentId>.Empty, []);
        return _model.WriteAsync(0, 0, 1, changes, CancellationToken.None);
    }
}
