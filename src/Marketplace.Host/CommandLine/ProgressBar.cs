using System.Globalization;

namespace Marketplace.Host.CommandLine;

/// <summary>How far long work has come: one line that grows on a terminal, a line per tenth where the output goes to a file.</summary>
internal sealed class ProgressBar(TextWriter output, bool isTerminal)
{
    private const int Cells = 40;
    private int shown = -1;

    /// <param name="day">Of virtual time.</param>
    /// <param name="done">0 to 1.</param>
    public void Show(DateOnly day, double done)
    {
        var step = (int)(done * (isTerminal ? 100 : 10));
        if (step == shown)
        {
            return;
        }

        shown = step;
        var filled = (int)(done * Cells);
        var line = string.Create(CultureInfo.InvariantCulture, $"[{new string('#', filled)}{new string('.', Cells - filled)}] {done * 100,3:0} % {day:yyyy-MM-dd}");
        if (isTerminal)
        {
            output.Write($"\r{line}");
        }
        else
        {
            output.WriteLine(line);
        }
    }

    public void End()
    {
        if (isTerminal && shown >= 0)
        {
            output.WriteLine();
        }
    }
}
