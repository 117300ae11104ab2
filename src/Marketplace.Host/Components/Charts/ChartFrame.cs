namespace Marketplace.Host.Components.Charts;

/// <summary>The paper that a chart is drawn on: each is drawn twice, for a desk and with larger text for a phone, and the style sheet shows one.</summary>
/// <param name="Width">In units of the drawing.</param>
/// <param name="Height">In units of the drawing.</param>
public sealed record ChartFrame(int Width, int Height, bool IsNarrow)
{
    public const int DeskWidth = 900;
    public const int PhoneWidth = 360;

    /// <summary>How wide a letter is at most; a Chinese character is twice as wide.</summary>
    private const double Letter = 7.5;

    /// <summary>What of a text fits into so many units; a text that is cut ends with an ellipsis.</summary>
    public static string Fit(string text, double units)
    {
        var room = (int)(units / Letter);
        if (text.Sum(WidthOf) <= room)
        {
            return text;
        }

        var taken = 0;
        return string.Concat(text.TakeWhile(c => (taken += WidthOf(c)) <= room - 1)).TrimEnd() + "…";
    }

    private static int WidthOf(char c) => c < '\u2E80' ? 1 : 2;
}
