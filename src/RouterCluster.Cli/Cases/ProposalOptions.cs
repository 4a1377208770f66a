using System.CommandLine;

namespace RouterCluster.Cli.Cases;

internal sealed class ProposalOptions
{
    private readonly Option<string> _outcome = new("--outcome")
    {
        Description = "succeeded, failed, keep_asking (nobody knows yet, go on asking the channel), "
            + "or release (no duplicate: send what was suspended before anything was sent).",
        HelpName = "outcome",
        Required = true,
    };

    private readonly Option<string> _reason = new("--reason")
    {
        Description = "Why; kept in the audit trail.",
        HelpName = "text",
        Required = true,
    };

    private readonly Option<string> _evidence = new("--evidence")
    {
        Description = "What proves it: a statement, a letter, a ticket.",
        HelpName = "text",
        Required = true,
    };

    public ProposalOptions() => _outcome.AcceptOnlyFromAmong("succeeded", "failed", "keep_asking", "release");

    public void AddTo(Command command)
    {
        command.Add(_outcome);
        command.Add(_reason);
        command.Add(_evidence);
    }

    public string Outcome(ParseResult parsed) => parsed.GetRequiredValue(_outcome);

    public string Reason(ParseResult parsed) => parsed.GetRequiredValue(_reason);

    public string Evidence(ParseResult parsed) => parsed.GetRequiredValue(_evidence);
}
