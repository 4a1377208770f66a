using Polly;
using Polly.Timeout;

namespace RouterCluster.Node.Platform.Time;

/// <summary>
/// Polly executes a lane's calls: it ends them by their timeout. Nothing here retries, and no breaker of Polly's stands
/// before a submit: admission and breaker are the lane's.
/// </summary>
internal sealed class ResiliencePipelineSource(TimeProvider clock)
{
    private TimeSpan _timeout;
    private ResiliencePipeline _pipeline = ResiliencePipeline.Empty;

    public ResiliencePipeline For(TimeSpan timeout)
    {
        if (timeout != _timeout)
        {
            _timeout = timeout;
            _pipeline = new ResiliencePipelineBuilder { TimeProvider = clock }
                .AddTimeout(new TimeoutStrategyOptions { Timeout = timeout })
                .Build();
        }

        return _pipeline;
    }
}
