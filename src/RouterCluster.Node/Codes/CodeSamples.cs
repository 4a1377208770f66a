using System.Data.Common;
using RouterCluster.Domain.Payments;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Payments.Messages;

namespace RouterCluster.Node.Codes;

/// <summary>
/// Finds a payment for each code. It looks at the channel's newest ones, and further for the first few codes only.
/// </summary>
internal sealed class CodeSamples(IPaymentHistory history)
{
    private const int Newest = 1000;
    private const int MostSought = 3;
    private const int PaymentsOfCode = 50;

    /// <param name="codes">The most interesting ones first.</param>
    /// <returns>By code; codes of which none was found, or while storage is away, are left out.</returns>
    public async Task<IReadOnlyDictionary<string, PaymentId>> FindAsync(
        ChannelId channel, IReadOnlyList<string> codes, DateTimeOffset since, CancellationToken cancellation)
    {
        var found = new Dictionary<string, PaymentId>(StringComparer.Ordinal);
        try
        {
            await LookAsync(new PaymentFilter(Channel: channel, Since: since), Newest);
            foreach (var code in codes.Where(code => !found.ContainsKey(code)).Take(MostSought).ToList())
            {
                await LookAsync(new PaymentFilter(Code: code, Since: since), PaymentsOfCode);
            }
        }
        catch (DbException)
        {
            // Codes without payments are worth more than no codes.
        }

        return found;

        async Task LookAsync(PaymentFilter filter, int limit)
        {
            var page = await history.ReadPageAsync(filter, null, limit, cancellation);
            foreach (var payment in page.Items)
            {
                foreach (var attempt in payment.Attempts.Where(attempt => attempt.Channel == channel))
                {
                    found.TryAdd(attempt.Outcome.Code, payment.Id);
                    if (attempt.First is { } first)
                    {
                        found.TryAdd(first.Code, payment.Id);
                    }
                }
            }
        }
    }
}
