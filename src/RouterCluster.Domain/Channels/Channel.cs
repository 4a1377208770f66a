using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using RouterCluster.Domain.Lanes;

namespace RouterCluster.Domain.Channels;

/// <summary>
/// One channel: operators' changes, its breakers' state, its announcements and its reports to routers. Holds no clock and
/// does no I/O: its owner feeds it news and changes, stores its events, and carries out its effects.
/// </summary>
/// <param name="epoch">UTC in milliseconds at which the owner began: above the epoch of every earlier owner.</param>
public sealed class Channel(ChannelConfiguration configuration, long epoch)
{
    // Room for a thousand submits in each millisecond that an owner lives, so that no two owners share a number.
    private const int NumberBits = 10;
    private const int SubmitsRemembered = 20_000;

    /// <summary>A shorter pause is over before a restart could forget it.</summary>
    private static readonly TimeSpan ShortestStoredPause = TimeSpan.FromSeconds(5);

    private readonly SubmitNumbers _numbers = new(epoch << NumberBits, SubmitsRemembered);
    private readonly List<SubmitSignal> _late = [];
    private readonly List<(long Version, object Asker)> _unanswered = [];
    private ChannelConfiguration _configuration = configuration;
    private List<ChannelEffect> _effects = [];
    private LaneNews.Reported? _submit;
    private LaneNews.Reported? _query;
    private DateTimeOffset? _submitPausedUntil;
    private DateTimeOffset? _noOwnerSince;
    private long _sequence;
    private long _version;

    public ChannelSnapshot Snapshot { get; private set; } = ChannelSnapshot.Initial;

    public IEnumerable<ChannelOverride> Deviations =>
        Snapshot.Overrides.Where(row => row.Value != _configuration.ValueOf(row.Key));

    /// <summary>When <see cref="EndOverdue"/> is due; null: nothing was set for a time.</summary>
    public DateTimeOffset? NextEnd => Snapshot.NextEnd;

    private ChannelState State => Snapshot.State;

    private ChannelLifecycle Lifecycle => _configuration.Retired ? ChannelLifecycle.Retired : State.Lifecycle;

    private LaneSettings SubmitSettings => State.Submit.Over(_configuration.Submit);

    private LaneSettings QuerySettings => State.Query.Over(_configuration.Query);

    public void Recover(ChannelSnapshot snapshot) =>
        Snapshot = snapshot with { Marks = snapshot.Marks.CompletedFrom(snapshot.Changes) };

    public void Recover(ChannelEvent @event) => Apply(@event);

    public LaneStart StartOf(ChannelLane lane, DateTimeOffset now)
    {
        switch (lane)
        {
            case ChannelLane.Submit:
                var paused = State.PausedUntil is { } until && until > now ? until - now : TimeSpan.Zero;
                return new LaneStart(SubmitSettings, State.SubmitBreaker.ToMemory(State.Isolated, now), paused);
            case ChannelLane.Query:
                return new LaneStart(QuerySettings, State.QueryBreaker.ToMemory(false, now), TimeSpan.Zero);
            default:
                throw new UnreachableException($"A channel has no lane {lane}.");
        }
    }

    /// <summary>Calls of earlier owners may still run: nothing is sent, and all else goes on.</summary>
    public void Wait(DateTimeOffset now)
    {
        _noOwnerSince = now;
        Configure(resumes: false);
    }

    public void Open()
    {
        _noOwnerSince = null;
        Configure(resumes: false);
    }

    /// <summary>The owner stops soon: routers choose the channel no more; orders that are on their way are still sent.</summary>
    public void Leave(DateTimeOffset now)
    {
        _noOwnerSince ??= now;
        Report([]);
    }

    /// <summary>Operators' overrides stay in force over the new configuration.</summary>
    public void Reconfigure(ChannelConfiguration next)
    {
        _configuration = next;
        Configure(resumes: false);
        Report([]);
    }

    public void RouterJoined() => Report([]);

    public void FromLane(ChannelLane lane, LaneNews news, DateTimeOffset now)
    {
        switch (news)
        {
            case LaneNews.Reported reported:
                Reported(lane, reported, now);
                break;
            case LaneNews.BreakerTurned turned:
                Remember(lane, turned.Memory, now);
                break;
            case LaneNews.ClosedUntil closed:
                Close(closed.Until, now);
                break;
            case LaneNews.PausedUntil paused:
                Pause(lane, paused.Until, now);
                break;
            default:
                throw new UnreachableException($"A lane has no news {news.GetType().Name}.");
        }
    }

    /// <param name="asker">Handed back with the answer and never looked into.</param>
    public void Change(ChannelChange change, object asker, DateTimeOffset now)
    {
        var (exclusions, planned) = (Snapshot.Exclusions, Snapshot.Planned);
        if ((exclusions.RefusalOf(change) ?? planned.RefusalOf(change)) is { } why)
        {
            _effects.Add(new ChannelEffect.RefuseOperator(asker, why));
        }
        else if (exclusions.IsDone(change) || planned.IsDone(change))
        {
            _unanswered.Add((_version, asker));
            AnswerOperators();
        }
        else
        {
            var numbered = planned.WithNumber(exclusions.WithNumber(change));
            _effects.Add(new ChannelEffect.StoreFirst(new ChannelAdjusted(now, numbered), asker));
        }
    }

