namespace Marketplace.Host.Accounts;

/// <summary>Passwords that are guessed first: what people make of a few words and the keyboard when they are asked for twelve characters.</summary>
internal static class CommonPasswords
{
    private const int LeastDifferent = 5;

    private static readonly string[] Stems =
    [
        "password", "passw0rd", "p@ssword", "p@ssw0rd", "letmein", "welcome", "iloveyou", "woaini", "admin", "administrator", "qwerty", "qwertyuiop",
        "qwertyui", "asdfghjkl", "zxcvbnm", "1qaz2wsx", "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx3edc", "qazwsxedc", "abc", "abcd", "abcdef", "abcdefgh", "abc123", "a1b2c3d4", "monkey", "dragon",
        "football", "baseball", "superman", "sunshine", "princess", "trustno1", "marketplace", "zhangwei", "wangwei", "lihua", "mima", "beijing",
        "shanghai", "tianjin", "zhongguo", "china", "secret", "changeme", "test", "guest", "master", "login", "hello", "helloworld", "computer",
    ];

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "123456789012", "1234567890123", "12345678901234", "123456789123", "123123123123", "112233445566", "111222333444", "987654321012",
        "098765432109", "qwertyuiop12", "qwertyuiopas", "qwertyuiop[]", "asdfghjkl;'\\", "zxcvbnm,./12", "1qaz2wsx3edc", "1q2w3e4r5t6y", "q1w2e3r4t5y6",
        "abcdefghijkl", "abcdefghijklm", "woainiwoaini", "5201314520131", "520131452013", "woaini1314520", "woaini520131", "iloveyou1314", "qq123456789",
        "aa123456789a", "correcthorsebatterystaple", "thisisapassword", "letmeinplease", "opensesame123",
    };

    /// <summary>Known, or a word of those with nothing but digits and signs around it, or made of very few characters, or a run.</summary>
    public static bool IsOne(string password)
    {
        var lower = password.ToLowerInvariant();
        var core = lower.Trim([.. "0123456789!@#$%^&*()_-+=.,?~ "]);
        return Known.Contains(lower)
            || lower.Distinct().Count() < LeastDifferent
            || IsRun(lower)
            || Stems.Contains(core)
            || Stems.Any(s => lower == string.Concat(Enumerable.Repeat(s, (lower.Length / s.Length) + 1))[..lower.Length] && lower.Length >= s.Length);
    }

    /// <summary>Each character follows the one before: 123456789…, abcdef…, or backwards.</summary>
    private static bool IsRun(string text)
    {
        var pairs = text.Zip(text.Skip(1), (a, b) => b - a).ToList();
        return pairs.All(d => d is 1 or -9) || pairs.All(d => d is -1 or 9);
    }
}
