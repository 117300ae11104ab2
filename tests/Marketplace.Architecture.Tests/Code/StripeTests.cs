namespace Marketplace.Architecture.Tests.Code;

/// <summary>Stripe is one pair of hands among others: only Marketplace.Payments knows it, though the package would reach whoever refers to that.</summary>
public sealed class StripeTests
{
    [Fact]
    public void Only_Payments_knows_Stripe() => Assert.Empty(Knowing(CompiledCode.Ours));

    [Fact]
    public void Somebody_else_who_knows_Stripe_is_found()
    {
        const string Violation = "public sealed class Shortcut { public object Client() => new Stripe.StripeClient(\"sk_test\"); }";
        Assert.Single(Knowing(CompiledCode.Planted(Violation, "Marketplace.Host")));
        Assert.Empty(Knowing(CompiledCode.Planted(Violation, "Marketplace.Payments")));
    }

    private static IEnumerable<string> Knowing(IEnumerable<ModuleDefinition> modules) => modules
        .Where(m => m.Assembly.Name.Name != "Marketplace.Payments" && m.AssemblyReferences.Any(r => r.Name == "Stripe.net"))
        .Select(m => m.Assembly.Name.Name);
}
