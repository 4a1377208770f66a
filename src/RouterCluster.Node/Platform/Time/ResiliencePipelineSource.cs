using Polly;
using Polly.Timeout;

namespace RouterCluster.Node.Platform.Time;

/// <summary>
/// Polly ends a lane's calls at their timeout. It neither retries nor breaks circuits: admission and breaker are the
/// lane's.
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
