namespace Marketplace.Payments.Bank;

/// <summary>ISO 13616. China has none, so most accounts here are none.</summary>
internal static class Iban
{
    /// <summary>Country, two check digits, 11–30 letters and digits, remainder 1 modulo 97.</summary>
    public static bool IsOne(string number)
    {
        if (number.Length is < 15 or > 34 || !number.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c))
            || !char.IsAsciiLetterUpper(number[0]) || !char.IsAsciiLetterUpper(number[1]) || !char.IsAsciiDigit(number[2]) || !char.IsAsciiDigit(number[3]))
        {
            return false;
        }

        var remainder = 0;
        foreach (var c in number[4..] + number[..4])
        {
            remainder = char.IsAsciiDigit(c) ? ((remainder * 10) + (c - '0')) % 97 : ((remainder * 100) + (c - 'A' + 10)) % 97;
        }

        return remainder == 1;
    }
}
