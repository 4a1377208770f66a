using RouterCluster.Domain.Alerts;
using RouterCluster.Domain.Checks;
using RouterCluster.Domain.Outcomes;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Alerts.Codec.Sent;
using RouterCluster.Node.Platform.Storage;

namespace RouterCluster.Node.Alerts.Codec;

internal static class NodeFiguresCodec
{
    public static SentNodeFigures ToSent(ReportNodeFigures figures)
    {
        var sent = new SentNodeFigures { Address = figures.Address };
        sent.Ended.AddRange(figures.Ended.Select(ended => new SentEndedAttempts
        {
            Channel = ended.Channel.Value,
            Product = (int)ended.Product,
            OutcomeClass = (int)ended.Class,
            Verdict = (int)ended.Verdict,
            Code = ended.Code,
            Count = ended.Count,
        }));
        sent.Unknown.AddRange(figures.Unknown.Select(unknown => new SentUnknown
        {
            Channel = unknown.Channel.Value,
            Count = unknown.Figures.Count,
            Amount = unknown.Figures.Amount,
            OldestMs = (long)unknown.Figures.Oldest.TotalMilliseconds,
        }));
        sent.Webhooks.AddRange(figures.Webhooks.Select(webhooks => new SentWebhooks
        {
            Merchant = webhooks.Merchant.Value, Pending = webhooks.Pending, MostTries = webhooks.MostTries,
        }));
        sent.Silent.AddRange(figures.Silent.Select(silent => new SentSilence
        {
            Channel = silent.Channel.Value, Calls = silent.Figures.Calls, LastsMs = (long)silent.Figures.Lasts.TotalMilliseconds,
        }));
        sent.Certificates.AddRange(figures.Certificates.Select(certificate => new SentCertificate
        {
            Name = certificate.Name, ValidUntilMs = certificate.ValidUntil.ToUnixTimeMilliseconds(),
        }));
        sent.Foreign.AddRange(figures.Foreign.Select(ToSent));
        sent.Taken.AddRange(figures.Taken.Select(taken => new SentTaken
        {
            Product = (int)taken.Product, Count = taken.Count,
        }));
        if (figures.CommitP99 is { } commit)
        {
            sent.CommitP99Micros = (long)commit.TotalMicroseconds;
        }

        if (figures.StorageProblem is { } problem)
        {
            sent.StorageProblem = problem;
        }

        return sent;
    }

    public static ReportNodeFigures ToFigures(SentNodeFigures sent) => new(
        sent.Address,
        [.. sent.Ended.Select(ended => new EndedAttempts(
            ChannelId.Unchecked(ended.Channel), ended.Product.ToKnown<Product>(), ended.OutcomeClass.ToKnown<OutcomeClass>(),
            ended.Verdict.ToKnown<CallVerdict>(), ended.Code, ended.Count))],
        [.. sent.Unknown.Select(unknown => new ChannelUnknowns(
            ChannelId.Unchecked(unknown.Channel),
            new UnknownFigures(unknown.Count, unknown.Amount, TimeSpan.FromMilliseconds(unknown.OldestMs))))],
        sent.HasCommitP99Micros ? TimeSpan.FromMicroseconds(sent.CommitP99Micros) : null,
        sent.HasStorageProblem ? sent.StorageProblem : null,
        [.. sent.Webhooks.Select(webhooks => new WebhookFigures(
            MerchantId.Unchecked(webhooks.Merchant), webhooks.Pending, webhooks.MostTries))])
    {
        Silent = [.. sent.Silent.Select(silent => new SilentChannel(
            ChannelId.Unchecked(silent.Channel),
            new SilenceFigures(silent.Calls, TimeSpan.FromMilliseconds(silent.LastsMs))))],
        Certificates = [.. sent.Certificates.Select(certificate => new CertificateFigures(
            certificate.Name, DateTimeOffset.FromUnixTimeMilliseconds(certificate.ValidUntilMs)))],
        Taken = [.. sent.Taken.Select(taken => new TakenPayments(taken.Product.ToKnown<Product>(), taken.Count))],
        Foreign = [.. sent.Foreign.Select(requests => new ForeignRequests(
            requests.HasMerchant ? MerchantId.Unchecked(requests.Merchant) : null,
            requests.HasChannel ? ChannelId.Unchecked(requests.Channel) : null, requests.Count, requests.Last))],
    };

    private static SentForeign ToSent(ForeignRequests requests)
    {
        var sent = new SentForeign { Count = requests.Count, Last = requests.Last };
        if (requests.Merchant is { } merchant)
        {
            sent.Merchant = merchant.Value;
        }

        if (requests.Channel is { } channel)
        {
            sent.Channel = channel.Value;
        }

        return sent;
    }
}