    /// <summary>Takes back what operators have set or planned for a time that is over.</summary>
    public void EndOverdue(DateTimeOffset now)
    {
        if (Snapshot.EndedAt(now) is { } change)
        {
            _effects.Add(new ChannelEffect.StoreFirst(new ChannelAdjusted(now, change), Asker: null));
        }
    }

    /// <remarks>Law 7.3.</remarks>
    public void Stored(ChannelEffect.StoreFirst change)
    {
        Apply(change.Event);
        Configure(resumes: change.Event.Change.Enables);
        if (change.Asker is { } asker)
        {
            _unanswered.Add((_version, asker));
        }
        else
        {
            EndOverdue(change.Event.At);
        }
    }

    public ReadOnlySpan<ChannelEffect> TakeEffects()
    {
        if (_effects.Count == 0)
        {
            return [];
        }

        var taken = _effects;
        _effects = [];
        return CollectionsMarshal.AsSpan(taken);
    }

    private void Reported(ChannelLane lane, LaneNews.Reported reported, DateTimeOffset now)
    {
        var signals = _numbers.Number(reported.Signals);
        if (lane == ChannelLane.Query)
        {
            _query = reported;
            _late.AddRange(signals);
        }
        else
        {
            var throttle = reported.Report.Throttle;
            if (throttle is null != _submit?.Report.Throttle is null)
            {
                _effects.Add(new ChannelEffect.ThrottleTurned(throttle));
            }

            _submit = reported;
            _submitPausedUntil = now + throttle?.PausedFor;
            Report(_late.Count == 0 ? signals : [.. signals, .. _late]);
            _late.Clear();
        }

        if (_unanswered.Count > 0)
        {
            AnswerOperators();
        }
    }

    private void Remember(ChannelLane lane, BreakerMemory memory, DateTimeOffset now)
    {
        var until = memory.State == BreakerState.Open ? now + memory.OpenFor : (DateTimeOffset?)null;
        var moved = new BreakerMoved(now, lane, memory.State, until) { Openings = memory.Openings };
        Apply(moved);
        _effects.Add(new ChannelEffect.Store(moved));
    }

    private void Close(DateTimeOffset until, DateTimeOffset now)
    {
        if (State.Hear(until, now, _configuration.LongestMaintenance) is { } announced)
        {
            Apply(announced);
            _effects.Add(new ChannelEffect.Store(announced));
            Report([]);
        }
    }

    private void Pause(ChannelLane lane, DateTimeOffset until, DateTimeOffset now)
    {
        if (lane == ChannelLane.Submit && State.HearPause(until, now, _configuration.Submit.LongestPause) is { } announced)
        {
            Apply(announced);
            if (announced.Until - announced.At >= ShortestStoredPause)
            {
                _effects.Add(new ChannelEffect.Store(announced));
            }
        }
    }

    private void Apply(ChannelEvent @event) => Snapshot = Snapshot.Apply(@event);

    private void Configure(bool resumes)
    {
        _version++;
        var isWaiting = _noOwnerSince is not null;
        var intake = Lifecycle switch
        {
            ChannelLifecycle.Active => Intake.Open,
            ChannelLifecycle.Draining => Intake.Draining,
            ChannelLifecycle.Disabled or ChannelLifecycle.NoOwner or ChannelLifecycle.Retired => Intake.Closed,
        };
        _effects.Add(new ChannelEffect.Configure(
            new LaneConfiguration(_version, SubmitSettings, isWaiting ? Intake.Waiting : intake, State.Isolated, resumes)
            {
                Exclusions = Snapshot.Exclusions.Scopes,
            },
            new LaneConfiguration(
                _version, QuerySettings, isWaiting ? Intake.Waiting : Intake.Open, Isolated: false, resumes)));
    }

    /// <summary>Routers get no report before both lanes have reported.</summary>
    private void Report(ImmutableArray<SubmitSignal> signals)
    {
        if (_submit is { } submit && _query is { } query)
        {
            _sequence++;
            _effects.Add(new ChannelEffect.ReportToRouters(ReportOf(submit.Report, query.Report, signals)));
        }
    }

    private void AnswerOperators()
    {
        if (_submit is not { } submit || _query is not { } query)
        {
            return;
        }

        var inForce = Math.Min(submit.Version, query.Version);
        foreach (var (_, asker) in _unanswered.Where(waiting => waiting.Version <= inForce))
        {
            _effects.Add(new ChannelEffect.AnswerOperator(asker, ReportOf(submit.Report, query.Report, [])));
        }

        _unanswered.RemoveAll(waiting => waiting.Version <= inForce);
    }

    private ChannelReport ReportOf(LaneReport submit, LaneReport query, ImmutableArray<SubmitSignal> signals) => new(
        _configuration.Id, epoch, _sequence, Lifecycle, State.Weight ?? _configuration.Weight, submit, query, signals)
    {
        ClosedUntil = State.ClosedUntil,
        PausedUntil = _submitPausedUntil,
        NoOwnerSince = _noOwnerSince,
        Exclusions = Snapshot.Exclusions.Numbered,
        Planned = Snapshot.Planned.Numbered,
        FailingSince = submit.HasFailed ? State.SubmitBreaker.FailingSince : null,
    };
}
