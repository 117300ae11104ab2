namespace Marketplace.Search.Tests;

public sealed class WordExpressionTests
{
    [Theory]
    [InlineData("液流电池", "\"液流 流电 电池\"")]
    [InlineData("池", "\"池\" *")]
    [InlineData("flow 电池", "\"flow\" * AND \"电池\"")]
    [InlineData("5G", "\"5g\"")]
    [InlineData("电池 电池", "\"电池\"")]
    [InlineData("NEAR(a b, 3) OR title:x", "\"near\" * AND \"a\" AND \"b\" AND \"3\" AND \"or\" AND \"title\" * AND \"x\"")]
    [InlineData("\"*()^-:\ud83d\ude00", null)]
    public void What_is_typed_is_asked_for_whole_and_is_no_syntax(string text, string? expression) => Assert.Equal(expression, WordExpression.Of(text));
}
