using System.Text;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Domain.Webhooks;

namespace RouterCluster.Domain.Tests.Webhooks;

/// <summary>A notification as the scene's table holds it.</summary>
internal sealed record SceneRow(
    NotificationId Id, string Url, NotificationState State, int Attempts, long Round, DateTimeOffset DueAt);

/// <summary>A call as the receiver saw it, and when.</summary>
internal sealed record SceneCall(NotificationId Id, string Url, string Body, DateTimeOffset At);

/// <summary>
/// One merchant's lane with a table, an endpoint and time, all simulated. Everything happens at its moment in virtual
/// time; a crash throws the lane away and keeps the table.
/// </summary>
internal sealed class NotificationScene
{
    public static readonly DateTimeOffset Start = new(2026, 3, 14, 15, 0, 0, TimeSpan.Zero);

    public static readonly NotificationPolicy Policy = new(
        [.. new[] { 0, 15, 60, 300, 900, 3600, 10_800, 43_200, 86_400 }.Select(seconds => TimeSpan.FromSeconds(seconds))],
        Jitter: 0.1, Concurrency: 4, Calls: 16, Page: 20, LongestRetryAfter: TimeSpan.FromHours(24),
        StoragePause: TimeSpan.FromSeconds(1));

    private static readonly MerchantId Merchant = new("shop");
    private static readonly TimeSpan StorageTakes = TimeSpan.FromMilliseconds(2);

    private readonly PriorityQueue<Action, (DateTimeOffset At, long Order)> _agenda = new();
    private readonly Dictionary<NotificationId, SceneRow> _table = [];
    private readonly SortedSet<(DateTimeOffset DueAt, string Id)> _pending = [];
    private readonly SortedDictionary<string, SortedSet<(DateTimeOffset DueAt, string Id)>> _pendingOf =
        new(StringComparer.Ordinal);
    private readonly HashSet<string> _goneUrls = [];
    private readonly NotificationPolicy _policy;
    private NotificationLane _lane;
    private DateTimeOffset? _wakeAt;
    private long _order;
    private int _life;

    public NotificationScene(NotificationPolicy? policy = null)
    {
        _policy = policy ?? Policy;
        _lane = new NotificationLane(_policy);
    }

    public DateTimeOffset Now { get; private set; } = Start;

    /// <summary>How the endpoint takes a call: how long it takes, and what comes of it.</summary>
    public Func<SceneCall, (TimeSpan Takes, DeliveryOutcome Outcome)> Endpoint { get; set; } =
        _ => (TimeSpan.FromMilliseconds(20), DeliveryOutcome.Answered(204));

    public Func<bool> IsStorageDown { get; set; } = () => false;

    public List<SceneCall> Calls { get; } = [];

    public int Running { get; private set; }

    public int MostRunning { get; private set; }

    public int MostInMemory { get; private set; }

    public int Reads { get; private set; }

    public NotificationLane Lane => _lane;

    public SceneRow this[NotificationId id] => _table[id];

    public IEnumerable<SceneRow> Rows => _table.Values;

    public static NotificationId IdOf(int number) => new($"msg_{number:d31}");

    public NotificationId Write(int number, string url = "https://shop.example/hook")
    {
        Put(new SceneRow(IdOf(number), url, NotificationState.Pending, 0, 0, Now));
        return IdOf(number);
    }

    public void Wake() => Do(lane => lane.RowsChanged(Now));

    public void Resend(NotificationId id)
    {
        var row = _table[id];
        Put(row with { State = NotificationState.Pending, Attempts = 0, Round = row.Round + 1, DueAt = Now });
        Wake();
    }

    public void Enable()
    {
        _goneUrls.Clear();
        foreach (var row in _table.Values.Where(row => row.State == NotificationState.Held).ToList())
        {
            Put(row with { State = NotificationState.Pending, Attempts = 0, Round = row.Round + 1, DueAt = Now });
        }

        Wake();
    }

    /// <summary>The node dies: its calls have left, and nobody hears how they end.</summary>
    public void Crash()
    {
        _life++;
        Running = 0;
        _wakeAt = null;
        _lane = new NotificationLane(_policy);
        Do(lane => lane.Advance(Now));
    }

    public void Stop() => Do(lane => lane.Stop(Now));

    public void Run(TimeSpan time)
    {
        var until = Now + time;
        while (_agenda.TryPeek(out var next, out var when) && when.At <= until)
        {
            _agenda.Dequeue();
            Now = when.At;
            next();
        }

        Now = until;
    }

    private void Do(Action<NotificationLane> input)
    {
        input(_lane);
        MostInMemory = Math.Max(MostInMemory, _lane.InMemory);
        foreach (var output in _lane.TakeOutputs())
        {
            CarryOut(output);
        }

        if (_lane.NextWake(Now) is { } wake && !(_wakeAt <= wake))
        {
            _wakeAt = wake;
            After(wake > Now ? wake - Now : TimeSpan.Zero, () =>
            {
                _wakeAt = null;
                Do(lane => lane.Advance(Now));
            });
        }
    }

