using System.Globalization;

namespace RouterCluster.Simulation.Tests.Mutants;

/// <param name="Mutants">So many that compile are tried.</param>
/// <param name="Lives">For each mutant, until one ends in a violation.</param>
/// <param name="Seed">Draws the sample: the same number, the same mutants of the same code.</param>
/// <param name="Text">Only mutants whose description has this text.</param>
internal sealed record SampleSettings(int Mutants, int Lives, int Seed, string[] Folders, string Text)
{
    public const string Command = "mutants";

    public static SampleSettings? Of(ReadOnlySpan<string> options)
    {
        var settings = new SampleSettings(100, 500, 1, MutatedDomain.Folders, "");
        for (; options is [var name, var value, ..]; options = options[2..])
        {
            switch (name)
            {
                case "--sample":
                    settings = settings with { Mutants = Number(value) };
                    break;
                case "--lives":
                    settings = settings with { Lives = Number(value) };
                    break;
                case "--seed":
                    settings = settings with { Seed = Number(value) };
                    break;
                case "--folders":
                    settings = settings with { Folders = value.Split(',') };
                    break;
                case "--text":
                    settings = settings with { Text = value };
                    break;
                default:
                    return null;
            }
        }

        return options.IsEmpty ? settings : null;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
