using RouterCluster.Api;
using RouterCluster.Domain.Checks;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Checks;

/// <summary>Says what is well and what is not, for deployments, cron and people.</summary>
internal sealed class CheckEndpoints(OperatorAccess access, ICheckFigures source)
{
    public static readonly IReadOnlyList<string> Names = [.. CheckNames.All.Select(name => name.Name())];

    public Task ListAsync(HttpContext context, string? name) => access.EnterAsync(context, isChange: false, async _ =>
    {
        var wanted = CheckNames.All.Where(known => name is null || known.Name() == name).ToList();
        if (wanted.Count == 0)
        {
            return Refusals.Invalid("name", $"must be one of: {string.Join(", ", Names)}");
        }

        var (node, figures) = await source.ReadAsync(context.RequestAborted);
        CheckBody[] checks = [.. wanted.Select(check => ToBody(Check.Of(check, figures)))];
        var isWell = checks.All(check => check.Status == ChecksBody.Ok);
        await context.JsonAsync(
            200, new ChecksBody(node, figures.At, WordOf(isWell), checks), ApiJson.Default.ChecksBody);
        return null;
    });

    private static CheckBody ToBody(Check check) => new(check.Name.Name(), WordOf(check.IsWell), check.Says);

    private static string WordOf(bool isWell) => isWell ? ChecksBody.Ok : ChecksBody.Failed;
}
