using CsCheck;
using RouterCluster.Domain.Lanes;
using RouterCluster.Domain.Outcomes;

namespace RouterCluster.Domain.Tests.Lanes;

/// <summary>One step of a random run. Indices wrap around what there is to choose from.</summary>
public abstract record LaneOperation
{
    public static readonly LaneSettings First = Limits(3, 20, 5);

    private static readonly CallVerdict[] Verdicts = Enum.GetValues<CallVerdict>();

    /// <summary>Nothing, or a rate at which a token comes within the lane's longest wait, so that doubles can tell when.</summary>
    private static readonly Gen<double> Rate = Gen.Double[0, 50].Select(rate => rate < 0.001 ? 0 : rate);

    private static readonly Gen<LaneOperation> Any = Gen.Frequency(
        (8, Gen.Select(Gen.Int[0, 3], Gen.Int[0, 6000], (merchant, patience) => (LaneOperation)new Offer($"m{merchant}", patience))),
        (7, Gen.Select(Gen.Int[0, 9], Gen.Int[0, Verdicts.Length - 1], Gen.Bool,
            (index, verdict, lingers) => (LaneOperation)new End(index, Verdicts[verdict], lingers))),
        (1, Gen.Int[0, 20].Select(index => (LaneOperation)new EndAgain(index))),
        (6, Gen.OneOf(Gen.Int[0, 200], Gen.Int[0, 7000]).Select(ms => (LaneOperation)new Pass(ms))),
        (1, Gen.Select(Gen.Int[0, 6], Rate, Gen.Int[0, 8],
            (concurrency, rate, queue) => (LaneOperation)new Configure(Limits(concurrency, rate, queue)))),
        (1, Gen.Frequency((1, Gen.Const(true)), (3, Gen.Const(false))).Select(isolated => (LaneOperation)new Isolate(isolated))),
        (1, Gen.Frequency((3, Gen.Const(Intake.Open)), (1, Gen.Const(Intake.Draining)), (1, Gen.Const(Intake.Closed)))
            .Select(intake => (LaneOperation)new Take(intake))));

    public static Gen<LaneOperation[]> Runs { get; } = Any.Array[0, 120];

    private static LaneSettings Limits(int concurrency, double rate, int queue) => new(
        concurrency, rate, queue, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1),
        new BreakerSettings(0.5, 3, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2), 2));

    public sealed record Offer(string Merchant, int PatienceMs) : LaneOperation;

    public sealed record End(int Index, CallVerdict Verdict, bool Lingers) : LaneOperation;

    public sealed record EndAgain(int Index) : LaneOperation;

    public sealed record Pass(int Ms) : LaneOperation;

    public sealed record Configure(LaneSettings Settings) : LaneOperation;

    public sealed record Isolate(bool Isolated) : LaneOperation;

    public sealed record Take(Intake Intake) : LaneOperation;
}
