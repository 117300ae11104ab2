using System.Security.Cryptography;
using System.Text;

namespace Marketplace.Domain;

/// <summary>SHA-256 as people and programs hand it over: 64 lower-case hexadecimal digits.</summary>
public static class Sha256Hex
{
    /// <summary>Of a text, in UTF-8.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public static bool IsOne(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Of a file that is kept elsewhere. Refuses with <c>hash-malformed</c>.</summary>
    public static Refusal? Check(string? text, string field) => IsOne(text)
        ? null
        : Refusal.Invalid("hash-malformed", "请提供文件的 SHA-256（64位小写十六进制）。", "Give the SHA-256 of the file: 64 lower-case hexadecimal digits.", field);
}
