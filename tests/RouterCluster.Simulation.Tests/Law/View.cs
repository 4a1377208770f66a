namespace RouterCluster.Simulation.Tests.Law;

/// <summary>A payment as merchants and people see it, in a number: two that are equal show the same.</summary>
internal struct View
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    public View()
    {
    }

    public ulong Value { get; private set; } = 0xCBF29CE484222325;

    public static ulong Of(PaymentRecord payment)
    {
        var view = new View();
        view.Add((int)payment.Standing);
        view.Add(payment.Attempts.Count);
        foreach (var attempt in payment.Attempts)
        {
            view.AddAttempt(
                attempt.Channel, (int)attempt.Standing, attempt.Claim is not null, (int)attempt.Known.Class, attempt.Known.Code,
                attempt.Known.Reference);
        }

        view.Add(payment.Cases.Count);
        foreach (var known in payment.Cases)
        {
            view.Add(((int)known.Reason * 100) + known.AttemptNo);
        }

        view.Add(payment.Proposals.Count);
        if (payment.Failure is var (@class, code, channel))
        {
            view.AddFailure((int)@class, code, channel);
        }

        return view.Value;
    }

    public void AddAttempt(string channel, int standing, bool isClaimed, int @class, string code, string? reference)
    {
        Add(channel);
        Add((standing * 2) + (isClaimed ? 1 : 0));
        Add(@class);
        Add(code);
        Add(reference ?? "");
    }

    public void AddFailure(int @class, string code, string? channel)
    {
        Add(@class);
        Add(code);
        Add(channel ?? "");
    }

    public void Add(int number) => Value = ((Value ^ (uint)number) * Prime) ^ (Value >> 29);

    private void Add(string text)
    {
        foreach (var letter in text)
        {
            Add(letter);
        }

        Add(text.Length);
    }
}
