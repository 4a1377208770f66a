using RouterCluster.Domain.Channels;
using RouterCluster.Domain.Routing;
using RouterCluster.Domain.Vocabulary;

namespace RouterCluster.Domain.Checks;

/// <summary>The answer of one check, in one line. Everything that is wrong is named, the first few with their reason.</summary>
public sealed record Check(CheckName Name, bool IsWell, string Says)
{
    private const int MostNamed = 3;

    /// <summary>Two channels: when one fails, the other one takes over.</summary>
    private const int EnoughChannels = 2;

    /// <summary>A lease is renewed five times while it lasts: after half of it two renewals have failed.</summary>
    private const int LeastPartLeft = 2;

    public static Check Of(CheckName name, CheckFigures figures) => name switch
    {
        CheckName.Storage => Storage(figures.Storage),
        CheckName.Clock => new Check(
            name, figures.ClockProblem is null, figures.ClockProblem ?? "this node's clock agrees with the database's"),
        CheckName.Members => Members(figures),
        CheckName.Leases => Leases(figures),
        CheckName.Owners => Owners(figures),
        CheckName.Channels => Channels(figures),
        CheckName.Coverage => Coverage(figures),
        CheckName.Certificates => Certificates(figures),
        CheckName.Counters => Counters(figures.Counters),
    };

    private static Check Storage(StorageFigures storage) => storage switch
    {
        { RoundTrip: null } => new Check(CheckName.Storage, false, "the database does not answer"),
        { Problem: { } problem } => new Check(CheckName.Storage, false, problem),
        { RoundTrip: { } time } => new Check(
            CheckName.Storage, true, $"the database answers in {Milliseconds(time)} and the books' commits are stored"),
    };

    private static Check Members(CheckFigures figures) => Of(
        CheckName.Members,
        figures.Members.Select(member => WhyNot(member) is { } why ? $"{member.Address} {why}" : null),
        $"{Counted(figures.Members.Length, "node")} up and ready");

    private static string? WhyNot(MemberFigures member) => member switch
    {
        { Status: not "up" } => $"is {member.Status}",
        { IsDraining: true } => "is draining",
        { NotReady: { } why } => $"is not ready: {why}",
        _ => null,
    };

    private static Check Leases(CheckFigures figures) => figures.AreLeasesNeeded
        ? Of(
            CheckName.Leases,
            figures.Members.Select(member => WhyNot(member.Lease) is { } why ? $"{member.Address} {why}" : null),
            $"{Counted(figures.Members.Length, "node")} with a lease that is renewed")
        : new Check(CheckName.Leases, true, "storage is in files of one node, which needs no lease");

    private static string? WhyNot(LeaseFigures? lease) => lease switch
    {
        null => "has no lease that is known to live",
        _ when lease.Age > lease.Lasts / LeastPartLeft =>
            $"has not renewed its lease for {Seconds(lease.Age)} of {Seconds(lease.Lasts)}",
        _ => null,
    };

    private static Check Owners(CheckFigures figures) => Of(
        CheckName.Owners,
        figures.Channels.Select(channel => channel.NoOwnerFor is { } time
            ? $"{channel.Id} has had no owner that sends for {Seconds(time)}"
            : null),
        $"{Counted(figures.Channels.Length, "channel")} with an owner that sends");

    private static Check Channels(CheckFigures figures)
    {
        var inService = figures.Channels.Where(channel => channel.IsInService).ToList();
        return Of(
            CheckName.Channels,
            inService.Select(channel => WhyNot(channel) is { } why ? $"{channel.Id} {why}" : null),
            $"{Counted(inService.Count, "channel")} without trouble"
                + (inService.Count == figures.Channels.Length
                    ? ""
                    : $", {figures.Channels.Length - inService.Count} taken out of service"));
    }

    private static string? WhyNot(CheckedChannel channel) => channel switch
    {
        { NoOwnerFor: not null } => "has no owner that sends",
        { Outage: { Level: OutageLevel.Down } outage } => $"is down since {Moment(outage.Since)}",
        { IsSubmitBreakerOpen: true } => "sends nothing: its submit breaker is open",
        { IsQueryBreakerOpen: true } => "is not asked: its query breaker is open",
        _ => null,
    };

    private static Check Coverage(CheckFigures figures) => Of(
        CheckName.Coverage,
        figures.Lines.Select(line => line.Usable.Length >= EnoughChannels ? null : Uncovered(line)),
        $"{Counted(figures.Lines.Length, "line")} of merchant, product and currency with two or more usable channels");

    private static string Uncovered(CheckedLine line)
    {
        var left = line.Usable.IsEmpty ? "none" : $"only {line.Usable[0]}";
        return $"{line.Merchant} has {left} of {Counted(line.All, "channel")} for {line.Product.Name()} in {line.Currency.Value}";
    }

    private static Check Certificates(CheckFigures figures) => figures.Certificates.IsEmpty
        ? new Check(CheckName.Certificates, true, "the connections between nodes use no certificates")
        : Of(
            CheckName.Certificates,
            figures.Certificates.Select(one => one.ValidUntil - figures.At < figures.CertificatesLast
                ? $"{one.Name} is valid until {Moment(one.ValidUntil)}"
                : null),
            $"{Counted(figures.Certificates.Length, "certificate")}, the first one ends at "
                + Moment(figures.Certificates.Min(one => one.ValidUntil)));

    private static Check Counters(CounterFigures counters) => counters.Problem is { } problem
        ? new Check(
            CheckName.Counters, false, $"Redis takes none ({problem}): {counters.Waiting} wait, {counters.Lost} are lost")
        : new Check(CheckName.Counters, true, "Redis takes them");

    private static Check Of(CheckName name, IEnumerable<string?> faults, string well)
    {
        var found = faults.OfType<string>().ToList();
        var more = found.Count > MostNamed ? $"; and {found.Count - MostNamed} more" : "";
        return found.Count == 0
            ? new Check(name, true, well)
            : new Check(name, false, string.Join("; ", found.Take(MostNamed)) + more);
    }

    private static string Counted(int count, string what) =>
        FormattableString.Invariant($"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Milliseconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalMilliseconds:0} ms");

    private static string Seconds(TimeSpan time) => FormattableString.Invariant($"{time.TotalSeconds:0.#} s");

    private static string Moment(DateTimeOffset at) => FormattableString.Invariant($"{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");
}
