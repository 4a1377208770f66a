using System.Diagnostics;
using System.Globalization;

namespace RouterCluster.Cli.Replay;

/// <summary>Progress through a file, on terminals only.</summary>
internal sealed class ProgressBar(TextWriter terminal, bool isVisible)
{
    private const int Cells = 30;
    private const int RowsBetweenLooks = 4096;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = Pause;
    private bool _isDrawn;

    /// <param name="share">Of the file, 0–1; null when its length is not known.</param>
    public void Show(long rows, Func<double?> share)
    {
        if (!isVisible || rows % RowsBetweenLooks != 0 || _watch.Elapsed < _next)
        {
            return;
        }

        _next = _watch.Elapsed + Pause;
        _isDrawn = true;
        var done = share() is { } part ? Bar(Math.Clamp(part, 0, 1)) : "";
        terminal.Write(string.Create(CultureInfo.InvariantCulture, $"\r{done}{rows:N0} rows "));
        terminal.Flush();
    }

    public void Clear()
    {
        if (_isDrawn)
        {
            terminal.Write('\r' + new string(' ', Cells + 40) + '\r');
            terminal.Flush();
        }
    }

    private static string Bar(double part)
    {
        var full = (int)(part * Cells);
        return string.Create(
            CultureInfo.InvariantCulture, $"[{new string('#', full)}{new string('.', Cells - full)}] {part * 100:0} %  ");
    }
}
