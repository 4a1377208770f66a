using System.Text;
using RouterCluster.Replay;

namespace RouterCluster.Cli.Replay;

/// <summary>Reads a trace of any size row by row. Of an endless line only the limit is held.</summary>
internal sealed class TraceFile(Stream stream)
{
    private const int LongestLine = 10_000;
    private const int BufferLength = 1 << 16;

    private readonly StreamReader _reader = new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, BufferLength);
    private readonly char[] _buffer = new char[BufferLength];
    private readonly StringBuilder _begun = new();
    private int _at;
    private int _filled;
    private bool _isReturnPending;

    /// <summary>The line that was read last, from 1.</summary>
    public long Line { get; private set; }

    public IEnumerable<TraceRow> Rows()
    {
        var format = TraceFormat.Of(NextLine() ?? throw new TraceFormatException(1, "the file is empty"));
        while (NextLine() is { } text)
        {
            if (text.Length > 0)
            {
                yield return format.Parse(text, Line);
            }
        }
    }

    private string? NextLine()
    {
        _begun.Clear();
        Line++;
        while (_at < _filled || Fill())
        {
            var rest = _buffer.AsSpan(_at, _filled - _at);
            if (_isReturnPending && rest[0] == '\n')
            {
                (_at, _isReturnPending) = (_at + 1, false);
                continue;
            }

            _isReturnPending = false;
            var end = rest.IndexOfAny('\n', '\r');
            _begun.Append(end < 0 ? rest : rest[..end]);
            if (_begun.Length > LongestLine)
            {
                throw new TraceFormatException(Line, $"longer than {LongestLine} characters");
            }

            if (end >= 0)
            {
                _isReturnPending = rest[end] == '\r';
                _at += end + 1;
                return _begun.ToString();
            }

            _at = _filled;
        }

        return _begun.Length > 0 ? _begun.ToString() : null;
    }

    private bool Fill()
    {
        _at = 0;
        _filled = _reader.Read(_buffer, 0, _buffer.Length);
        return _filled > 0;
    }
}
