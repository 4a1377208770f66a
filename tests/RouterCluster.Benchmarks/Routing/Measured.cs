using RouterCluster.Testing.Scenarios;

namespace RouterCluster.Benchmarks.Routing;

/// <summary>One router in one run.</summary>
internal sealed record Measured(
    ScenarioKind Kind, int Seed, string Policy, double Regret, double Lost, int? Leave, int? Return,
    double Deviation, double Kept)
{
    /// <summary>Of a scenario in which X refuses orders.</summary>
    public double SentForEachTaken { get; init; }

    /// <summary>Share of the orders that X would take and does not get.</summary>
    public double NotUsed { get; init; }

    public const string Own = "success-rate";

    public const string Header =
        "rate,scenario,seed,policy,regret,lost_first_minute,seconds_to_leave,seconds_to_return," +
        "share_deviation,share_kept,sent_for_each_taken,not_used";

    public string AsCsv(double rate) => string.Join(',', FormattableString.Invariant(
        $"{rate},{Kind},{Seed},{Policy},{Regret:0.0000},{Lost:0.0},{Leave},{Return},{Deviation:0.00},{Kept:0.000}"),
        FormattableString.Invariant($"{SentForEachTaken:0.000},{NotUsed:0.000}"));
}