    private void CarryOut(NotificationOutput output)
    {
        switch (output)
        {
            case NotificationOutput.Read read:
                Reads++;
                var isDown = IsStorageDown();
                var page = PageOf(read.Query);
                After(StorageTakes, () => Do(lane =>
                {
                    if (isDown)
                    {
                        lane.StorageFailed(isRead: true, Now);
                    }
                    else
                    {
                        lane.PageRead(page, Now);
                    }
                }));
                break;
            case NotificationOutput.Send send:
                Call(send.Notification);
                break;
            case NotificationOutput.Record record:
                After(StorageTakes, () => Record(record));
                break;
            default:
                throw new InvalidOperationException();
        }
    }

    private void Call(DueNotification due)
    {
        var call = new SceneCall(due.Id, due.Url, Encoding.UTF8.GetString(due.Body.Span), Now);
        Calls.Add(call);
        Running++;
        MostRunning = Math.Max(MostRunning, Running);
        var (takes, outcome) = Endpoint(call);
        After(takes, () =>
        {
            Running--;
            Do(lane => lane.Sent(due, outcome, Now, draw: 0.5));
        });
    }

    private void Record(NotificationOutput.Record record)
    {
        if (IsStorageDown())
        {
            Do(lane => lane.StorageFailed(isRead: false, Now));
            return;
        }

        foreach (var delivery in record.Deliveries)
        {
            if (delivery.Outcome.IsGone)
            {
                _goneUrls.Add(delivery.Url);
            }

            if (_table[delivery.Id] is var row && row.Round == delivery.Round)
            {
                Put(row with { State = delivery.State, Attempts = delivery.Attempts, DueAt = delivery.DueAt });
            }
        }

        if (record.Gone.Count > 0)
        {
            foreach (var row in _table.Values.Where(row => IsHeldNow(row, record.Gone)).ToList())
            {
                Put(row with { State = NotificationState.Held });
            }
        }

        Do(lane => lane.Recorded(Now));
    }

    private bool IsHeldNow(SceneRow row, IReadOnlyList<string> gone) =>
        row.State == NotificationState.Pending && gone.Contains(row.Url) && _goneUrls.Contains(row.Url);

    private void Put(SceneRow row)
    {
        if (_table.TryGetValue(row.Id, out var before))
        {
            _pending.Remove((before.DueAt, before.Id.Value));
            _pendingOf[NotificationEndpoint.Of(before.Url).Key].Remove((before.DueAt, before.Id.Value));
        }

        _table[row.Id] = row;
        var endpoint = NotificationEndpoint.Of(row.Url).Key;
        _pendingOf.TryAdd(endpoint, []);
        if (row.State == NotificationState.Pending)
        {
            _pending.Add((row.DueAt, row.Id.Value));
            _pendingOf[endpoint].Add((row.DueAt, row.Id.Value));
        }
    }

    private DuePage PageOf(DueQuery query)
    {
        var due = new List<DueNotification>();
        var more = new List<string>();
        var later = _pending.GetViewBetween((Now.AddTicks(1), ""), (DateTimeOffset.MaxValue, ""));
        DateTimeOffset? nextDue = later.Min is { Id: not null } next ? next.DueAt : null;
        foreach (var (key, rows) in _pendingOf.Where(endpoint => IsAsked(endpoint.Key, query)))
        {
            var found = rows.TakeWhile(row => row.DueAt <= Now).Take(query.LimitOfEndpoint)
                .Select(row => DueOf(_table[new(row.Id)])).ToList();
            due.AddRange(found);
            more.AddRange(found.Count == query.LimitOfEndpoint ? [key] : []);
            if (due.Count >= query.Limit)
            {
                return new DuePage(due, nextDue) { More = more, Next = key };
            }
        }

        return new DuePage(due, nextDue) { More = more };
    }

    private static bool IsAsked(string endpoint, DueQuery query) => string.CompareOrdinal(endpoint, query.After) > 0
        && !query.Endpoints.Contains(endpoint) && !query.Hosts.Contains(NotificationEndpoint.Of(endpoint).Host);

    private DueNotification DueOf(SceneRow row) => new(
        row.Id, Merchant, row.Url, Encoding.UTF8.GetBytes($"body of {row.Id}"), row.Attempts, row.Round,
        _goneUrls.Contains(row.Url));

    /// <summary>What was begun in an earlier life of the node reaches nobody.</summary>
    private void After(TimeSpan pause, Action action)
    {
        var life = _life;
        _agenda.Enqueue(
            () =>
            {
                if (life == _life)
                {
                    action();
                }
            },
            (Now + pause, _order++));
    }
}
