using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RouterCluster.Domain.Books;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Benchmarks.Operator;

/// <summary>
/// Thirty days of payments, the oldest first, made of events that production's own fold puts together. They have been at all
/// channels and are in all states that the router ends in; of some at the channels that cannot be reached the end is not known.
/// One in twenty, at most ten thousand, was made in the last three quarters of an hour at the busy channel.
/// </summary>
internal sealed class PastMonth(
    OperatorWorld world, IAccountVault vault, ReadOnlyMemory<byte> salt, int books, int payments, DateTimeOffset end)
{
    private const int MostRecent = 10_000;
    private const int UnknownEach = 33;
    private const int CaseEach = 10;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30) - TimeSpan.FromHours(1);
    private static readonly TimeSpan Recently = TimeSpan.FromMinutes(45);
    private static readonly TimeSpan LastDays = TimeSpan.FromDays(3);
    private static readonly TimeSpan Queued = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Expires = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Call = TimeSpan.FromMilliseconds(90);
    private static readonly Outcome Reset = Outcome.Unknown("reset", "the connection was reset");
    private static readonly Outcome Full = new(OutcomeClass.ChannelLimit, Landing.NotLanded, "33", "limit of the day");
    private static readonly Outcome NoFunds = new(OutcomeClass.CustomerFunds, Landing.Landed, "51", "not enough money");
    private static readonly Outcome Declined = new(OutcomeClass.IssuerDeclined, Landing.Landed, "60", "declined by the bank");
    private static readonly Outcome BadCard = new(OutcomeClass.CustomerCard, Landing.Landed, "54", "card has expired");
    private static readonly Outcome Suspicious = new(OutcomeClass.Risk, Landing.Landed, "38", "refused by risk control");

    private readonly int _recent = Math.Min(MostRecent, payments / 20);

    public IEnumerable<PastPayment> All()
    {
        var (old, begin) = (payments - _recent, end - Longest);
        var (next, recent) = (0, 0);
        while (next < old || recent < _recent)
        {
            var at = begin + (Longest * (next / (double)old));
            var recentAt = end - Recently + (Recently * (recent / (double)_recent));
            yield return next < old && (recent == _recent || at <= recentAt)
                ? Of(next++, at, isRecent: false)
                : Of(old + recent++, recentAt, isRecent: true);
        }
    }

    private PastPayment Of(int number, DateTimeOffset at, bool isRecent)
    {
        var random = new Random(number);
        var content = Content(number, random);
        var id = PaymentId.For(content.Merchant, content.OrderNo, books, salt.Span);
        var fold = new Fold(id);
        fold.Add(new PaymentAccepted(at, content, at + Expires));
        if (!isRecent && at > end - LastDays && number % UnknownEach == 0)
        {
            Unknown(fold, number, at, random);
        }
        else
        {
            Known(fold, at, isRecent ? new ChannelId(OperatorWorld.Busy) : Any(random), random);
        }

        return fold.Result;
    }

    private void Unknown(Fold fold, int number, DateTimeOffset at, Random random)
    {
        Start(fold, at, 1, world.Dark[random.Next(world.Dark.Count)], random);
        fold.IsBegun();
        var later = at + Call;
        fold.Add(new AttemptUnresolved(later, 1, Reset) { Source = ReportSource.Submit });
        if (number / UnknownEach % CaseEach == 0)
        {
            fold.Add(new CaseOpened(later, CaseReason.UnknownTooLong, 1, "unknown while the channel answered other questions"));
            fold.Add(new PaymentSuspended(later));
        }
    }

    private void Known(Fold fold, DateTimeOffset at, ChannelId channel, Random random)
    {
        var kind = random.Next(1000);
        if (kind < 3)
        {
            fold.IsBegun();
            fold.Add(new PaymentClosed(at + Call));
            return;
        }

        var (no, ended) = (1, at + Call);
        Start(fold, at, no, channel, random);
        fold.IsBegun();
        if (kind < 12)
        {
            fold.Add(new AttemptEnded(ended, no, Full) { Source = ReportSource.Submit });
            channel = Any(random);
            Start(fold, ended, ++no, channel, random);
            ended += Call;
        }

        var outcome = kind switch
        {
            < 6 or < 46 and >= 12 => NoFunds,
            < 61 and >= 46 => Declined,
            < 66 and >= 61 => BadCard,
            < 68 and >= 66 => Suspicious,
            _ => new Outcome(OutcomeClass.Success, Landing.Landed, "00"),
        };
        var number = "C" + fold.Id.AttemptOrderNo(no);
        fold.Add(new AttemptEnded(ended, no, outcome with { ChannelOrderNo = number }) { Source = ReportSource.Submit });
        fold.Add(outcome.Class == OutcomeClass.Success
            ? new PaymentSucceeded(ended)
            : new PaymentFailed(ended, new PaymentFailure(outcome.Class, outcome.Code, channel, outcome.Message)));
    }

    private void Start(Fold fold, DateTimeOffset at, int no, ChannelId channel, Random random)
    {
        var (second, third) = (Any(random), Any(random));
        var reasons = new RouteReasons(
            "success-rate/1", random.NextDouble(), [new(channel, 0.97), new(second, 0.96), new(third, 0.95)],
            [new ExcludedChannel(new ChannelId(OperatorWorld.Waiting), Exclusion.Bank)])
        {
            MoreCandidates = world.Usual.Count - 3,
        };
        fold.Add(new AttemptStarted(at, no, channel, at + Queued, reasons));
    }

    /// <summary>Some have much more traffic than others.</summary>
    private ChannelId Any(Random random)
    {
        var place = random.NextDouble();
        return world.Usual[(int)(place * place * world.Usual.Count)];
    }

    private PaymentContent Content(int number, Random random)
    {
        var orderNo = string.Create(CultureInfo.InvariantCulture, $"O-{number}");
        var bank = number % 2_000 == 1_999 ? OperatorWorld.RareBank : OperatorWorld.Banks[random.Next(OperatorWorld.Banks.Count)];
        var account = new AccountDetails(
            string.Create(CultureInfo.InvariantCulture, $"622202{random.Next(1_000_000):D10}"), "Zhang San", bank, null, null);
        return new PaymentContent(
            new MerchantId(OperatorWorld.Merchants[number % OperatorWorld.Merchants.Count]), orderNo,
            random.Next(4) == 0 ? Product.Payout : Product.Withhold,
            new Money(random.Next(20) == 0 ? random.Next(1_000_000, 5_000_000) : random.Next(100, 100_000), new Currency("CNY")),
            vault.Seal(account), ChannelMode.Sandbox, null, ImmutableSortedDictionary<string, string>.Empty,
            vault.Fingerprint(Encoding.UTF8.GetBytes(orderNo)));
    }

    private sealed class Fold(PaymentId id)
    {
        private readonly ImmutableArray<CommittedEvent>.Builder _changes = ImmutableArray.CreateBuilder<CommittedEvent>();
        private Payment? _payment;
        private int _begun;

        public PaymentId Id => id;

        public PastPayment Result => new(_payment!, _changes.ToImmutable(), _begun);

        public void Add(PaymentEvent @event)
        {
            _payment = PaymentFold.Apply(_payment, id, @event);
            _changes.Add(new CommittedEvent(_payment, @event));
        }

        public void IsBegun() => _begun = _changes.Count;
    }
}
