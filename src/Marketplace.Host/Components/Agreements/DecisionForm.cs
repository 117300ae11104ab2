using Marketplace.Host.Components.Parts;

namespace Marketplace.Host.Components.Agreements;

/// <summary>A decision about a trial, as it was typed. What cannot be undone is ticked.</summary>
public sealed class DecisionForm(Reader reader, Func<string, string> typed) : TypedForm(reader, typed, Fields)
{
    private static readonly string[] Fields = ["months", "reason", "stopUseStatement", "destructionCertificate", "confirm"];

    public static DecisionForm New(Reader reader) => new(reader, Filled(null));

    public static DecisionForm Sent(Reader reader, IFormCollection form) => new(reader, field => form[field].ToString());

    /// <summary>Nothing is sent of what nobody has ticked.</summary>
    public bool IsMeant()
    {
        if (Typed("confirm") != "true")
        {
            Refuse("confirm", Reader.T("请核对后勾选确认。", "Check it, and tick that you mean it."));
        }

        return !IsFaulty;
    }

    /// <summary>Zero, with the field at fault, when it is no number.</summary>
    public int Months()
    {
        if (int.TryParse(Text("months"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var months))
        {
            return months;
        }

        Refuse("months", Reader.T("请填写整数月数。", "Write a whole number of months."));
        return 0;
    }
}
