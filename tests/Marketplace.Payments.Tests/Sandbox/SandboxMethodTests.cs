using Marketplace.Application.Payments;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Payments.Sandbox;

namespace Marketplace.Payments.Tests.Sandbox;

public sealed class SandboxMethodTests
{
    [Fact]
    public void Every_method_of_the_table_is_understood_and_explained_in_both_languages()
    {
        Assert.Equal(SandboxMethods.All.Count, SandboxMethods.All.Select(m => m.Pattern).Distinct().Count());
        Assert.All(SandboxMethods.All, m =>
        {
            Assert.True(Understood(m.Example), m.Example);
            Assert.StartsWith("sandbox:", m.Pattern, StringComparison.Ordinal);
            Assert.StartsWith("模拟支付：", m.Description.Zh, StringComparison.Ordinal);
            Assert.StartsWith("Simulated: ", m.Description.En, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("sandbox:delay-1d")]
    [InlineData("sandbox:delay-365d")]
    [InlineData("sandbox:decline-90d")]
    [InlineData("sandbox:partial-1")]
    [InlineData("sandbox:partial-99")]
    public void Numbers_are_taken_up_to_their_limits(string method) => Assert.True(Understood(method));

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("sandbox:")]
    [InlineData("sandbox:OK")]
    [InlineData("Sandbox:ok")]
    [InlineData(" sandbox:ok")]
    [InlineData("sandbox:ok ")]
    [InlineData("sandbox:card")]
    [InlineData("sandbox:delay-d")]
    [InlineData("sandbox:delay-0d")]
    [InlineData("sandbox:delay-03d")]
    [InlineData("sandbox:delay-366d")]
    [InlineData("sandbox:delay-1000d")]
    [InlineData("sandbox:delay--3d")]
    [InlineData("sandbox:delay-3")]
    [InlineData("sandbox:delay-3h")]
    [InlineData("sandbox:delay-٣d")]
    [InlineData("sandbox:decline-twice")]
    [InlineData("sandbox:partial-0")]
    [InlineData("sandbox:partial-100")]
    [InlineData("sandbox:partial-4.5")]
    [InlineData("sandbox:partial-40%")]
    public void Anything_else_is_refused_and_never_guessed(string method) => Assert.False(Understood(method));

    // The rules ask the same question before they take an order.
    private static bool Understood(string method)
    {
        var refused = SandboxStory.Begin().Ask(method, Deals.Yuan(100));
        Assert.True(refused is null || refused.Code == "method-unknown");
        return refused is null;
    }
}
