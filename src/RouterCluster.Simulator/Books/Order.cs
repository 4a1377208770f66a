using RouterCluster.Simulator.Wire;

namespace RouterCluster.Simulator.Books;

/// <summary>Money moves exactly when the code is 00.</summary>
internal readonly record struct Outcome(string Code)
{
    public static readonly Outcome Success = new(Codes.Success);

    public bool MovesMoney => Code == Codes.Success;
}

/// <summary>As <see cref="Environment.TickCount64"/>.</summary>
internal readonly record struct Timetable(long BookedAt, long VisibleAt, long FinalAt);

/// <summary>The outcome is fixed at the booking; the answers change only with time.</summary>
internal sealed class Order(Submit submit, long number, Outcome outcome, Timetable times)
{
    public string OrderNo { get; } = submit.OrderNo;

    public long Amount { get; } = submit.Amount;

    public string Currency { get; } = submit.Currency == "CNY" ? "CNY" : submit.Currency;

    public string Account { get; } = submit.Account;

    public string? NotifyUrl { get; } = submit.NotifyUrl;

    public Timetable Times { get; } = times;

    public bool IsVisible(long now) => now >= Times.VisibleAt;

    public bool HasMovedMoney(long now) => now >= Times.FinalAt && outcome.MovesMoney;

    public string Status(long now)
    {
        if (now < Times.FinalAt)
        {
            return Answer.Processing;
        }

        return outcome.MovesMoney ? Answer.Succeeded : Answer.Failed;
    }

    public Answer AnswerAt(long now)
    {
        var code = now < Times.FinalAt ? Codes.Processing : outcome.Code;
        return new Answer(OrderNo, $"S{number:D12}", Status(now), code, Amount, Currency);
    }
}
