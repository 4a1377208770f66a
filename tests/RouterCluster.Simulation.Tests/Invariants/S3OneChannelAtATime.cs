namespace RouterCluster.Simulation.Tests.Invariants;

/// <summary>A further attempt only after every earlier one is definitely failed, or was never sent.</summary>
internal static class S3OneChannelAtATime
{
    public static void BytesLeave(PaymentFacts facts, AttemptFacts attempt)
    {
        if (!facts.IsContradicted && facts.Alive(but: attempt) is { } other)
        {
            throw new InvariantViolation(
                "S3", facts.Id,
                $"one channel at a time: {facts.Id}: attempt {attempt.No} leaves for {attempt.Channel} while the order of "
                + $"attempt {other.No} lives at {other.Channel}");
        }
    }
}
