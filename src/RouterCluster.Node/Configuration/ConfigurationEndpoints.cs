using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Unicode;
using RouterCluster.Api;
using RouterCluster.Node.Platform.Http;

namespace RouterCluster.Node.Configuration;

internal sealed class ConfigurationEndpoints(OperatorAccess access, IConfigurationControl control)
{
    public const int Limit = 1024 * 1024;

    public static readonly TextRule Reason = TextRule.Free(500);

    private static readonly string[] Answers = ["true", "false"];

    public Task ApplyAsync(HttpContext context, string? dryRun, string? reason) =>
        EnterAsync(context, dryRun, reason, (person, why, isDryRun) => ApplyAsync(context, person, why, isDryRun));

    public Task RollBackAsync(HttpContext context, string version, string? dryRun, string? reason) =>
        EnterAsync(context, dryRun, reason, async (person, why, isDryRun) =>
        {
            if (ConfigurationHistoryEndpoints.NumberOf(version) is not { } to)
            {
                return ConfigurationHistoryEndpoints.NoSuch(version);
            }

            var request = new RollbackRequest(to, person, why, isDryRun);
            return await control.RollBackAsync(request, context.RequestAborted) switch
            {
                RollbackAnswer.Done { Outcome: var outcome } => await AnswerAsync(context, outcome, isDryRun),
                RollbackAnswer.NoSuchVersion { Newest: var newest } =>
                    Refusals.NotFound with { Detail = $"There is no configuration {to}; the newest is {newest}." },
                RollbackAnswer.Contended => Refusals.Unavailable,
                _ => throw new UnreachableException(),
            };
        });

    private Task EnterAsync(
        HttpContext context, string? dryRun, string? reason, Func<string, string, bool, Task<Refusal?>> change) =>
        access.EnterAsync(context, OperatorRole.Admin, async person =>
        {
            var errors = new FieldErrors();
            var isDryRun = dryRun == "true";
            if (dryRun is not null && !Answers.Contains(dryRun))
            {
                errors.Add(DryRunMark.Parameter, "must be true or false");
            }

            if (reason is null ? !isDryRun : !Reason.Fits(reason))
            {
                errors.Add("reason", Reason.Says);
            }

            return errors.Any ? Refusals.Invalid(errors.All) : await change(person.Name, reason ?? "", isDryRun);
        });

    private async Task<Refusal?> ApplyAsync(HttpContext context, string by, string reason, bool isDryRun)
    {
        if (await BoundedBody.ReadAsync(context.Request, Limit, context.RequestAborted) is not { } body)
        {
            return Refusals.TooLarge(Limit);
        }

        var bytes = body.ToArray();
        context.Request.BodyReader.AdvanceTo(body.End);
        if (!Utf8.IsValid(bytes))
        {
            return Refusals.Invalid("body", "must be HOCON in UTF-8");
        }

        var request = new ConfigurationRequest(Encoding.UTF8.GetString(bytes), by, reason, isDryRun);
        return await control.ApplyAsync(request, context.RequestAborted) is { } outcome
            ? await AnswerAsync(context, outcome, isDryRun)
            : Refusals.Unavailable;
    }

    private static async Task<Refusal?> AnswerAsync(HttpContext context, ConfigurationOutcome outcome, bool isDryRun)
    {
        if (!isDryRun && !outcome.Errors.IsEmpty)
        {
            return new Refusal(422, "configuration_refused", "The configuration cannot be in force", "Nothing was changed.")
            {
                Errors = [.. outcome.Errors.Select(error => new FieldErrorBody(error.Key, error.What))],
            };
        }

        await context.JsonAsync(200, ToBody(outcome), ApiJson.Default.ConfigurationBody);
        return null;
    }

    private static ConfigurationBody ToBody(ConfigurationOutcome outcome) => new(
        outcome.Version,
        [.. outcome.Changes.Select(what => new ConfigurationChangeBody(what))],
        [.. outcome.Errors.Select(error => new ConfigurationErrorBody(error.Key, error.What, error.Line))],
        outcome.Kept.IsEmpty ? null : [.. outcome.Kept.Select(what => new ConfigurationChangeBody(what))]);
}
