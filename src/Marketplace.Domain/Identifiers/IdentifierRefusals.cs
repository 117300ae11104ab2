namespace Marketplace.Domain;

/// <summary>The sentences that say which character of an identifier is wrong. Positions count from 1 in the normalised text that is quoted.</summary>
/// <param name="Code">First part of each refusal code: <c>uscc</c> in <c>uscc-check-digit</c>.</param>
internal sealed record IdentifierRefusals(string Code, string Zh, string En)
{
    public Refusal Length(string text, string expectedZh, string expectedEn, string field) => Refusal.Invalid(
        $"{Code}-length",
        $"{Zh}应为 {expectedZh} 位，实为 {text.Length} 位：“{InputText.Shown(text)}”。",
        $"A {En} has {expectedEn} characters, but \"{InputText.Shown(text)}\" has {text.Length}.",
        field);

    /// <summary>The text stops where more was expected.</summary>
    public Refusal Incomplete(string text, string expectedZh, string expectedEn, string field) => Refusal.Invalid(
        $"{Code}-length",
        $"{Zh}“{InputText.Shown(text)}”不完整：第 {text.Length + 1} 位应为{expectedZh}。",
        $"The {En} \"{InputText.Shown(text)}\" is incomplete: position {text.Length + 1} must be {expectedEn}.",
        field);

    public Refusal Character(string text, int index, string expectedZh, string expectedEn, string field) => Refusal.Invalid(
        $"{Code}-character",
        $"{Zh}“{InputText.Shown(text)}”第 {index + 1} 位是“{InputText.ShownAt(text, index)}”，应为{expectedZh}。",
        $"Position {index + 1} of the {En} \"{InputText.Shown(text)}\" is \"{InputText.ShownAt(text, index)}\", but must be {expectedEn}.",
        field);

    /// <summary>A check digit tells that one character is wrong, and what the last one would be if the others are right.</summary>
    public Refusal CheckDigit(string text, char expected, string field) => Refusal.Invalid(
        $"{Code}-check-digit",
        $"{Zh}“{text}”校验不符：第 {text.Length} 位（校验码）应为“{expected}”，实为“{text[^1]}”；若该位无误，则前 {text.Length - 1} 位中有误。",
        $"The check digit of the {En} \"{text}\", position {text.Length}, must be \"{expected}\" but is \"{text[^1]}\"; if it is right, one of the {text.Length - 1} before it is wrong.",
        field);
}
